// UTF-8 and normalisation as tokenizer.json asks for them: validity and repair by the WHATWG rule, NFC by utf8proc.
// Leaves out what utf8proc's tables do not know: an older utf8proc does not compose scripts added to Unicode later.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace minnow {

/// What stands at the start of a byte sequence.
struct Utf8Step {
  enum class Kind { character, invalid, incomplete };
  Kind kind = Kind::invalid;
  int length = 1;  ///< bytes: of the character, of the maximal invalid part, or of the incomplete beginning
};

/// Looks at the first character of `bytes` (not empty). `incomplete`: the bytes end inside what may still become a
/// character. Follows the WHATWG decoder: an invalid part is the longest prefix that begins some valid character.
Utf8Step utf8_step(std::string_view bytes);

constexpr bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

bool is_valid_utf8(std::string_view bytes);

/// `bytes` with U+FFFD for each maximal invalid part (an incomplete end is one part), as Rust's from_utf8_lossy.
std::string repair_utf8(std::string_view bytes);

/// Unicode normalisation form C of valid UTF-8; O(n log n).
std::string nfc(std::string_view text);

/// True when a quick look proves that nfc(text) == text (most text); false when it has to be tried.
bool surely_nfc(std::string_view text);

}  // namespace minnow
