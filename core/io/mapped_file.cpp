// mmap(2), private and read-only.
#include "core/io/mapped_file.h"

#include <sys/mman.h>
#include <sys/stat.h>

#include <cerrno>
#include <utility>

#include "core/io/lost_mapping.h"
#include "core/io/posix.h"

namespace minnow {

MappedFile::MappedFile(const std::filesystem::path& path) {
  const io::Fd fd = io::open_ordinary(path);
  struct stat status {};
  if (::fstat(fd.get(), &status) != 0) io::throw_read_error(errno, path);
  size_ = static_cast<std::size_t>(status.st_size);
  if (size_ == 0) return;  // mmap refuses length 0
  void* mapped = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, fd.get(), 0);
  if (mapped == MAP_FAILED) io::throw_read_error(errno, path);
  data_ = static_cast<const std::byte*>(mapped);
  watch_mapping(data_, size_, path);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

MappedFile::~MappedFile() {
  if (!data_) return;
  unwatch_mapping(data_);
  ::munmap(const_cast<std::byte*>(data_), size_);
}

}  // namespace minnow
