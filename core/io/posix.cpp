// Thin wrappers over POSIX calls: EINTR goes on, errors become Error with the path and the system's words.
#include "core/io/posix.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>

#include "core/io/write_fault.h"
#include "core/types/error.h"

namespace minnow::io {
namespace {

constexpr std::size_t largest_call = std::size_t{1} << 30;  // Linux moves at most 0x7ffff000 bytes per call

std::string words(int error) {
  if (error == EFBIG) return "it would be larger than files may be here (ulimit -f)";
  return std::generic_category().message(error);
}

[[noreturn]] void throw_not_ordinary(const std::filesystem::path& path, const char* what) {
  throw Error(ErrorKind::unsupported, path.string() + ": isn't an ordinary file but " + what, path.string(),
              "Name an ordinary file.");
}

}  // namespace

Fd::~Fd() {
  if (fd_ >= 0) ::close(fd_);
}

void throw_read_error(int error, const std::filesystem::path& path) {
  const bool absent = error == ENOENT || error == ENOTDIR || error == ENAMETOOLONG;
  const ErrorKind kind = absent ? ErrorKind::not_found : error == ENOMEM ? ErrorKind::memory : ErrorKind::io;
  throw Error(kind, path.string() + ": can't be read: " + words(error),
              path.string());
}

void throw_write_error(int error, const std::filesystem::path& path, const char* what) {
  ErrorKind kind = ErrorKind::io;
  if (error == ENOSPC || error == EDQUOT) kind = ErrorKind::disk_full;
  if (error == EACCES || error == EROFS || error == EPERM) kind = ErrorKind::read_only;
  throw Error(kind, path.string() + ": can't be " + what + ": " + words(error), path.string());
}

Fd open_to_read(const std::filesystem::path& path) {
  Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd) throw_read_error(errno, path);
  struct stat status {};
  if (::fstat(fd.get(), &status) != 0) throw_read_error(errno, path);
  if (S_ISDIR(status.st_mode)) throw_read_error(EISDIR, path);
  return fd;
}

Fd open_ordinary(const std::filesystem::path& path) {
  Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  struct stat status {};
  if (!fd && errno == ENXIO) throw_not_ordinary(path, "a socket");
  if (!fd || ::fstat(fd.get(), &status) != 0) throw_read_error(errno, path);
  if (S_ISDIR(status.st_mode)) throw_read_error(EISDIR, path);
  if (S_ISREG(status.st_mode)) return fd;
  if (!S_ISFIFO(status.st_mode)) throw_not_ordinary(path, S_ISBLK(status.st_mode) ? "a disk" : "a device");
  const std::string name = path.string();
  if (!name.starts_with("/dev/fd/") && !name.starts_with("/proc/") && name != "/dev/stdin")
    throw_not_ordinary(path, "a named pipe");
  ::fcntl(fd.get(), F_SETFL, ::fcntl(fd.get(), F_GETFL) & ~O_NONBLOCK);
  return fd;
}

Fd open_to_write(const std::filesystem::path& path, int flags, const char* what, const std::filesystem::path* named) {
  if (named == nullptr) named = &path;
  if (const int fault = write_fault(path)) throw_write_error(fault, *named, what);
  Fd fd(::open(path.c_str(), flags | O_CLOEXEC, 0666));
  if (!fd) throw_write_error(errno, *named, what);
  return fd;
}

std::size_t read_some(int fd, void* into, std::size_t size, const std::filesystem::path& path) {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got = ::read(fd, static_cast<char*>(into) + done, std::min(size - done, largest_call));
    if (got == 0) break;
    if (got > 0) {
      done += static_cast<std::size_t>(got);
    } else if (errno != EINTR) {
      throw_read_error(errno, path);
    }
  }
  return done;
}

int write_all(int fd, const void* data, std::size_t size, const std::filesystem::path& path) {
  if (const int fault = write_fault(path)) return fault;
  std::size_t done = 0;
  while (done < size) {
    const ssize_t put = ::write(fd, static_cast<const char*>(data) + done, std::min(size - done, largest_call));
    if (put > 0) {
      done += static_cast<std::size_t>(put);
    } else if (put == 0) {
      return EIO;
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

int sync_file(int fd, const std::filesystem::path& path) {
  if (const int fault = write_fault(path)) return fault;
  if (::fsync(fd) == 0 || errno == EINVAL || errno == ENOTSUP) return 0;
  return errno;
}

void sync_folder(const std::filesystem::path& folder) {
  const Fd fd(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd) ::fsync(fd.get());
}

}  // namespace minnow::io
