// Numbers are compared as runs of ASCII digits after look-alikes are gone.
#include "core/data/stands_in.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "core/data/column_names.h"
#include "core/io/shown.h"
#include "core/text/look_alike.h"
#include "core/text/unicode.h"

namespace minnow {
namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_ascii_digit);
}

/// The digits right before `at`.
std::string_view digits_before(std::string_view text, std::size_t at) {
  std::size_t from = at;
  while (from > 0 && is_ascii_digit(text[from - 1])) --from;
  return text.substr(from, at - from);
}

bool is_country_code(std::string_view text, std::size_t at, std::string_view digits) {
  if (digits == "86" || digits == "0086") return true;
  const std::size_t from = at - digits.size();
  return digits.size() <= 3 && from > 0 && text[from - 1] == '+';
}

Standing look(std::string_view input, std::string_view value) {
  Standing found;
  for (std::size_t at = input.find(value); at != std::string_view::npos; at = input.find(value, at + 1)) {
    const std::size_t end = at + value.size();
    const std::string_view before = is_ascii_digit(value.front()) ? digits_before(input, at) : std::string_view();
    const bool goes_on = is_ascii_digit(value.back()) && end < input.size() && is_ascii_digit(input[end]);
    if (!goes_on && (before.empty() || is_country_code(input, at, before))) return {Standing::How::whole, {}};
    if (found.how == Standing::How::piece_of_number) continue;
    std::size_t last = end;
    while (goes_on && last < input.size() && is_ascii_digit(input[last])) ++last;
    found.how = Standing::How::piece_of_number;
    found.number = std::string(input.substr(at - before.size(), last - (at - before.size())));
  }
  return found;
}

/// A number as the input has it: its digits, without the "-", blanks and brackets that may stand between its groups.
struct Number {
  std::string digits;
  bool plus = false;
};

std::vector<Number> numbers_in(std::string_view text) {
  std::vector<Number> runs, all;
  std::size_t last_end = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_ascii_digit(text[at])) {
      ++at;
      continue;
    }
    const std::size_t end = std::min(text.find_first_not_of("0123456789", at), text.size());
    Number run{std::string(text.substr(at, end - at)), at > 0 && text[at - 1] == '+'};
    const std::string_view gap = text.substr(last_end, at - last_end);
    const bool joins = !runs.empty() && gap.size() <= 2 && gap.find_first_not_of("- ()") == std::string_view::npos;
    if (joins) all.push_back({runs.back().digits + run.digits, runs.back().plus});
    all.push_back(run);
    runs.push_back(joins ? Number{runs.back().digits + run.digits, runs.back().plus} : run);
    last_end = end;
    at = end;
  }
  return all;
}

/// "1.38E+10": the digits before the exponent; empty if it isn't of this form.
std::string mantissa_of(std::string_view value, std::size_t& places) {
  const std::size_t e = value.find_first_of("eE");
  if (e == std::string_view::npos || e == 0 || !is_ascii_digit(value.front())) return {};
  std::string_view exponent = value.substr(e + 1);
  if (exponent.starts_with('+')) exponent.remove_prefix(1);
  if (!all_digits(exponent) || exponent.size() > 3) return {};
  std::string digits(value.substr(0, e));
  if (digits.size() > 1) {
    if (digits[1] != '.') return {};
    digits.erase(1, 1);
  }
  places = static_cast<std::size_t>(std::atoi(std::string(exponent).c_str())) + 1;
  return all_digits(digits) ? digits : std::string();
}

/// 3-2 and 3/2 become 3月2日, 2-Mar or Mar-02: the month and the day, or zeros.
std::pair<int, int> month_and_day(std::string_view value) {
  static constexpr std::array<std::string_view, 12> months{"jan", "feb", "mar", "apr", "may", "jun",
                                                           "jul", "aug", "sep", "oct", "nov", "dec"};
  const std::string text = lower_case(value);
  const auto number = [](std::string_view digits) {
    return all_digits(digits) && digits.size() <= 2 ? std::atoi(std::string(digits).c_str()) : 0;
  };
  const auto month = [](std::string_view name) {
    const auto found = std::find(months.begin(), months.end(), name);
    return found == months.end() ? 0 : static_cast<int>(found - months.begin()) + 1;
  };
  const std::string_view view = text;
  constexpr std::string_view month_sign = "月", day_sign = "日";
  if (const std::size_t at = view.find(month_sign); at != std::string_view::npos && view.ends_with(day_sign)) {
    const std::size_t from = at + month_sign.size();
    if (from + day_sign.size() > view.size()) return {};
    return {number(view.substr(0, at)), number(view.substr(from, view.size() - from - day_sign.size()))};
  }
  const std::size_t dash = view.find('-');
  if (dash == std::string_view::npos) return {};
  const std::string_view left = view.substr(0, dash), right = view.substr(dash + 1);
  return month(right) != 0 ? std::pair(month(right), number(left)) : std::pair(month(left), number(right));
}

/// What became a date: "3-2" or "3/2" as the input has it.
std::string was_fraction(std::string_view input, std::string_view value) {
  const auto [month, day] = month_and_day(value);
  if (month == 0 || day == 0) return {};
  for (const auto& [a, b] : {std::pair(month, day), std::pair(day, month)}) {
    for (const char* sign : {"-", "/"}) {
      const std::string text = std::to_string(a) + sign + std::to_string(b);
      if (look(input, text).how == Standing::How::whole) return text;
    }
  }
  return {};
}

