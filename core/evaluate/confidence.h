// How sure a model was of each value it wrote: the probability of the value's tokens.
#pragma once

#include <string>
#include <vector>

#include "core/types/task.h"

namespace minnow {

/// Per field of the task: the product of the probabilities of the tokens that touch its value; 0 where the answer
/// lacks the key; of a key written twice the last counts. Empty when the tokens' bytes joined are no JSON object.
/// `tokens`: the bytes of each token of the answer, `logprobs`: natural logarithms, as many.
std::vector<double> value_confidence(const Task& task, const std::vector<std::string>& tokens,
                                     const std::vector<float>& logprobs);

}  // namespace minnow
