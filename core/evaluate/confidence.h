// How sure a model was of each value it wrote: the probability of the value's tokens.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/types/task.h"

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

/// Per field of the task: the product of the probabilities of the tokens that touch its value; 0 where the answer
/// lacks the key; of a key written twice the last counts. Empty when the tokens' bytes joined are no JSON object.
/// `tokens`: the bytes of each token of the answer, `logprobs`: natural logarithms, as many.
std::vector<double> value_confidence(const Task& task, const std::vector<std::string>& tokens,
                                     const std::vector<float>& logprobs);

}  // namespace minnow
