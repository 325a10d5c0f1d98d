// Both directions of the alphabet, from one table made at first use.
#include "core/text/byte_alphabet.h"

#include <array>
#include <cstdint>

namespace minnow {
namespace {

constexpr int kCharacters = 256 + 68;  // the last one is U+0143

struct Alphabet {
  std::array<std::uint16_t, 256> character{};    // byte → code point
  std::array<std::int16_t, kCharacters> byte{};  // code point → byte, -1 = not in the alphabet

  constexpr Alphabet() {
    byte.fill(-1);
    std::uint16_t next = 256;
    for (int b = 0; b < 256; ++b) {
      const bool itself = (b >= 33 && b <= 126) || (b >= 161 && b <= 172) || b >= 174;
      character[static_cast<std::size_t>(b)] = itself ? static_cast<std::uint16_t>(b) : next++;
      byte[character[static_cast<std::size_t>(b)]] = static_cast<std::int16_t>(b);
    }
  }
};
constexpr Alphabet kAlphabet;

}  // namespace

std::string alphabet_character(unsigned char byte) {
  const unsigned code_point = kAlphabet.character[byte];
  if (code_point < 0x80) return std::string(1, static_cast<char>(code_point));
  return {static_cast<char>(0xC0 | code_point >> 6), static_cast<char>(0x80 | (code_point & 0x3F))};
}

std::optional<std::string> alphabet_bytes(std::string_view token) {
  std::string bytes;
  for (std::size_t i = 0; i < token.size(); ++i) {
    unsigned code_point = static_cast<unsigned char>(token[i]);
    if (code_point >= 0x80) {  // the alphabet's characters have one or two bytes
      if (code_point >= 0xE0 || i + 1 >= token.size()) return std::nullopt;
      code_point = (code_point & 0x1F) << 6 | (static_cast<unsigned char>(token[++i]) & 0x3F);
    }
    if (code_point >= kCharacters || kAlphabet.byte[code_point] < 0) return std::nullopt;
    bytes += static_cast<char>(kAlphabet.byte[code_point]);
  }
  return bytes;
}

}  // namespace minnow
