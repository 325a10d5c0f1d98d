// A lock that one process at a time can hold, for "two Minnows on one project": flock(2) on a file of its own.
#pragma once

#include <filesystem>
#include <optional>

namespace minnow {

/// Held from try_lock until destroyed; the system releases it when the process dies. The file stays: it means nothing
/// by itself.
class FileLock {
 public:
  /// The lock, or nothing if someone (this process included) holds it. Creates the file, which holds the holder's
  /// process number for people to read. Throws Error(read_only), Error(disk_full) or Error(io).
  static std::optional<FileLock> try_lock(const std::filesystem::path& path);

  /// `shared`: any number may hold it at a time; `alone`: nobody else.
  enum class Hold { shared, alone };
  /// A lock on a file that is there, opened for reading and left as it is. Nothing if the file isn't there, or is held
  /// in a way that excludes this one. Where the file system knows no locks it is granted.
  static std::optional<FileLock> try_hold(const std::filesystem::path& path, Hold hold);

  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;
  ~FileLock();

 private:
  explicit FileLock(int fd) : fd_(fd) {}
  int fd_ = -1;
};

}  // namespace minnow
