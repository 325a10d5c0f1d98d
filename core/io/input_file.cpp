// pread(2) on the file or on the copy of a pipe, which has no name.
#include "core/io/input_file.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <string>
#include <vector>

#include "core/io/posix.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr auto longest_wait_for_a_writer = std::chrono::seconds(10);
constexpr int poll_ms = 100;  // how soon a stop is seen

bool names_stdin(const std::filesystem::path& path) {
  return path == "-" || path == "/dev/stdin" || path == "/dev/fd/0" || path == "/proc/self/fd/0";
}

[[noreturn]] void refuse_input(const std::filesystem::path& path, const std::string& why) {
  throw Error(ErrorKind::data, path.string() + ": " + why, path.string());
}

/// Doesn't wait for whoever writes into a pipe.
io::Fd open_any(const std::filesystem::path& path) {
  const char* name = path == "-" ? "/dev/stdin" : path.c_str();
  io::Fd fd(::open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  // A socket can't be opened by name.
  if (!fd && errno == ENXIO && names_stdin(path)) fd = io::Fd(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0));
  if (!fd && errno == ENXIO) refuse_input(path, "is a socket, which can't be read as a file");
  if (!fd) io::throw_read_error(errno, path);
  return fd;
}

/// A file without a name in the folder for temporary files.
io::Fd temporary_file(const std::filesystem::path& named) {
  std::error_code none;
  std::filesystem::path folder = std::filesystem::temp_directory_path(none);
  if (none) folder = "/tmp";
  io::Fd fd(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  if (fd) return fd;
  std::string name = (folder / "minnow-XXXXXX").string();  // for file systems without O_TMPFILE
  fd = io::Fd(::mkostemp(name.data(), O_CLOEXEC));
  if (!fd) io::throw_write_error(errno, named, ("copied to " + folder.string()).c_str());
  ::unlink(name.c_str());
  return fd;
}

/// Reads what comes through a pipe until its writers are gone.
io::Fd copy_of(int from, bool is_pipe, const std::filesystem::path& path, const std::stop_token& stop,
               std::uint64_t limit) {
  io::Fd copy = temporary_file(path);
  std::vector<char> block(std::size_t{256} << 10);
  const auto start = std::chrono::steady_clock::now();
  std::uint64_t size = 0;
  bool had_a_writer = false;
  while (!stop.stop_requested()) {
    pollfd waiting{from, POLLIN, 0};
    if (::poll(&waiting, 1, poll_ms) < 0 && errno != EINTR) io::throw_read_error(errno, path);
    // Reading says more than poll: "again" where a pipe has a writer, the end where it has none. A socket would block.
    if (waiting.revents == 0 && !is_pipe) continue;
    const ssize_t got = ::read(from, block.data(), block.size());
    if (got < 0 && errno != EAGAIN && errno != EINTR) io::throw_read_error(errno, path);
    // A pipe that nobody has opened for writing yet is at its end too, but hasn't been hung up.
    had_a_writer = had_a_writer || got != 0 || waiting.revents != 0;
    if (got == 0 && had_a_writer) break;
    if (!had_a_writer && std::chrono::steady_clock::now() - start > longest_wait_for_a_writer)
      refuse_input(path, "is a pipe, and nobody writes into it");
    if (got <= 0) continue;
    size += static_cast<std::uint64_t>(got);
    if (size > limit) {
      refuse_input(path, "more than " + std::to_string(limit >> 20) +
                       " MiB came through the pipe; write them to a file and read that");
    }
    if (const int error = io::write_all(copy.get(), block.data(), static_cast<std::size_t>(got), path))
      io::throw_write_error(error, path, "copied to a temporary file");
  }
  return copy;
}

}  // namespace

struct InputFile::State {
  std::filesystem::path path;
  io::Fd fd;
  std::uint64_t size = 0;
  bool copy = false;
};

InputFile::InputFile(const std::filesystem::path& path, const std::stop_token& stop, std::uint64_t copy_limit) {
  auto state = std::make_shared<State>();
  state->path = path == "-" ? std::filesystem::path("stdin") : path;
  state->fd = open_any(path);
  struct stat status {};
  if (::fstat(state->fd.get(), &status) != 0) io::throw_read_error(errno, state->path);
  if (S_ISDIR(status.st_mode)) {
    throw Error(ErrorKind::not_found, path.string() + " is a folder, not a file of rows", path.string());
  }
  const bool terminal = S_ISCHR(status.st_mode) && ::isatty(state->fd.get()) == 1;
  if (S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode) || terminal) {
    state->fd = copy_of(state->fd.get(), S_ISFIFO(status.st_mode), state->path, stop, copy_limit);
    state->copy = true;
    if (::fstat(state->fd.get(), &status) != 0) io::throw_read_error(errno, state->path);
  } else if (!S_ISREG(status.st_mode)) {
    refuse_input(state->path, "is a device, not a file");
  }
  state->size = static_cast<std::uint64_t>(status.st_size);
  state_ = std::move(state);
}

const std::filesystem::path& InputFile::path() const { return state_->path; }
std::uint64_t InputFile::size() const { return state_->size; }
bool InputFile::is_copy() const { return state_->copy; }

std::size_t InputFile::read(std::uint64_t offset, void* into, std::size_t size) const {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got = ::pread(state_->fd.get(), static_cast<char*>(into) + done, size - done,
                                static_cast<off_t>(offset + done));
    if (got == 0) break;
    if (got > 0) {
      done += static_cast<std::size_t>(got);
    } else if (errno != EINTR) {
      io::throw_read_error(errno, state_->path);
    }
  }
  return done;
}

}  // namespace minnow
