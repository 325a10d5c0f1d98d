// Reading whole files, replacing them atomically, appending lines.
#include "core/io/file.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cassert>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>

#include "core/io/posix.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr std::size_t gather_bytes = std::size_t{256} << 10;  // writes below this are gathered into one call
constexpr std::string_view temporary_suffix = ".minnow-tmp";

struct stat status_of(int fd, const std::filesystem::path& path) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) io::throw_read_error(errno, path);
  return status;
}

/// ".model.safetensors.4711-3.minnow-tmp": hidden, in the same folder, unique to this process and call.
std::filesystem::path temporary_name(const std::filesystem::path& path) {
  static std::atomic<unsigned> counter{0};
  return path.parent_path() / ("." + path.filename().string() + "." + std::to_string(::getpid()) + "-" +
                               std::to_string(++counter) + std::string(temporary_suffix));
}

/// The process number in a temporary file's name, 0 if it isn't one.
pid_t writer_of(std::string_view name) {
  if (name.size() <= temporary_suffix.size() || !name.ends_with(temporary_suffix)) return 0;
  name.remove_suffix(temporary_suffix.size());
  const std::size_t dot = name.rfind('.');
  pid_t pid = 0;
  if (dot != name.npos) std::from_chars(name.data() + dot + 1, name.data() + name.size(), pid);
  return pid;
}

/// Bytes up to and including the last line break.
std::uint64_t whole_lines(int fd, std::uint64_t size, const std::filesystem::path& path) {
  std::vector<char> block(std::min<std::uint64_t>(size, 64 << 10));
  while (size > 0) {
    const std::uint64_t length = std::min<std::uint64_t>(size, block.size());
    const ssize_t got = ::pread(fd, block.data(), length, static_cast<off_t>(size - length));
    if (got < 0 && errno == EINTR) continue;
    if (got != static_cast<ssize_t>(length)) io::throw_read_error(got < 0 ? errno : EIO, path);
    if (const void* found = ::memrchr(block.data(), '\n', length)) {
      return size - length + static_cast<std::uint64_t>(static_cast<const char*>(found) - block.data()) + 1;
    }
    size -= length;
  }
  return 0;
}

int cut(int fd, std::uint64_t size, const std::filesystem::path& path) {
  if (const int fault = io::write_fault(path)) return fault;
  return ::ftruncate(fd, static_cast<off_t>(size)) == 0 ? 0 : errno;
}

}  // namespace

std::string read_file(const std::filesystem::path& path, std::size_t max_bytes) {
  const io::Fd fd = io::open_ordinary(path);
  const auto known = static_cast<std::size_t>(status_of(fd.get(), path).st_size);  // 0 for pipes and /proc
  std::string content;
  std::size_t done = 0;
  for (std::size_t wanted = known + 1;; wanted = 2 * done) {  // one more byte than known tells the end
    if (done > max_bytes || known > max_bytes) {
      throw Error(ErrorKind::format,
                  path.string() + ": longer than the limit of " + std::to_string(max_bytes) + " bytes", path.string());
    }
    content.resize(std::max<std::size_t>(wanted, 4096));
    done += io::read_some(fd.get(), content.data() + done, content.size() - done, path);
    if (done < content.size()) break;
  }
  content.resize(done);
  return content;
}

std::filesystem::path behind_links(const std::filesystem::path& path) {
  std::filesystem::path target = path;
  std::error_code error;
  for (int links = 0; links < 40 && std::filesystem::is_symlink(target, error); ++links) {
    const std::filesystem::path next = std::filesystem::read_symlink(target, error);
    if (error) break;
    target = next.is_absolute() ? next : target.parent_path() / next;
  }
  return target;
}

AtomicFile::AtomicFile(const std::filesystem::path& named)
    : path_(behind_links(named)), temporary_(temporary_name(path_)) {
  const std::filesystem::path& path = path_;
  struct stat old {};
  const bool exists = ::stat(path.c_str(), &old) == 0;
  if (exists && !S_ISREG(old.st_mode)) {
    throw Error(ErrorKind::io, path.string() + ": isn't an ordinary file, so it can't be replaced", path.string());
  }
  const std::filesystem::path folder = path.parent_path();
  struct stat above {};
  if (!folder.empty() && ::stat(folder.c_str(), &above) != 0 && errno == ENOENT) {
    throw Error(ErrorKind::io, path.string() + ": can't be written: there is no folder " + folder.string(), path.string());
  }
  fd_ = io::open_to_write(temporary_, O_WRONLY | O_CREAT | O_EXCL, "written", &path_).release();
  if (exists) (void)!::fchmod(fd_, old.st_mode & 07777);  // a private file stays private
}

AtomicFile::~AtomicFile() {
  if (fd_ >= 0) ::close(fd_);
  if (!committed_) ::unlink(temporary_.c_str());
}

void AtomicFile::put(const void* data, std::size_t size) {
  if (size == 0) return;
  if (const int error = io::write_all(fd_, data, size, path_)) io::throw_write_error(error, path_, "written");
}

