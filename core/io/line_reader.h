// Reads a text file line by line, in flat memory: JSONL, CSV, plain lines, of any size.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace minnow {

/// Streams lines. Takes away a byte order mark at the start of the file and the line breaks (LF or CR LF); a last line
/// without line break counts. Bytes are otherwise handed on as they are: no UTF-8 check. One thread at a time.
class LineReader {
 public:
  static constexpr std::size_t default_limit = std::size_t{64} << 20;

  /// Throws Error(not_found) or Error(io).
  explicit LineReader(const std::filesystem::path& path, std::size_t max_line_bytes = default_limit);
  LineReader(LineReader&&) noexcept;
  LineReader& operator=(LineReader&&) noexcept;
  ~LineReader();

  /// The next line; false at the end of the file. Throws Error(format) for a line longer than the limit, which is
  /// passed over (the next call goes on after it), and Error(io).
  bool next(std::string& line);

  /// 1-based number of the line that next() gave or refused last; 0 before the first.
  std::int64_t line_number() const;

  /// Where that line starts in the file, in bytes, and where the one after it does (progress: bytes done).
  std::uint64_t line_offset() const;
  std::uint64_t next_offset() const;

  /// Goes on at byte `offset`, the start of a line that has `lines_before` lines before it. Not for pipes.
  void seek(std::uint64_t offset, std::int64_t lines_before);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace minnow
