// Numbers as text for people and for SVG, the same under every locale (a window sets the C locale's decimal comma).
#pragma once

#include <string>

namespace minnow {

/// `value` with `decimals` digits after the point, "0.041"; "nan" and "inf" as words; "-0.00" loses its sign.
std::string fixed_text(double value, int decimals);

/// Significant digits instead: short_text(0.00004217, 2) is "0.000042", short_text(1234.5, 2) is "1234". Plain notation
/// between 1e-6 and 1e9, else as 4.2e-11.
std::string short_text(double value, int digits);

/// To two significant digits, as a person would type it: 0.0021 for 0.002137.
double two_digits(double value);

/// The figure of a time that is set in minutes: "15", "0.6", "1.25"; its unit is "min", which has no plural.
std::string minutes_text(double minutes);

/// A difference of shares in percentage points, with its sign: "+93.3", "−2.0" (U+2212).
std::string points_text(double difference);

/// A share as "98.0 %" with a blank that doesn't break (U+00A0); whole shares read "0 %" and "100 %".
std::string percent_text(double share, int decimals = 1);

/// "p < 0.001", "p = 0.039", "p = 0.31", "p = 1".
std::string p_value_text(double p);

}  // namespace minnow
