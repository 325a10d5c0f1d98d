// The byte-level alphabet of BPE vocabularies (GPT-2's bytes_to_unicode): each byte is written as one printable
// character. Bytes 33-126, 161-172 and 174-255 stand for themselves; the other 68, in order, are U+0100, U+0101, ...
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace minnow {

/// The UTF-8 text of the character that stands for `byte`: 'A' → "A", ' ' → "Ġ".
std::string alphabet_character(unsigned char byte);

/// The bytes that `token` (text in the alphabet) stands for; nullopt if one of its characters is not in the alphabet.
std::optional<std::string> alphabet_bytes(std::string_view token);

}  // namespace minnow
