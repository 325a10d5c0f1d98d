// InputFile: what a person brings to be read, rows above all. An ordinary file is read where it lies. A pipe or a
// terminal can be read only once, so it is copied to a temporary file first, which vanishes with the program; devices
// (which never end), sockets and folders are refused.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <stop_token>

namespace minnow {

/// A handle that is cheap to copy. Any thread.
class InputFile {
 public:
  static constexpr std::uint64_t default_copy_limit = std::uint64_t{8} << 30;

  /// Opens `path`; "-" is the standard input. A pipe is read to its end: waits for it, until `stop` (what came by then is
  /// the content). Throws Error(not_found), Error(io), and Error(data) for a device, for a pipe that nobody writes into
  /// and for more than `copy_limit` bytes from a pipe; as AtomicFile for a copy that can't be written.
  InputFile(const std::filesystem::path& path, const std::stop_token& stop = {},
            std::uint64_t copy_limit = default_copy_limit);

  /// The path as given, "stdin" for the standard input: for sentences.
  const std::filesystem::path& path() const;
  std::uint64_t size() const;  ///< in bytes; 0 for what doesn't say, such as files of /proc
  bool is_copy() const;        ///< it was a pipe or a terminal, and can't be read again

  /// Up to `size` bytes from byte `offset` on; fewer only at the end. Throws Error(io).
  std::size_t read(std::uint64_t offset, void* into, std::size_t size) const;

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

}  // namespace minnow
