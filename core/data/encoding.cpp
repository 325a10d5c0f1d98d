// Detection reads line by line and counts; the stream converts 256 KiB at a time and keeps what a piece cut in two.
#include "core/data/encoding.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "core/data/column_names.h"
#include "core/io/file_kind.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr std::size_t piece_bytes = std::size_t{256} << 10;
constexpr std::uint64_t detection_bytes = std::uint64_t{256} << 20;  // an ASCII head this long settles it: UTF-8
constexpr std::int64_t detection_lines = 4096;                       // as many lines with non-ASCII characters do too
constexpr std::string_view mark = "\xef\xbb\xbf";                    // U+FEFF

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

/// How lines with non-ASCII characters can be read: one vote a line.
struct Votes {
  std::int64_t utf8 = 0, double_byte = 0, single_byte = 0;
  std::int64_t pairs = 0, big5_pairs = 0;  // of the lines that may be double-byte

  void count(std::string_view line) {
    if (!has_non_ascii(line)) return;
    if (invalid_utf8_at(line) == std::string_view::npos) {
      ++utf8;
    } else if (is_single_byte(line)) {
      ++single_byte;
    } else if (is_gb18030(line)) {
      ++double_byte;
      count_pairs(line);
    }
  }
  std::int64_t all() const { return utf8 + double_byte + single_byte; }
  Encoding winner() const {
    if (utf8 >= std::max(double_byte, single_byte)) return Encoding::utf8;
    if (single_byte > double_byte) return Encoding::windows_1252;
    // GB2312 leaves the rows 0xAA to 0xAF free, where Big5 has some of its most frequent characters (的 is AA BA).
    return 30 * big5_pairs >= pairs ? Encoding::big5 : Encoding::gb18030;
  }

 private:
  /// Accents stand alone between ASCII letters; the bytes of Chinese stand in pairs, most of them both above 0x7F.
  static bool is_single_byte(std::string_view line) {
    const auto high = [line](std::size_t i) { return i < line.size() && static_cast<unsigned char>(line[i]) >= 0x80; };
    std::size_t all = 0, alone = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (!high(i)) continue;
      ++all;
      const bool beside_letter = (i > 0 && is_letter(line[i - 1])) || (i + 1 < line.size() && is_letter(line[i + 1]));
      alone += (i == 0 || !high(i - 1)) && !high(i + 1) && beside_letter;
    }
    return 2 * alone > all;
  }
  static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
  void count_pairs(std::string_view line) {
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
      const auto a = static_cast<unsigned char>(line[i]), b = static_cast<unsigned char>(line[i + 1]);
      if (a < 0x80) continue;
      ++pairs;
      big5_pairs += a >= 0xaa && a <= 0xaf && b >= 0xa1;
      ++i;
    }
  }
};

/// Whether a UTF-16 unit is one that texts are made of: Latin, Greek and Cyrillic letters, punctuation, kana, CJK,
/// full-width forms, halves of surrogate pairs.
bool is_usual_unit(unsigned unit) {
  if (unit < 0x20) return unit == '\t' || unit == '\n' || unit == '\r';
  return unit < 0x530 || (unit >= 0x2010 && unit < 0x2800) || (unit >= 0x3000 && unit < 0x9fff) ||
         (unit >= 0xac00 && unit < 0xe000) || unit >= 0xff00;
}

/// UTF-16 without a mark: most NULs stand on one side of the pairs (ASCII's upper halves), and nearly all pairs are
/// characters of texts.
std::optional<Encoding> unmarked_utf16(std::string_view head) {
  std::size_t nuls[2] = {0, 0};
  for (std::size_t i = 0; i < head.size(); ++i) nuls[i % 2] += head[i] == '\0';
  const bool little = nuls[1] > nuls[0];
  std::size_t units = 0, odd = 0, ascii = 0, line_breaks = 0;
  for (std::size_t i = 0; i + 1 < head.size(); i += 2) {
    const unsigned low = static_cast<unsigned char>(head[i + (little ? 0 : 1)]);
    const unsigned unit = low | static_cast<unsigned>(static_cast<unsigned char>(head[i + (little ? 1 : 0)])) << 8;
    ++units;
    line_breaks += unit == '\n' || unit == '\r';
    ascii += unit < 0x80;
    odd += !is_usual_unit(unit);
  }
  if (nuls[0] + nuls[1] < 2 || 50 * odd > units || (4 * ascii < units && line_breaks == 0)) return std::nullopt;
  return little ? Encoding::utf16_le : Encoding::utf16_be;
}

