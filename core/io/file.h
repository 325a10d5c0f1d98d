// Files, whole and line by line. Every write of Minnow's is atomic (write beside, fsync, rename) or appends whole lines
// to a file whose unfinished tail can be cut; both go through here, where a test can fail the n-th step.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "core/io/file_lock.h"
#include "core/io/line_reader.h"
#include "core/io/sha256.h"
#include "core/io/write_fault.h"

namespace minnow {

/// The whole file. Throws Error(not_found), Error(io), Error(format) when it is longer than `max_bytes`, or
/// Error(unsupported) for a named pipe, a socket or a device.
std::string read_file(const std::filesystem::path& path,
                      std::size_t max_bytes = std::numeric_limits<std::size_t>::max());

/// What a symbolic link, or a chain of them, points at, there or not; the path itself where it is no link. What is
/// written or renamed there leaves the link in its place.
std::filesystem::path behind_links(const std::filesystem::path& path);

/// Replaces a file whole or not at all (through a symbolic link: what it points at): written beside as a temporary file, which commit() flushes to the disk and
/// renames. Until commit() has returned the old file is untouched; when commit() throws it still is. Small writes are
/// gathered, large ones go from the caller's memory to the kernel. One thread at a time.
class AtomicFile {
 public:
  /// Creates the temporary file. Throws Error(disk_full), Error(read_only) or Error(io), as all of these do.
  explicit AtomicFile(const std::filesystem::path& path);
  AtomicFile(AtomicFile&&) = delete;
  ~AtomicFile();  ///< removes the temporary file if not committed

  void write(const void* data, std::size_t size);
  void write(std::string_view text) { write(text.data(), text.size()); }
  void commit();

 private:
  void put(const void* data, std::size_t size);

  std::filesystem::path path_;
  std::filesystem::path temporary_;
  std::vector<char> gathered_;
  int fd_ = -1;
  bool committed_ = false;
};

/// Replaces the file's content, atomically. Throws as AtomicFile.
void write_file_atomic(const std::filesystem::path& path, std::string_view content);

/// Removes the temporary files of AtomicFiles whose process is gone from `folder` (not its subfolders); returns how
/// many. Call it when the folder's lock is held. A folder that isn't there has none.
std::size_t remove_leftovers(const std::filesystem::path& folder);

/// Makes a folder and those above it. Throws Error(disk_full), Error(read_only) or Error(io).
void make_folders(const std::filesystem::path& path);

/// Renames a file or folder within one file system, durably; an existing file (or empty folder) of the new name is
/// replaced. For folders written beside their final name. Throws Error(disk_full), Error(read_only) or Error(io).
void rename_path(const std::filesystem::path& from, const std::filesystem::path& to);

/// Appends lines to a journal. Each line is handed to the kernel at once, in one piece: it outlives the process;
/// flush() makes it outlive the machine. A line that couldn't be written whole is taken back, and a file that
/// someone deletes meanwhile is an Error(io) rather than a silent loss. One thread at a time.
class AppendFile {
 public:
  /// Opens or creates; an unfinished last line is cut first (recover_lines). Throws as AtomicFile.
  explicit AppendFile(const std::filesystem::path& path);
  AppendFile(AppendFile&& other) noexcept;
  AppendFile& operator=(AppendFile&& other) noexcept;
  ~AppendFile();

  void append_line(std::string_view line);      ///< `line` without line break
  void flush();                                 ///< fsync
  std::uint64_t size() const { return size_; }  ///< bytes of whole lines

 private:
  void cut_tail();
  void check_still_there() const;

  std::filesystem::path path_;
  std::string buffer_;
  int fd_ = -1;
  std::uint64_t size_ = 0;
  bool torn_ = false;  // part of a line is on the disk and couldn't be taken back yet
};

/// Cuts what follows the last line break: the line that was being written when the process or machine died. Returns the
/// number of bytes cut; 0 too if there's no such file. Throws Error(io), Error(disk_full), Error(read_only).
std::uint64_t recover_lines(const std::filesystem::path& path);

/// Cuts a file to `size` bytes, durably (a journal back to a checkpoint). Throws as recover_lines.
void cut_file(const std::filesystem::path& path, std::uint64_t size);

}  // namespace minnow
