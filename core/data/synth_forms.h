// The lists of the tutorial's form (separators and labels, to the letter), for the generator and its tests.
#pragma once

#include <string_view>
#include <vector>

namespace minnow {

const std::vector<std::string_view>& tutorial_separators();
const std::vector<std::string_view>& tutorial_name_labels();   ///< the first is "": no label
const std::vector<std::string_view>& tutorial_phone_labels();  ///< the first is "": no label

}  // namespace minnow
