// Detection reads line by line and counts; the stream converts 256 KiB at a time and keeps what a piece cut in two.
#include "core/data/encoding.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <system_error>
#include <utility>

#include "core/types/error.h"

namespace minnow {
namespace {

constexpr std::size_t piece_bytes = std::size_t{256} << 10;
constexpr std::uint64_t detection_bytes = std::uint64_t{256} << 20;  // an ASCII head this long settles it: UTF-8
constexpr std::int64_t detection_lines = 4096;                       // as many lines with non-ASCII characters do too

/// A file's bytes, with what went wrong in a sentence.
class InputFile {
 public:
  explicit InputFile(const std::filesystem::path& path) : path_(path.string()) {
    std::error_code code;
    const auto status = std::filesystem::status(path, code);
    if (status.type() == std::filesystem::file_type::not_found) {
      throw Error(ErrorKind::not_found, path_ + ": there is no such file", path_);
    }
    if (is_directory(status)) throw Error(ErrorKind::not_found, path_ + " is a folder, not a file of rows", path_);
    const auto size = std::filesystem::file_size(path, code);
    size_ = code ? 0 : size;  // pipes have none
    errno = 0;
    stream_.open(path, std::ios::binary);
    if (!stream_) fail();
  }

  std::size_t read(char* to, std::size_t bytes) {
    errno = 0;
    stream_.read(to, static_cast<std::streamsize>(bytes));
    if (stream_.bad()) fail();
    read_ += static_cast<std::uint64_t>(stream_.gcount());
    return static_cast<std::size_t>(stream_.gcount());
  }
  std::uint64_t size() const { return size_; }
  std::uint64_t bytes_read() const { return read_; }

 private:
  [[noreturn]] void fail() const {
    throw Error(ErrorKind::io, path_ + " can't be read: " + std::generic_category().message(errno), path_);
  }

  std::string path_;
  std::ifstream stream_;
  std::uint64_t size_ = 0;
  std::uint64_t read_ = 0;
};

/// iconv's state as an owner; converts into UTF-8.
class Converter {
 public:
  explicit Converter(const char* from) : handle_(::iconv_open("UTF-8", from)) {
    if (handle_ == reinterpret_cast<iconv_t>(-1)) {
      throw Error(ErrorKind::unsupported, std::string("This system's iconv doesn't know the encoding ") + from, from);
    }
  }
  Converter(const Converter&) = delete;
  ~Converter() { ::iconv_close(handle_); }

  /// Appends `bytes` converted to `text`; returns how many bytes at the end wait for the rest of a character.
  std::size_t convert(std::string_view bytes, std::string& text) {
    std::array<char, 16384> out;
    char* in = const_cast<char*>(bytes.data());  // iconv's signature; it doesn't write there
    std::size_t left = bytes.size();
    while (left > 0) {
      char* to = out.data();
      std::size_t room = out.size();
      const std::size_t result = ::iconv(handle_, &in, &left, &to, &room);
      const int code = errno;
      text.append(out.data(), out.size() - room);
      if (result != static_cast<std::size_t>(-1) || code == E2BIG) continue;
      if (code == EINVAL) break;
      text.push_back('\xff');
      ++in;
      --left;
    }
    return left;
  }