void AtomicFile::write(const void* data, std::size_t size) {
  const char* bytes = static_cast<const char*>(data);
  if (gathered_.size() + size > gather_bytes) {
    put(gathered_.data(), gathered_.size());
    gathered_.clear();
  }
  if (size > gather_bytes) {
    put(bytes, size);
  } else {
    gathered_.insert(gathered_.end(), bytes, bytes + size);
  }
}

void AtomicFile::commit() {
  put(gathered_.data(), gathered_.size());
  gathered_.clear();
  if (const int error = io::sync_file(fd_, path_)) io::throw_write_error(error, path_, "written");
  if (::close(std::exchange(fd_, -1)) != 0) io::throw_write_error(errno, path_, "written");
  if (const int fault = io::write_fault(path_)) io::throw_write_error(fault, path_, "replaced");
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) io::throw_write_error(errno, path_, "replaced");
  committed_ = true;
  io::sync_folder(path_.parent_path());
}

void write_file_atomic(const std::filesystem::path& path, std::string_view content) {
  AtomicFile file(path);
  file.write(content);
  file.commit();
}

std::size_t remove_leftovers(const std::filesystem::path& folder) {
  std::size_t removed = 0;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    const pid_t writer = writer_of(entry.path().filename().string());
    const bool gone = writer > 0 && writer != ::getpid() && ::kill(writer, 0) != 0 && errno == ESRCH;
    if (gone && ::unlink(entry.path().c_str()) == 0) ++removed;
  }
  return removed;
}

void make_folders(const std::filesystem::path& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return;
  if (const int fault = io::write_fault(path)) io::throw_write_error(fault, path, "made");
  std::filesystem::create_directories(path, error);
  if (error) io::throw_write_error(error.value(), path, "made");
}

void rename_path(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (const int fault = io::write_fault(to)) io::throw_write_error(fault, to, "put in place");
  if (::rename(from.c_str(), to.c_str()) != 0) io::throw_write_error(errno, to, "put in place");
  io::sync_folder(to.parent_path());
  if (from.parent_path() != to.parent_path()) io::sync_folder(from.parent_path());
}

AppendFile::AppendFile(const std::filesystem::path& path) : path_(path) {
  io::Fd fd = io::open_to_write(path, O_RDWR | O_CREAT | O_APPEND, "written");
  const auto size = static_cast<std::uint64_t>(status_of(fd.get(), path).st_size);
  size_ = whole_lines(fd.get(), size, path);
  if (size_ != size) {
    if (const int error = cut(fd.get(), size_, path)) io::throw_write_error(error, path, "repaired");
  }
  fd_ = fd.release();
}

AppendFile::AppendFile(AppendFile&& other) noexcept
    : path_(std::move(other.path_)),
      buffer_(std::move(other.buffer_)),
      fd_(std::exchange(other.fd_, -1)),
      size_(other.size_),
      torn_(other.torn_) {}

AppendFile& AppendFile::operator=(AppendFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(buffer_, other.buffer_);
  std::swap(fd_, other.fd_);
  std::swap(size_, other.size_);
  std::swap(torn_, other.torn_);
  return *this;
}

AppendFile::~AppendFile() {
  if (fd_ >= 0) ::close(fd_);
}

void AppendFile::cut_tail() {
  if (const int error = cut(fd_, size_, path_)) io::throw_write_error(error, path_, "repaired");
  torn_ = false;
}

void AppendFile::check_still_there() const {
  if (status_of(fd_, path_).st_nlink == 0) {
    throw Error(ErrorKind::io, path_.string() + ": was deleted while it was being written", path_.string());
  }
}

void AppendFile::append_line(std::string_view line) {
  assert(line.find('\n') == line.npos);
  check_still_there();
  if (torn_) cut_tail();
  buffer_.assign(line);
  buffer_ += '\n';
  if (const int error = io::write_all(fd_, buffer_.data(), buffer_.size(), path_)) {
    torn_ = cut(fd_, size_, path_) != 0;
    io::throw_write_error(error, path_, "written");
  }
  size_ += buffer_.size();
}

void AppendFile::flush() {
  check_still_there();
  if (const int error = io::sync_file(fd_, path_)) io::throw_write_error(error, path_, "written");
}

std::uint64_t recover_lines(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 && errno == ENOENT) return 0;
  const io::Fd fd = io::open_to_read(path);
  const auto size = static_cast<std::uint64_t>(status_of(fd.get(), path).st_size);
  const std::uint64_t whole = whole_lines(fd.get(), size, path);
  if (whole != size) cut_file(path, whole);
  return size - whole;
}

void cut_file(const std::filesystem::path& path, std::uint64_t size) {
  const io::Fd fd = io::open_to_write(path, O_WRONLY, "cut");
  int error = cut(fd.get(), size, path);
  if (error == 0) error = io::sync_file(fd.get(), path);
  if (error != 0) io::throw_write_error(error, path, "cut");
}

}  // namespace minnow
