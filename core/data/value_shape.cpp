// Small hand-written recognisers; std::regex would be slower by a factor that matters at 100,000 rows.
#include "core/data/value_shape.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "core/data/column_names.h"
#include "core/io/json.h"
#include "core/text/unicode.h"
#include "core/types/error.h"

namespace minnow {
namespace {

/// Full-width ASCII (U+FF01…U+FF5E) and its blank as plain ASCII, small letters; other characters stay.
std::string plain(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(i + k < text.size() ? text[i + k] : 0); };
    if (byte(0) == 0xef && (byte(1) == 0xbc || byte(1) == 0xbd) && byte(2) >= 0x80) {
      const unsigned code = 0xf000u | ((byte(1) & 0x3fu) << 6) | (byte(2) & 0x3fu);
      if (code >= 0xff01 && code <= 0xff5e) {
        result += static_cast<char>(code - 0xfee0);
        i += 2;
        continue;
      }
    }
    if (byte(0) == 0xe3 && byte(1) == 0x80 && byte(2) == 0x80) {
      result += ' ';
      i += 2;
      continue;
    }
    result += text[i];
  }
  return lower_case(trimmed(result));
}

/// Takes `what` off the front of `text`.
bool take(std::string_view& text, std::string_view what) {
  if (!text.starts_with(what)) return false;
  text.remove_prefix(what.size());
  return true;
}

std::string_view take_digits(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_ascii_digit);
  const std::string_view digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(digits.size());
  return digits;
}

/// Cuts an extension ("转123", "-123" after a whole landline, "ext 12") off the end. False: what follows isn't one.
bool drop_extension(std::string_view& text) {
  for (const std::string_view mark :
       {std::string_view("转"), std::string_view("ext."), std::string_view("ext"), std::string_view("#")}) {
    const std::size_t at = text.find(mark);
    if (at == std::string_view::npos) continue;
    std::string_view extension = trimmed(text.substr(at + mark.size()));
    const std::string_view digits = take_digits(extension);
    if (digits.empty() || digits.size() > 6 || !extension.empty()) return false;
    text = trimmed(text.substr(0, at));
    if (text.ends_with(',')) text.remove_suffix(1);
    return true;
  }
  return true;
}

/// Groups of digits between single separators ("-", blank, brackets around the first). Empty if it is anything else.
std::vector<std::string_view> digit_groups(std::string_view text) {
  std::vector<std::string_view> groups;
  const bool bracketed = take(text, "(");
  for (;;) {
    const std::string_view digits = take_digits(text);
    if (digits.empty()) return {};
    groups.push_back(digits);
    if (bracketed && groups.size() == 1 && !take(text, ")")) return {};
    if (text.empty()) return groups;
    const std::size_t gap = text.find_first_not_of("- ");
    if (gap == std::string_view::npos || gap > 3) return {};
    if (gap == 0 && !(bracketed && groups.size() == 1)) return {};
    text.remove_prefix(gap);
  }
}

/// 11 digits, perhaps with the extension of a relay number.
bool is_mobile(const std::vector<std::string_view>& groups, const std::string& digits) {
  if (digits[0] == '0') return false;
  return digits.size() == 11 || (groups.size() == 2 && groups[0].size() == 11 && groups[1].size() <= 6);
}

/// A masked middle of four to six (138****0000, 138xxxx0000) as digits, so that the shape can be judged.
std::string unmasked(std::string_view text) {
  std::string result(text);
  const std::size_t first = result.find_first_of("*x");
  if (first == std::string::npos) return result;
  const std::size_t end = std::min(result.find_first_not_of("*x", first), result.size());
  if (first >= 3 && end - first >= 4 && end - first <= 6)
    std::fill(result.begin() + static_cast<std::ptrdiff_t>(first), result.begin() + static_cast<std::ptrdiff_t>(end),
              '0');
  return result;
}

bool is_landline(const std::vector<std::string_view>& groups, const std::string& digits) {
  const auto local = [](std::size_t size) { return size == 7 || size == 8; };
  if (groups.size() == 1) {
    // 0 + two or three digits of area code + number, or the number alone
    return digits[0] == '0' ? digits.size() >= 10 && digits.size() <= 12 : local(digits.size());
  }
  if (groups[0][0] == '0') {
    std::size_t number = groups[1].size();
    std::size_t next = 2;
    if (number == 3 || number == 4) number += next < groups.size() ? groups[next++].size() : 0;  // 0871-6512 3456
    const bool extension = next + 1 == groups.size() && groups[next].size() <= 6;
    return groups[0].size() >= 3 && groups[0].size() <= 4 && local(number) && (next == groups.size() || extension);
  }
  return groups.size() == 2 && ((local(groups[0].size()) && groups[1].size() <= 6) || local(digits.size()));
}

/// Chinese numerals, at least one: 二十, 一百零五, 3万 isn't (digits mixed in).
bool is_chinese_number(std::string_view text) {
  static constexpr std::string_view numerals = "零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟";
  if (text.empty() || text.size() % 3 != 0) return false;
  for (std::size_t i = 0; i < text.size(); i += 3) {
    std::size_t at = numerals.find(text.substr(i, 3));
    while (at != std::string_view::npos && at % 3 != 0) at = numerals.find(text.substr(i, 3), at + 1);
    if (at == std::string_view::npos) return false;
  }
  return true;
}

