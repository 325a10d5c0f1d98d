// flock(2), not fcntl(2): the latter's locks vanish when any descriptor of the file is closed.
#include "core/io/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <utility>

#include "core/io/posix.h"

namespace minnow {

std::optional<FileLock> FileLock::try_lock(const std::filesystem::path& path) {
  io::Fd fd = io::open_to_write(path, O_RDWR | O_CREAT, "locked");
  while (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return std::nullopt;
    if (errno != EINTR) io::throw_write_error(errno, path, "locked");
  }
  // The number is a courtesy: the lock holds without it, so a full disk doesn't matter here.
  const std::string pid = std::to_string(::getpid()) + "\n";
  if (::ftruncate(fd.get(), 0) == 0) (void)!::pwrite(fd.get(), pid.data(), pid.size(), 0);
  return FileLock(fd.release());
}

std::optional<FileLock> FileLock::try_hold(const std::filesystem::path& path, Hold hold) {
  FileLock held(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (held.fd_ < 0) return std::nullopt;
  while (::flock(held.fd_, (hold == Hold::shared ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return std::nullopt;
    if (errno != EINTR) break;
  }
  return held;
}

FileLock::FileLock(FileLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

FileLock::~FileLock() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace minnow