 private:
  iconv_t handle_;
};

bool has_non_ascii(std::string_view line) {
  return std::any_of(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

/// Whether a line reads as GB18030: only whole, legal two- and four-byte sequences beside ASCII, none of them control
/// characters (which is what other bytes often turn into).
bool is_gb18030(std::string_view line) {
  const auto byte = [&line](std::size_t i) { return i < line.size() ? static_cast<unsigned char>(line[i]) : 0u; };
  for (std::size_t i = 0; i < line.size();) {
    const unsigned a = byte(i), b = byte(i + 1);
    if (a < 0x80) {
      ++i;
    } else if (a < 0x81 || a > 0xfe) {
      return false;
    } else if (b >= 0x40 && b <= 0xfe && b != 0x7f) {
      i += 2;
    } else if (b >= 0x30 && b <= 0x39 && byte(i + 2) >= 0x81 && byte(i + 2) <= 0xfe && byte(i + 3) >= 0x30 &&
               byte(i + 3) <= 0x39) {
      i += 4;
    } else {
      return false;
    }
  }
  return true;
}

[[noreturn]] void refuse_binary(const std::filesystem::path& path, std::string_view head) {
  std::string sentence = path.string() + " isn't a text file: ";
  if (head.substr(0, 4) == std::string_view("PK\x03\x04", 4)) {
    sentence += "it is a ZIP archive, as spreadsheets (.xlsx) are; save the table as CSV";
  } else if (head.substr(0, 2) == "\x1f\x8b") {
    sentence += "it is compressed with gzip; unpack it first";
  } else {
    sentence += "it holds a NUL byte at offset " + std::to_string(head.find('\0'));
  }
  throw Error(ErrorKind::format, sentence, path.string());
}

}  // namespace

const char* to_string(Encoding encoding) {
  switch (encoding) {
    case Encoding::utf8:
      return "UTF-8";
    case Encoding::utf16_le:
      return "UTF-16LE";
    case Encoding::utf16_be:
      return "UTF-16BE";
    case Encoding::gb18030:
      return "GB18030";
  }
  return "";
}

std::size_t invalid_utf8_at(std::string_view text) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  const std::size_t size = text.size();
  std::size_t i = 0;
  while (i < size) {
    if (bytes[i] < 0x80) {
      ++i;
      continue;
    }
    const unsigned lead = bytes[i];
    const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || i + length > size) return i;
    // The second byte's range excludes overlong forms, surrogates and what lies beyond U+10FFFF.
    const unsigned low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    const unsigned high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (bytes[i + 1] < low || bytes[i + 1] > high) return i;
    for (std::size_t k = 2; k < length; ++k) {
      if ((bytes[i + k] & 0xc0) != 0x80) return i;
    }
    i += length;
  }
  return std::string_view::npos;
}

Encoding detect_encoding(const std::filesystem::path& path) {
  InputFile file(path);
  std::string buffer(piece_bytes, '\0');
  std::string kept;  // the unfinished line at the end of the last piece
  std::int64_t utf8 = 0, gb18030 = 0;
  const auto count = [&](std::string_view line) {
    if (!has_non_ascii(line)) return;
    if (invalid_utf8_at(line) == std::string_view::npos) {
      ++utf8;
    } else if (is_gb18030(line)) {
      ++gb18030;
    }
  };
  bool first = true;
  while (file.bytes_read() < detection_bytes && utf8 + gb18030 < detection_lines) {
    const std::size_t got = file.read(buffer.data(), buffer.size());
    if (got == 0) break;
    const std::string_view piece(buffer.data(), got);
    if (std::exchange(first, false)) {
      if (piece.substr(0, 3) == "\xef\xbb\xbf") return Encoding::utf8;
      if (piece.substr(0, 2) == "\xff\xfe") return Encoding::utf16_le;
      if (piece.substr(0, 2) == "\xfe\xff") return Encoding::utf16_be;
      if (piece.substr(0, 2) == "\x1f\x8b") refuse_binary(path, piece);
      if (piece.find('\0') != std::string_view::npos) refuse_binary(path, piece);
    }
    kept += piece;
    std::size_t start = 0;
    for (std::size_t end = kept.find('\n'); end != std::string::npos; end = kept.find('\n', start)) {
      count(std::string_view(kept).substr(start, end - start));
      start = end + 1;
    }
    kept.erase(0, start);
    // A file without line breaks (one long JSON array) is judged in pieces, each without its cut ends.
    if (kept.size() >= 4 * piece_bytes) {
      const std::size_t from = std::min(kept.find_first_of("{,\" "), kept.size() - 1);
      const std::size_t to = std::max(from, kept.find_last_of("},\" "));
      count(std::string_view(kept).substr(from, to - from));
      kept.clear();
    }
  }
  count(kept);
  return gb18030 > utf8 ? Encoding::gb18030 : Encoding::utf8;
}

struct TextStream::State {
  State(const std::filesystem::path& path, Encoding encoding) : file(path) {
    if (encoding != Encoding::utf8) converter = std::make_unique<Converter>(to_string(encoding));
  }
  InputFile file;
  std::unique_ptr<Converter> converter;
  std::string raw;  // bytes that wait for the rest of their character
  bool started = false;
};

TextStream::TextStream(const std::filesystem::path& path, Encoding encoding)
    : state_(std::make_unique<State>(path, encoding)) {}
TextStream::TextStream(TextStream&&) noexcept = default;
TextStream::~TextStream() = default;

bool TextStream::read(std::string& text) {
  State& state = *state_;
  const std::size_t before = text.size();
  if (state.converter == nullptr) {
    text.resize(before + piece_bytes);
    text.resize(before + state.file.read(text.data() + before, piece_bytes));
    if (text.size() == before) return false;
  } else {
    const std::size_t kept = state.raw.size();
    state.raw.resize(kept + piece_bytes);
    const std::size_t got = state.file.read(state.raw.data() + kept, piece_bytes);
    state.raw.resize(kept + got);
    if (got == 0) {
      if (kept == 0) return false;
      text.push_back('\xff');  // the file ends within a character
      state.raw.clear();
      return true;
    }
    const std::size_t left = state.converter->convert(state.raw, text);
    state.raw.erase(0, state.raw.size() - left);
  }
  if (!std::exchange(state.started, true) && text.compare(before, 3, "\xef\xbb\xbf") == 0) text.erase(before, 3);
  return true;
}

std::uint64_t TextStream::bytes_read() const { return state_->file.bytes_read(); }
std::uint64_t TextStream::bytes_total() const { return state_->file.size(); }

bool TextLines::next(std::string& line) {
  too_long_ = false;
  if (!pushed_.empty()) {
    line = std::move(pushed_.front());
    pushed_.pop_front();
    ++line_number_;
    return true;
  }
  line.clear();
  bool any = false;
  for (;;) {
    const std::size_t end = buffer_.find('\n', at_);
    const bool found = end != std::string::npos;
    const std::string_view piece(buffer_.data() + at_, (found ? end : buffer_.size()) - at_);
    any = any || found || !piece.empty();
    if (line.size() + piece.size() > limit_) too_long_ = true;
    line.append(piece.substr(0, limit_ - std::min(limit_, line.size())));
    at_ = found ? end + 1 : buffer_.size();
    if (found) break;
    buffer_.clear();
    at_ = 0;
    if (ended_ || !stream_.read(buffer_)) {
      ended_ = true;
      break;
    }
  }
  if (!any) return false;
  if (!line.empty() && line.back() == '\r') line.pop_back();
  ++line_number_;
  return true;
}

void TextLines::push_back(std::string line) {
  pushed_.push_front(std::move(line));
  --line_number_;
}

}  // namespace minnow