/// Digits that became zeros, or others from the 16th on: the number as the input has it.
std::string was_longer(const std::vector<Number>& numbers, const std::string& value) {
  constexpr std::size_t shortest = 8, kept = 15;  // what a double keeps
  if (value.size() < shortest) return {};
  const std::size_t last = value.find_last_not_of('0');
  const std::size_t same = last == std::string::npos ? 0 : last + 1;
  for (const Number& number : numbers) {
    if (number.digits.size() != value.size() || number.digits == value) continue;
    const bool zeros = same >= 3 && same < value.size() && number.digits.compare(0, same, value, 0, same) == 0;
    const bool rounded = value.size() > kept && number.digits.compare(0, kept, value, 0, kept) == 0;
    if (zeros || rounded) return number.digits;
  }
  return {};
}

bool is_spreadsheet_error(std::string_view value) {
  static constexpr std::array<std::string_view, 8> errors{"#N/A",  "#VALUE!", "#REF!",  "#NAME?",
                                                          "#NUM!", "#NULL!",  "#DIV/0!", "#####"};
  return std::any_of(errors.begin(), errors.end(), [&](std::string_view e) {
    return value == e || (e == "#####" && value.starts_with(e) && value.find_first_not_of('#') == value.npos);
  });
}

/// Damage of a value whose digits are all there is to it.
std::string damaged_digits(std::string_view input, const std::string& value) {
  const std::vector<Number> numbers = numbers_in(input);
  const bool is_there = std::any_of(numbers.begin(), numbers.end(),
                                    [&](const Number& n) { return n.digits == value && !n.plus; });
  if (is_there) return {};
  for (const Number& number : numbers) {
    if (number.plus && number.digits == value) return shown(value) + " has lost the plus of " + shown("+" + value);
    const std::size_t zeros = std::min(number.digits.find_first_not_of('0'), number.digits.size());
    if (value.size() > 1 && zeros > 0 && std::string_view(number.digits).substr(zeros) == value)
      return shown(value) + " has lost the zero in front of " + shown(number.digits);
  }
  const std::string longer = was_longer(numbers, value);
  return longer.empty() ? longer : shown(value) + " has lost digits of " + shown(longer);
}

}  // namespace

Standing standing_in(const std::string& input, const std::string& value) {
  if (value.empty()) return {Standing::How::whole, {}};
  Standing found = look(input, value);
  if (found.how == Standing::How::whole) return found;
  const Standing seen = look(without_look_alikes(input), without_look_alikes(value));
  return seen.how == Standing::How::absent ? found : seen;
}

std::string spreadsheet_damage(const std::string& input, const std::string& written) {
  const std::string value(trimmed(written));
  if (value.empty() || value.size() > 64) return {};
  if (is_spreadsheet_error(value)) return shown(value) + " is an error of a spreadsheet, not a value";
  const bool guarded = (value.starts_with("=\"") && value.ends_with('"')) ||
                       (value.front() == '\'' && all_digits(std::string_view(value).substr(1)));
  const bool has_digit = std::any_of(value.begin(), value.end(), is_ascii_digit);
  if (!guarded && !has_digit) return {};
  if (all_digits(value)) return damaged_digits(without_look_alikes(input), value);
  const bool simple = value.find_first_not_of("0123456789.eE+") == std::string::npos;
  const auto [month, day] = month_and_day(value);
  if (!guarded && !simple && month * day == 0) return {};
  const std::string text = without_look_alikes(input);
  if (look(text, value).how == Standing::How::whole) return {};
  if (guarded) return shown(value) + " has a spreadsheet's guard around its number";
  if (const std::string before = was_fraction(text, value); !before.empty())
    return shown(value) + " is a date that a spreadsheet made of " + shown(before);
  std::size_t places = 0;
  if (const std::string digits = mantissa_of(value, places); !digits.empty()) {
    for (const Number& number : numbers_in(text)) {
      if (number.digits.size() == places && number.digits.compare(0, 2, digits, 0, 2) == 0)
        return shown(value) + " is what a spreadsheet made of " + shown(number.digits);
    }
    return shown(value) + " is a number that a spreadsheet has shortened";
  }
  const std::size_t point = value.find('.');
  if (point == std::string::npos || value.find_first_not_of('0', point + 1) != std::string::npos) return {};
  const std::string whole = value.substr(0, point);
  if (!all_digits(whole)) return {};
  for (const Number& number : numbers_in(text)) {
    const bool zeros_lost = number.digits.size() > whole.size() && number.digits.ends_with(whole) &&
                            number.digits.find_first_not_of('0') == number.digits.size() - whole.size();
    if (number.digits == whole || zeros_lost) return shown(value) + " is what a spreadsheet made of " + shown(number.digits);
  }
  return {};
}

bool is_mistyped_mobile(const std::string& value) {
  const std::string digits = without_look_alikes(trimmed(value));
  return all_digits(digits) && digits.size() >= 10 && digits.size() <= 12 && digits[0] == '1' && digits[1] >= '3';
}

}  // namespace minnow
