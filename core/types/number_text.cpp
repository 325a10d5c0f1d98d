// std::to_chars knows no locale.
#include "core/types/number_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace minnow {
namespace {

std::string spell(double value, std::chars_format format, int precision) {
  std::array<char, 400> buffer{};  // the longest fixed double has 309 digits before the point
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format, precision);
  return result.ec == std::errc() ? std::string(buffer.data(), result.ptr) : std::string("?");
}

}  // namespace

std::string fixed_text(double value, int decimals) {
  if (std::isnan(value)) return "nan";
  std::string text = spell(value, std::chars_format::fixed, std::clamp(decimals, 0, 60));
  if (text[0] == '-' && text.find_first_not_of("-0.") == std::string::npos) text.erase(0, 1);
  return text;
}

std::string short_text(double value, int digits) {
  if (!std::isfinite(value) || value == 0.0) return fixed_text(value, 0);
  const double size = std::fabs(value);
  if (size < 1e-6 || size >= 1e9) return spell(value, std::chars_format::scientific, std::max(0, digits - 1));
  const int leading = static_cast<int>(std::floor(std::log10(size)));  // position of the first digit
  return fixed_text(value, digits - 1 - leading);
}

std::string minutes_text(double minutes) {
  std::string text = std::fabs(minutes) >= 10.0 ? fixed_text(minutes, 0) : fixed_text(minutes, 2);
  if (text.find('.') != std::string::npos) text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string points_text(double difference) {
  return (difference < 0.0 ? "\u2212" : "+") + fixed_text(100.0 * std::fabs(difference), 1);
}

double two_digits(double value) {
  const std::string text = spell(value, std::chars_format::scientific, 1);
  double rounded = value;
  std::from_chars(text.data(), text.data() + text.size(), rounded);
  return rounded;
}

std::string percent_text(double share, int decimals) {
  const bool whole = share == 0.0 || share == 1.0;
  return fixed_text(100.0 * share, whole ? 0 : decimals) + "\u00A0%";
}

std::string p_value_text(double p) {
  if (p < 0.001) return "p < 0.001";
  if (p >= 0.995) return "p = 1";
  return "p = " + fixed_text(p, p < 0.1 ? 3 : 2);
}

}  // namespace minnow
