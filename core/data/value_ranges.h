// Where the values of an answer stand in its JSON text, so that they can be pointed at and moved letter for letter.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace minnow {

/// A value of a JSON object in its text: bytes [begin, end). Of a string: from after the opening quote up to and with
/// the closing one, since that is where the value ends.
struct ValueRange {
  std::string key;  ///< decoded
  std::size_t begin = 0, end = 0;
};

/// The values of the object `text`, in its order. `text` must be one valid JSON object, blanks around it allowed;
/// for anything else the result is empty.
std::vector<ValueRange> value_ranges(std::string_view text);

}  // namespace minnow