/// Whether more lines than not hold NUL bytes or other control characters between their ends.
bool is_binary(std::string_view head) {
  std::size_t clean = 0, dirty = 0;
  while (!head.empty()) {
    const std::size_t end = std::min(head.find('\n'), head.size());
    std::string_view line = head.substr(0, end);
    head.remove_prefix(std::min(end + 1, head.size()));
    while (!line.empty() && line.front() == '\0') line.remove_prefix(1);
    while (!line.empty() && (line.back() == '\0' || line.back() == '\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    ++(line.find('\0') == line.npos ? clean : dirty);
  }
  return dirty >= std::max<std::size_t>(clean, 1) || clean == 0;
}

/// Takes every U+FEFF out of `text`, from byte `from` on.
void erase_marks(std::string& text, std::size_t from) {
  std::size_t at = text.find(mark, from);
  if (at == text.npos) return;
  std::size_t kept = at;
  while (at != text.npos) {
    const std::size_t begin = at + mark.size();
    at = text.find(mark, begin);
    const std::size_t length = std::min(at, text.size()) - begin;
    std::copy_n(text.begin() + static_cast<std::ptrdiff_t>(begin), length,
                text.begin() + static_cast<std::ptrdiff_t>(kept));
    kept += length;
  }
  text.resize(kept);
}

[[noreturn]] void refuse_kind(const InputFile& file, const FileKind& kind) {
  throw Error(ErrorKind::format, file.path().string() + " isn't a file of rows but " + kind.what, file.path().string(),
              kind.way_to_rows);
}

/// The encoding that the first bytes settle; throws for what isn't text.
std::optional<Encoding> encoding_of_head(const InputFile& file, std::string_view head, std::string* note) {
  using Bytes = std::string_view;
  if (head.starts_with(Bytes("\xff\xfe\0\0", 4))) return Encoding::utf32_le;
  if (head.starts_with(Bytes("\0\0\xfe\xff", 4))) return Encoding::utf32_be;
  if (head.starts_with("\xff\xfe")) return Encoding::utf16_le;
  if (head.starts_with("\xfe\xff")) return Encoding::utf16_be;
  if (const FileKind kind = file_kind(head)) refuse_kind(file, kind);
  if (head.starts_with(mark)) return Encoding::utf8;
  if (head.find('\0') == head.npos) return std::nullopt;
  if (const auto encoding = unmarked_utf16(head)) {
    if (note != nullptr)
      *note = std::string("it has no byte order mark and looks like ") + to_string(*encoding) + ", as which it is read";
    return encoding;
  }
  if (!is_binary(head)) return std::nullopt;
  throw Error(ErrorKind::format,
              file.path().string() + " isn't a text file: it holds a NUL byte at offset " +
                  std::to_string(head.find('\0')),
              file.path().string(), "Choose a text file: JSON Lines, JSON, CSV or plain lines.");
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
    case Encoding::utf32_le:
      return "UTF-32LE";
    case Encoding::utf32_be:
      return "UTF-32BE";
    case Encoding::gb18030:
      return "GB18030";
    case Encoding::big5:
      return "Big5";
    case Encoding::windows_1252:
      return "Windows-1252";
  }
  return "";
}

std::optional<Encoding> encoding_from(std::string_view name) {
  std::string plain;
  for (const char c : lower_case(name)) {
    if (c != '-' && c != '_' && c != ' ') plain += c;
  }
  using Pair = std::pair<std::string_view, Encoding>;
  static constexpr std::array names{
      Pair("utf8", Encoding::utf8),           Pair("utf16", Encoding::utf16_le),
      Pair("utf16le", Encoding::utf16_le),    Pair("utf16be", Encoding::utf16_be),
      Pair("utf32", Encoding::utf32_le),      Pair("utf32le", Encoding::utf32_le),
      Pair("utf32be", Encoding::utf32_be),    Pair("gb18030", Encoding::gb18030),
      Pair("gbk", Encoding::gb18030),         Pair("gb2312", Encoding::gb18030),
      Pair("cp936", Encoding::gb18030),       Pair("big5", Encoding::big5),
      Pair("cp950", Encoding::big5),          Pair("windows1252", Encoding::windows_1252),
      Pair("cp1252", Encoding::windows_1252), Pair("latin1", Encoding::windows_1252),
      Pair("iso88591", Encoding::windows_1252)};
  for (const auto& [known, encoding] : names) {
    if (plain == known) return encoding;
  }
  return std::nullopt;
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

Encoding detect_encoding(const InputFile& file, std::string* note) {
  std::string buffer(piece_bytes, '\0');
  std::string kept;  // the unfinished line at the end of the last piece
  Votes votes;
  for (std::uint64_t at = 0; at < detection_bytes && votes.all() < detection_lines;) {
    const std::size_t got = file.read(at, buffer.data(), buffer.size());
    if (got == 0) break;
    const std::string_view piece(buffer.data(), got);
    if (at == 0) {
      if (const auto encoding = encoding_of_head(file, piece, note)) return *encoding;
    }
    at += got;
    kept += piece;
    std::size_t start = 0;
    for (std::size_t end = kept.find('\n'); end != std::string::npos; end = kept.find('\n', start)) {
      votes.count(std::string_view(kept).substr(start, end - start));
      start = end + 1;
    }
    kept.erase(0, start);
    // A file without line breaks (one long JSON array) is judged in pieces, each without its cut ends.
    if (kept.size() >= 4 * piece_bytes) {
      const std::size_t from = std::min(kept.find_first_of("{,\" "), kept.size() - 1);
      const std::size_t to = std::max(from, kept.find_last_of("},\" "));
      votes.count(std::string_view(kept).substr(from, to - from));
      kept.clear();
    }
  }
  votes.count(kept);
  const Encoding winner = votes.winner();
  if (note != nullptr && (winner == Encoding::windows_1252 || winner == Encoding::big5))
    *note = std::string("its characters look like ") + to_string(winner) + ", as which they are read";
  return winner;
}

struct TextStream::State {
  State(InputFile input, Encoding encoding) : file(std::move(input)) {
    if (encoding != Encoding::utf8) converter = std::make_unique<Converter>(to_string(encoding));
  }
  InputFile file;
  std::uint64_t at = 0;
  std::unique_ptr<Converter> converter;
  std::string raw;   // bytes that wait for the rest of their character
  std::string held;  // the beginning of what may become a byte order mark
};

TextStream::TextStream(InputFile file, Encoding encoding)
    : state_(std::make_unique<State>(std::move(file), encoding)) {}
TextStream::TextStream(TextStream&&) noexcept = default;
TextStream::~TextStream() = default;

bool TextStream::read(std::string& text) {
  State& state = *state_;
  const std::size_t before = text.size();
  text += std::exchange(state.held, {});
  const std::size_t kept = state.raw.size();
  state.raw.resize(kept + piece_bytes);
  const std::size_t got = state.file.read(state.at, state.raw.data() + kept, piece_bytes);
  state.at += got;
  state.raw.resize(kept + got);
  if (got == 0) {
    if (kept > 0) text.push_back('\xff');  // the file ends within a character
    state.raw.clear();
    return text.size() > before;
  }
  if (state.converter == nullptr) {
    text += std::exchange(state.raw, {});
  } else {
    const std::size_t left = state.converter->convert(state.raw, text);
    state.raw.erase(0, state.raw.size() - left);
  }
  erase_marks(text, before);
  for (std::size_t length = mark.size() - 1; length > 0; --length) {
    if (text.size() - before >= length && text.ends_with(mark.substr(0, length))) {
      state.held = text.substr(text.size() - length);
      text.resize(text.size() - length);
      break;
    }
  }
  return true;
}

std::uint64_t TextStream::bytes_read() const { return state_->at; }
std::uint64_t TextStream::bytes_total() const { return state_->file.size(); }

bool TextLines::fill() {
  buffer_.clear();
  at_ = 0;
  while (!ended_ && buffer_.empty()) ended_ = !stream_.read(buffer_);
  if (std::exchange(after_cr_, false) && !buffer_.empty()) {
    if (buffer_.front() == '\n') at_ = 1;
  }
  return at_ < buffer_.size() || (!ended_ && fill());
}

bool TextLines::next(std::string& line) {
  too_long_ = false;
  if (!pushed_.empty()) {
    line = std::move(pushed_.front());
    pushed_.pop_front();
    ++line_number_;
    return true;
  }
  line.clear();
  if (at_ == buffer_.size() && !fill()) return false;
  for (bool found = false; !found && (at_ < buffer_.size() || fill());) {
    std::string_view piece = std::string_view(buffer_).substr(at_);
    piece = piece.substr(0, piece.find('\n'));
    piece = piece.substr(0, piece.find('\r'));
    const std::size_t end = at_ + piece.size();
    found = end < buffer_.size();
    if (line.size() + piece.size() > limit_) too_long_ = true;
    line.append(piece.substr(0, limit_ - std::min(limit_, line.size())));
    at_ = end + (found ? 1 : 0);
    if (!found || buffer_[end] == '\n') continue;
    if (at_ < buffer_.size() && buffer_[at_] == '\n') ++at_;
    else after_cr_ = at_ == buffer_.size();
  }
  const std::size_t before = line.size();
  line.erase(0, line.find_first_not_of('\0'));
  line.resize(line.find_last_not_of('\0') + 1);
  nuls_ += static_cast<std::int64_t>(before - line.size());
  ++line_number_;
  return true;
}

void TextLines::push_back(std::string line) {
  pushed_.push_front(std::move(line));
  --line_number_;
}

}  // namespace minnow
