// The WHATWG UTF-8 decoder's state as one function, and NFC with a quick way around it for common scripts.
#include "core/text/unicode.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <vector>

namespace minnow {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

// Ranges whose characters never change, move or join under NFC: combining class 0, NFC_Quick_Check = Yes, and not
// the second part of a composition. Deliberately coarse; everything else takes the slow way.
struct Range {
  std::uint32_t first, last;
};
constexpr std::array<Range, 11> kInert{{
    {0x0000, 0x02FF},  // Latin, IPA
    {0x0400, 0x0482},  // Cyrillic letters
    {0x2010, 0x205E},  // punctuation (U+2000 and U+2001 are not NFC)
    {0x2190, 0x21FF},  // arrows
    {0x2500, 0x27BF},  // box drawing, symbols, dingbats
    {0x3000, 0x3029},  // CJK punctuation
    {0x3030, 0x3098},  // hiragana
    {0x309B, 0x30FF},  // katakana
    {0x3400, 0x9FFF},  // CJK ideographs
    {0xAC00, 0xD7A3},  // Hangul syllables (what they could join with lies outside)
    {0xFF00, 0xFFEF},  // full-width and half-width forms
}};

bool inert(std::uint32_t code_point) {
  for (const Range& range : kInert) {
    if (code_point < range.first) return false;
    if (code_point <= range.last) return true;
  }
  return code_point >= 0x1F300 && code_point <= 0x1FAFF;  // emoji
}

int combining_class(utf8proc_int32_t point) { return utf8proc_get_property(point)->combining_class; }

/// Canonical order (Unicode 3.11, D108): each run of marks sorted by class, equal classes as they were.
void sort_marks(std::vector<utf8proc_int32_t>& points) {
  for (auto from = points.begin(); from != points.end();) {
    if (combining_class(*from) == 0) {
      ++from;
      continue;
    }
    const auto to = std::find_if(from, points.end(), [](auto point) { return combining_class(point) == 0; });
    std::stable_sort(from, to, [](auto a, auto b) { return combining_class(a) < combining_class(b); });
    from = to;
  }
}

}  // namespace

Utf8Step utf8_step(std::string_view bytes) {
  using Kind = Utf8Step::Kind;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return {Kind::character, 1};
  if (lead < 0xC2 || lead > 0xF4) return {Kind::invalid, 1};
  const int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  // The second byte's range is narrower after four lead bytes: no overlong forms, no surrogates, nothing past U+10FFFF.
  const unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  for (int i = 1; i < length; ++i) {
    if (static_cast<std::size_t>(i) >= bytes.size()) return {Kind::incomplete, i};
    const unsigned next = byte(static_cast<std::size_t>(i));
    if (next < (i == 1 ? low : 0x80) || next > (i == 1 ? high : 0xBF)) return {Kind::invalid, i};
  }
  return {Kind::character, length};
}

bool is_valid_utf8(std::string_view bytes) {
  while (!bytes.empty()) {
    const Utf8Step step = utf8_step(bytes);
    if (step.kind != Utf8Step::Kind::character) return false;
    bytes.remove_prefix(static_cast<std::size_t>(step.length));
  }
  return true;
}

std::string repair_utf8(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  while (!bytes.empty()) {
    const Utf8Step step = utf8_step(bytes);
    const auto length = static_cast<std::size_t>(step.length);
    text += step.kind == Utf8Step::Kind::character ? bytes.substr(0, length) : kReplacement;
    bytes.remove_prefix(length);
  }
  return text;
}

bool surely_nfc(std::string_view text) {
  const auto* p = reinterpret_cast<const unsigned char*>(text.data());
  const auto* const end = p + text.size();
  while (p < end) {
    const unsigned lead = *p;
    if (lead < 0xCC) {  // ASCII and U+0080..U+02FF, always inert
      p += lead < 0x80 ? 1 : 2;
    } else if (lead >= 0xE4 && lead <= 0xE9) {  // U+4000..U+9FFF, inside the ideographs
      p += 3;
    } else if (lead < 0xE0) {
      if (!inert((lead & 0x1Fu) << 6 | (p[1] & 0x3Fu))) return false;
      p += 2;
    } else if (lead < 0xF0) {
      if (!inert((lead & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu))) return false;
      p += 3;
    } else {
      if (!inert((lead & 0x07u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu))) return false;
      p += 4;
    }
  }
  return true;
}

std::string nfc(std::string_view text) {
  if (surely_nfc(text)) return std::string(text);
  // utf8proc_map would do all of this, but sorts combining marks one swap at a time: minutes for a hostile line.
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
  std::vector<utf8proc_int32_t> points;
  points.reserve(text.size());
  while (!text.empty()) {
    utf8proc_int32_t point = 0;
    const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                         static_cast<utf8proc_ssize_t>(text.size()), &point);
    assert(length > 0);                       // the text is valid UTF-8
    std::array<utf8proc_int32_t, 8> parts{};  // a canonical decomposition has at most four characters
    int boundary = 0;
    const auto count = utf8proc_decompose_char(point, parts.data(), parts.size(), options, &boundary);
    points.insert(points.end(), parts.begin(), parts.begin() + count);
    text.remove_prefix(static_cast<std::size_t>(length));
  }
  sort_marks(points);
  points.resize(static_cast<std::size_t>(
      utf8proc_normalize_utf32(points.data(), static_cast<utf8proc_ssize_t>(points.size()), options)));

  std::string out;
  for (const utf8proc_int32_t point : points) {
    std::array<utf8proc_uint8_t, 4> bytes{};
    const auto length = utf8proc_encode_char(point, bytes.data());
    out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
  }
  return out;
}

}  // namespace minnow
