// A file as read-only memory, paged in on demand: weights are read from where they lie.
#pragma once

#include <cstddef>
#include <filesystem>

namespace minnow {

/// Owns the mapping. The bytes are valid as long as the object; any thread may read them. What others
/// cut off a file while it is mapped reads as zeros, and check_mappings() says so; Minnow itself only ever replaces
/// files whole.
class MappedFile {
 public:
  /// Throws Error(not_found), Error(io), or Error(unsupported) if it isn't an ordinary file.
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
