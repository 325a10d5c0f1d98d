// What the files of core/io share: a file descriptor that closes itself, and errno turned into sentences. Internal to
// core/io.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <filesystem>
#include <utility>

namespace minnow::io {

/// Owns a file descriptor.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Fd();
  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  int release() { return std::exchange(fd_, -1); }

 private:
  int fd_ = -1;
};

/// Throws for a failed read: Error(not_found) if there's nothing of that name, else Error(io).
[[noreturn]] void throw_read_error(int error, const std::filesystem::path& path);

/// Throws for a failed write: Error(disk_full), Error(read_only) or Error(io). `what` completes "can't be …"
/// ("written").
[[noreturn]] void throw_write_error(int error, const std::filesystem::path& path, const char* what);

/// Opens for reading. Throws as throw_read_error; a folder is refused too.
Fd open_to_read(const std::filesystem::path& path);

/// The same for what must be an ordinary file: a named pipe, a socket or a device is refused with Error(unsupported)
/// and never waited for. Pipes that the process was given itself (/dev/stdin, /dev/fd/63) are taken.
Fd open_ordinary(const std::filesystem::path& path);

/// open(2) for writing with O_CLOEXEC, mode 0666 less the umask; asks write_fault first. `named`: the path that an
/// error tells, where that is another one.
Fd open_to_write(const std::filesystem::path& path, int flags, const char* what,
                 const std::filesystem::path* named = nullptr);

/// Up to `size` bytes; fewer only at the end of the file. Interrupted calls go on.
std::size_t read_some(int fd, void* into, std::size_t size, const std::filesystem::path& path);

/// Writes all of it; asks write_fault once per call. Returns 0 or an errno value.
int write_all(int fd, const void* data, std::size_t size, const std::filesystem::path& path);

/// fsync that asks write_fault; file systems that can't are taken at their word. Returns 0 or an errno value.
int sync_file(int fd, const std::filesystem::path& path);

/// Makes a rename in this folder durable, as far as the file system can. Never fails: either name is whole by then.
void sync_folder(const std::filesystem::path& folder);

}  // namespace minnow::io
