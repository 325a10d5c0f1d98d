// Foreign text files as UTF-8: which encoding a file has, and a stream that hands it out converted, in flat memory.
// Unicode's forms are known by byte order mark or content, GB18030 (which holds GBK and GB2312), Big5 and Windows-1252
// by content; conversion is glibc's iconv.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/io/input_file.h"

namespace minnow {

enum class Encoding { utf8, utf16_le, utf16_be, utf32_le, utf32_be, gb18030, big5, windows_1252 };
const char* to_string(Encoding encoding);  ///< "UTF-8", "UTF-16LE", "GB18030", …: iconv's names too
/// The encoding of that name, however it is spelled ("utf8", "GBK", "cp1252", "latin-1"); nothing for an unknown one.
std::optional<Encoding> encoding_from(std::string_view name);

/// Where `text` stops being UTF-8 (RFC 3629: no surrogates, no overlong forms), or npos if it is UTF-8 throughout.
std::size_t invalid_utf8_at(std::string_view text);

/// Looks at the file's bytes: the mark in front, else as what most of its lines with non-ASCII characters can be read (a
/// few broken lines don't make a UTF-8 file something else). Reads no further than it needs to be sure. `note`: gets a
/// sentence where this was a guess that people should know of. Throws Error(io), and Error(format) for what isn't text
/// (core/data/file_kind.h, NUL bytes throughout).
Encoding detect_encoding(const InputFile& file, std::string* note = nullptr);

/// A file's text in pieces of UTF-8, without byte order marks, wherever they stand (files put one behind the other have
/// some inside). UTF-8 files are handed on unchecked; bytes that the declared encoding doesn't have come out as the byte
/// 0xFF, so that invalid_utf8_at finds the line. One thread at a time.
class TextStream {
 public:
  TextStream(InputFile file, Encoding encoding);
  TextStream(TextStream&&) noexcept;
  ~TextStream();

  /// Appends the next piece (about 256 KiB) to `text`; false at the end. Throws Error(io).
  bool read(std::string& text);

  std::uint64_t bytes_read() const;  ///< of the file
  std::uint64_t bytes_total() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A TextStream line by line (LF, CR LF or CR alone). NUL bytes at a line's ends, which a power cut leaves in files, are
/// taken away and counted. A line longer than `limit` comes out cut, with too_long() set. One thread.
class TextLines {
 public:
  static constexpr std::size_t default_limit = std::size_t{64} << 20;
  explicit TextLines(TextStream stream, std::size_t limit = default_limit)
      : stream_(std::move(stream)), limit_(limit) {}

  bool next(std::string& line);      ///< false at the end
  void push_back(std::string line);  ///< next() gives this one first; the last one pushed comes first
  std::int64_t line_number() const { return line_number_; }  ///< 1-based, of the line that next() gave last
  bool too_long() const { return too_long_; }
  std::int64_t nuls() const { return nuls_; }  ///< taken away so far
  const TextStream& stream() const { return stream_; }

 private:
  TextStream stream_;
  std::size_t limit_;
  std::string buffer_;
  std::size_t at_ = 0;
  std::deque<std::string> pushed_;
  std::int64_t line_number_ = 0;
  std::int64_t nuls_ = 0;
  bool too_long_ = false;
  bool ended_ = false;
  bool after_cr_ = false;  // a line feed that comes next belongs to the last line's end

  bool fill();
};

}  // namespace minnow
