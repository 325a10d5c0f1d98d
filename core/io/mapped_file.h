// A file as read-only memory, paged in on demand: weights are read from where they lie.
#pragma once

#include <cstddef>
#include <filesystem>

namespace minnow {

/// Owns the mapping. The bytes are valid as long as the object; any thread may read them. Files that others shorten
/// while they are mapped end the process (SIGBUS), as with every mapping; Minnow itself only ever replaces files whole.
class MappedFile {
 public:
  /// Throws Error(not_found), or Error(io) if it can't be read or isn't an ordinary file.
  explicit MappedFile(const std::filesystem::path& path);
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();

  const std::byte* data() const { return data_; }  ///< page-aligned; null for an empty file
  std::size_t size() const { return size_; }

 private:
  const std::byte* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace minnow
