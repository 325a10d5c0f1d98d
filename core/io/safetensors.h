// Safetensors, read and written (https://github.com/huggingface/safetensors, "Format"): 8 bytes header length, a JSON
// header, the tensors' bytes. Files are mapped, never copied; every rule of the format is checked before a tensor is
// seen. What the format allows but nobody needs is refused too: names twice, blanks before the header, dimensions over
// 2^63 - 1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/io/mapped_file.h"

namespace minnow {

/// One tensor of a file; bytes are C-order, little-endian.
struct TensorInfo {
  std::string name;
  std::string dtype;                ///< as the format spells it: "F32", "BF16", …
  std::vector<std::int64_t> shape;  ///< empty for a scalar
  std::uint64_t begin = 0;          ///< first byte, counted from the start of the data, not of the file
  std::uint64_t end = 0;            ///< one past the last
  std::uint64_t size_bytes() const { return end - begin; }
};

/// Bits per element of a dtype name, nothing if the format has no such dtype.
std::optional<int> dtype_bits(std::string_view dtype);

/// What a file's header says, checked against the file's size.
struct SafetensorsHeader {
  std::uint64_t data_start = 0;     ///< where in the file the data begins
  std::vector<TensorInfo> tensors;  ///< in the order of their bytes
  std::map<std::string, std::string> metadata;
};

/// Reads and checks the header of a file that lies in memory whole. Time and memory grow with the header's real length
/// only, whatever the numbers in it. Throws Error(format) naming the file, the tensor and both values.
SafetensorsHeader read_safetensors_header(const std::byte* file, std::size_t size, const std::string& subject);

/// One file, mapped. Immutable: any thread may read it.
class SafetensorsFile {
 public:
  /// Maps and checks. Throws Error(not_found), Error(io), Error(format).
  static std::shared_ptr<SafetensorsFile> open(const std::filesystem::path& path);

  const std::filesystem::path& path() const { return path_; }
  const std::vector<TensorInfo>& tensors() const { return header_.tensors; }  ///< in the order of their bytes
  const TensorInfo* find(std::string_view name) const;                        ///< null if there's none
  /// Where the tensor's bytes lie; not aligned to the element size in every file: copy or use unaligned loads.
  const std::byte* bytes(const TensorInfo& tensor) const { return map_.data() + header_.data_start + tensor.begin; }
  const std::map<std::string, std::string>& metadata() const { return header_.metadata; }

 private:
  explicit SafetensorsFile(const std::filesystem::path& path);

  std::filesystem::path path_;
  MappedFile map_;
  SafetensorsHeader header_;
  std::unordered_map<std::string_view, const TensorInfo*> by_name_;
};

/// The tensors of a model: one file, or several with an index. Holds the files; copies share them.
class SafetensorsSet {
 public:
  using Found = std::pair<const SafetensorsFile*, const TensorInfo*>;

  /// A folder with model.safetensors.index.json or else model.safetensors, or the path of one .safetensors file. Checks
  /// that each file the index names is a plain name in the folder and there, and each tensor in the file it's mapped
  /// to. Throws Error(not_found), Error(io), Error(format).
  static SafetensorsSet open(const std::filesystem::path& folder);

  const std::vector<std::string>& names() const { return names_; }  ///< by file, then in the order of their bytes
  Found find(std::string_view name) const;                          ///< both null if there's none
  std::uint64_t total_bytes() const { return total_bytes_; }        ///< of all tensors in names()
  const std::vector<std::shared_ptr<SafetensorsFile>>& files() const { return files_; }

 private:
  void add(const SafetensorsFile& file, const TensorInfo& tensor);

  std::vector<std::shared_ptr<SafetensorsFile>> files_;
  std::vector<std::string> names_;
  std::unordered_map<std::string, Found> by_name_;
  std::uint64_t total_bytes_ = 0;
};

/// A tensor to write; `data` is read during the call only.
struct TensorToWrite {
  std::string name;
  std::string dtype;
  std::vector<std::int64_t> shape;
  const void* data = nullptr;
  std::size_t bytes = 0;
};

/// Writes the tensors as one file, atomically, straight from where they lie. Byte-identical to the reference library's
/// writer: wider dtypes first, then by name; compact header, metadata first, padded with blanks to a multiple of 8.
/// Throws Error(format) if a name comes twice or bytes, shape and dtype disagree; Error(disk_full), (read_only), (io).
void write_safetensors(const std::filesystem::path& path, std::vector<TensorToWrite> tensors,
                       const std::map<std::string, std::string>& metadata = {{"format", "pt"}});

}  // namespace minnow
