// NFKC by utf8proc, then one table.
#include "core/text/look_alike.h"

#include <utf8proc.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>

namespace minnow {
namespace {

// What U+2E80 to U+2EF3 (CJK Radicals Supplement) look like, in order; those without an equivalent are themselves.
constexpr char32_t first_radical = 0x2e80;
constexpr std::u32string_view radicals =
    U"⺀厂乛乚乙亻冂𠘨刀刂卜㔾小尐兀尣尢𡯂巳幺彑彐忄心扌攵⺚旡日月歺母"
    U"民氵氺灬爫爬丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艺"
    U"艻虎衤覀西见角𧢲讠贝𧾷车辶辷辸邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠"
    U"饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟";

std::string nfkc(std::string_view text) {
  utf8proc_uint8_t* out = nullptr;
  const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                 static_cast<utf8proc_ssize_t>(text.size()), &out,
                                 static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> held(out, &std::free);
  return size < 0 ? std::string(text) : std::string(reinterpret_cast<const char*>(out), static_cast<std::size_t>(size));
}

void append_utf8(char32_t code, std::string& text) {
  utf8proc_uint8_t bytes[4];
  const auto length = utf8proc_encode_char(static_cast<utf8proc_int32_t>(code), bytes);
  text.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
}

}  // namespace

std::string without_look_alikes(std::string_view text) {
  const std::string mapped = nfkc(text);
  std::string result;
  result.reserve(mapped.size());
  for (std::size_t at = 0; at < mapped.size();) {
    // U+2E80 to U+2EFF are E2 BA 80 to E2 BB BF.
    const bool radical = mapped[at] == '\xe2' && at + 2 < mapped.size() &&
                         (mapped[at + 1] == '\xba' || mapped[at + 1] == '\xbb');
    if (!radical) {
      result += mapped[at++];
      continue;
    }
    const char32_t code = 0x2e80 + ((mapped[at + 1] == '\xbb') ? 0x40u : 0u) +
                          (static_cast<unsigned char>(mapped[at + 2]) & 0x3fu);
    const std::size_t index = code - first_radical;
    append_utf8(index < radicals.size() ? radicals[index] : code, result);
    at += 3;
  }
  return result;
}

}  // namespace minnow