int value_of(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

bool is_day(int year, int month, int day) {
  constexpr std::array days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return false;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return day >= 1 && day <= days[static_cast<std::size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
}

/// "12:30" or "12:30:05", whole.
bool is_time(std::string_view text) {
  int parts = 0;
  do {
    const std::string_view digits = take_digits(text);
    if (digits.empty() || digits.size() > 2 || value_of(digits) >= (parts == 0 ? 24 : 60)) return false;
    ++parts;
  } while (take(text, ":"));
  return text.empty() && (parts == 2 || parts == 3);
}

/// What may follow a full date.
bool is_tail(std::string_view text) {
  if (text.empty()) return true;
  if (text[0] != ' ' && text[0] != 't') return false;
  return is_time(trimmed(text.substr(1)));
}

constexpr int leap_year = 2000;  // stands for an unknown year: 2月29日 is a day

/// 2026年11月23日 and its parts.
bool is_chinese_date(std::string_view text) {
  std::string_view first = take_digits(text);
  int year = leap_year;
  if (take(text, "年")) {
    if (first.size() != 4 && first.size() != 2) return false;
    year = value_of(first);
    if (text.empty()) return true;
    first = take_digits(text);
  }
  if (first.empty() || first.size() > 2 || !take(text, "月")) return false;
  if (text.empty()) return is_day(year, value_of(first), 1);
  const std::string_view day = take_digits(text);
  if (day.empty() || day.size() > 2 || !(take(text, "日") || take(text, "号"))) return false;
  return is_day(year, value_of(first), value_of(day)) && (is_tail(text) || is_time(text));
}

}  // namespace

bool is_phone(std::string_view raw) {
  const std::string held = unmasked(plain(raw));
  std::string_view text = held;
  if (!drop_extension(text)) return false;
  const bool international = take(text, "+");
  const auto groups = digit_groups(text);
  if (groups.empty()) return false;
  std::string digits;
  for (const auto group : groups) digits += group;
  if (international && !digits.starts_with("86")) return digits.size() >= 7 && digits.size() <= 15;
  if (international || (digits.starts_with("86") && digits.size() == 13)) {
    digits.erase(0, 2);
    return digits.size() == 11 || (digits.size() >= 9 && digits.size() <= 12);
  }
  if (digits.starts_with("400") || digits.starts_with("800")) return digits.size() == 10;
  if (is_mobile(groups, digits)) return true;
  if (digits.size() == 5 && (digits[0] == '9' || digits[0] == '1')) return groups.size() == 1;
  return is_landline(groups, digits);
}

bool is_number(std::string_view raw) {
  const std::string held = plain(raw);
  std::string_view text = held;
  if (is_chinese_number(text)) return true;
  if (!take(text, "-")) take(text, "+");
  std::string_view whole = take_digits(text);
  if (whole.empty()) return false;
  if (text.starts_with(',') && whole.size() > 3) return false;
  while (take(text, ",")) {
    if (take_digits(text).size() != 3) return false;
  }
  if (take(text, ".") && take_digits(text).empty()) return false;
  take(text, "%");
  return text.empty();
}

bool is_date(std::string_view raw) {
  const std::string held = plain(raw);
  std::string_view text = held;
  if (text.find("年") != std::string_view::npos || text.find("月") != std::string_view::npos)
    return is_chinese_date(text);
  const std::string_view year = take_digits(text);
  if (year.size() == 8) {
    return is_day(value_of(year.substr(0, 4)), value_of(year.substr(4, 2)), value_of(year.substr(6))) && is_tail(text);
  }
  if (year.size() != 4 || text.empty()) return false;
  const char separator = text[0];
  if (separator != '-' && separator != '/' && separator != '.') return false;
  text.remove_prefix(1);
  const std::string_view month = take_digits(text);
  if (month.empty() || month.size() > 2) return false;
  if (text.empty()) return separator != '.' && is_day(value_of(year), value_of(month), 1);
  if (text[0] != separator) return false;
  text.remove_prefix(1);
  const std::string_view day = take_digits(text);
  if (day.empty() || day.size() > 2) return false;
  return is_day(value_of(year), value_of(month), value_of(day)) && is_tail(text);
}

std::vector<std::string> list_items(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('[')) {
    try {
      return parse_json(text, "a list").get<std::vector<std::string>>();
    } catch (const Error&) {
    } catch (const Json::exception&) {  // an array of other things
    }
  }
  const std::array<std::vector<std::string_view>, 5> separators{
      {{"\n"}, {";", "；"}, {"、"}, {"|", "｜"}, {",", "，"}}};
  const auto found = std::find_if(separators.begin(), separators.end(), [&](const auto& same) {
    return std::any_of(same.begin(), same.end(),
                       [&](std::string_view one) { return text.find(one) != std::string_view::npos; });
  });
  std::vector<std::string> items;
  while (!text.empty()) {
    std::size_t end = text.size(), next = end;
    if (found != separators.end()) {
      for (const std::string_view one : *found) {
        const std::size_t at = text.find(one);
        if (at < end) end = at, next = at + one.size();
      }
    }
    if (const auto item = trimmed(text.substr(0, end)); !item.empty()) items.emplace_back(item);
    text.remove_prefix(next);
  }
  return items;
}

}  // namespace minnow
