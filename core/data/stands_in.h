// Whether a value stands in the text that it was read from, and what a spreadsheet did to a number on the way.
#pragma once

#include <string>

namespace minnow {

/// How a value stands in an input. Look-alike characters and full-width digits count as what they look like.
struct Standing {
  enum class How {
    whole,            ///< word for word
    piece_of_number,  ///< only inside a longer number, which is another one
    absent
  };
  How how = How::absent;
  std::string number;  ///< the longer number
};
/// A country's code in front of a number (+86, 0086) makes it no longer number.
Standing standing_in(const std::string& input, const std::string& value);

/// A sentence when a spreadsheet has damaged the value: 1.38E+10, a trailing .0, a lost leading zero or plus, digits
/// that became zeros, 3-2 that became a date, a guard (="…" or ') or an error (#N/A) that was exported. Empty where the
/// input itself has the value so, or has nothing that it could have been.
std::string spreadsheet_damage(const std::string& input, const std::string& value);

/// 10 to 12 digits that begin as a mobile number does: what somebody mistyped, which a label rightly copies.
bool is_mistyped_mobile(const std::string& value);

}  // namespace minnow
