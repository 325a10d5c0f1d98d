// Phones, numbers and the held-out rule.
#include "core/data/synth_values.h"

#include "core/data/synth_words.h"

namespace minnow {

bool is_test_value(std::string_view value) {
  std::uint64_t hash = 0xcbf29ce484222325u;  // FNV-1a, 64 bits
  for (const char c : value) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return Prng::mix(hash) % 10 == 0;
}

std::string ValueSampler::digits(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += static_cast<char>('0' + rng_.below(10));
  return text;
}

std::string ValueSampler::uncommon_character() {
  const std::uint32_t point = 0x4E00 + rng_.below(0x9FA5 - 0x4E00 + 1);
  std::string made(1, static_cast<char>(0xE0 | (point >> 12)));
  made += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
  made += static_cast<char>(0x80 | (point & 0x3F));
  return made;
}

std::string ValueSampler::any_character() {
  return rng_.chance(0.12) ? uncommon_character() : std::string(rng_.pick(synth_words().hanzi));
}

std::string ValueSampler::latin_word() {
  static const WordList starts = {"b", "c", "d", "f", "g", "h", "j", "k",  "l",  "m",  "n",  "p", "q",
                                  "r", "s", "t", "w", "x", "y", "z", "ch", "sh", "zh", "st", "v", ""};
  static const WordList middles = {"a", "e", "i", "o", "u", "ee", "oo", "ai", "ao", "ei", "ou", "ie", "iu", "ua"};
  static const WordList ends = {"", "", "", "n", "ng", "k", "s", "t", "l", "r", "m", "ss"};
  std::string made;
  for (int syllables = rng_.between(1, 3); syllables > 0; --syllables) {
    made += rng_.pick(starts);
    made += rng_.pick(middles);
    made += rng_.pick(ends);
  }
  if (rng_.chance(0.3)) made[0] = static_cast<char>(made[0] - 'a' + 'A');
  return made;
}

std::string wide_digits(const std::string& text) {
  std::string wide;
  for (const char c : text) {
    if (c < '0' || c > '9') {
      wide += c;
      continue;
    }
    wide += "\xEF\xBC";  // U+FF10 is EF BC 90
    wide += static_cast<char>(0x90 + (c - '0'));
  }
  return wide;
}

std::string ValueSampler::mobile(bool fakes) {
  return fitting([&] { return any_mobile(fakes); });
}
std::string ValueSampler::landline() {
  return fitting([&] { return any_landline(); });
}
std::string ValueSampler::informal_phone() {
  return fitting([&] { return any_informal_phone(); });
}

std::string ValueSampler::any_mobile(bool fakes) {
  std::string phone;
  if (fakes && rng_.chance(0.75)) {
    phone = "2";
    phone += static_cast<char>('0' + rng_.below(4));
    return phone + digits(9);
  }
  phone = "1";
  phone += static_cast<char>('3' + rng_.below(7));
  if (rng_.chance(0.96)) return phone + digits(9);
  phone += rng_.chance(0.5) ? '8' : '3';  // 13888888888 and the like, as people write in examples
  return phone + std::string(8, static_cast<char>('0' + rng_.below(10)));
}

std::string ValueSampler::any_landline() {
  std::string phone(rng_.pick(synth_words().area_codes));
  phone += '-';
  phone += static_cast<char>('2' + rng_.below(7));
  return phone + digits(rng_.chance(0.6) ? 7 : 6);
}

std::string ValueSampler::any_informal_phone() {
  const std::string plain = any_mobile(false);
  const std::string a = plain.substr(0, 3), b = plain.substr(3, 4), c = plain.substr(7);
  std::string phone;
  switch (rng_.weighted({70, 5, 4, 3, 2, 6, 2, 2, 1.5, 2, 1, 1, 1.5, 0.6})) {
    case 1:
      return a + "-" + b + "-" + c;
    case 2:
      return a + " " + b + " " + c;
    case 3:
      return std::string(rng_.pick({"+86", "+86 ", "+86-", "86-", "86"})) + plain;
    case 4:
      return a + "****" + c;
    case 5:
      return any_landline();
    case 6:
      phone = any_landline();
      phone += rng_.pick({"-", "转", " 转"});
      return phone + digits(rng_.between(2, 4));
    case 7: {
      const std::string line = any_landline();
      const std::size_t dash = line.find('-');
      const std::string code = line.substr(0, dash), rest = line.substr(dash + 1);
      const double form = rng_.unit();
      return form < 0.5 ? code + rest : form < 0.75 ? "(" + code + ")" + rest : code + " " + rest;
    }
    case 8:
      phone = rng_.pick({"400-", "400", "800-"});
      phone += digits(3);
      if (rng_.chance(0.5)) phone += '-';
      return phone + digits(4);
    case 9:  // a shop's virtual number
      phone = plain + std::string(rng_.pick({"-", "转", " 转", "转"}));
      return phone + digits(4);
    case 10:
      return a + "xxxx" + c;
    case 11:
      return digits(rng_.between(7, 8));
    case 12:
      return plain.substr(0, 4) + " " + plain.substr(4, 3) + " " + plain.substr(7);
    case 13:
      return wide_digits(plain);
    default:
      return plain;
  }
}

std::string ValueSampler::chinese_number(int value) {
  static const char* const ones[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  std::string text;
  if (value >= 20) text += ones[value / 10];
  if (value >= 10) text += "十";
  return text + ones[value % 10];
}

}  // namespace minnow
