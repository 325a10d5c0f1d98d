// How sure a model was of each value it wrote: the probability of the value's tokens.
#pragma once

#include <string>
#include <vector>

#include "core/types/task.h"

namespace minnow {

/// Per field of the task: the product of the probabilities of the tokens that touch its value in `object`, the last
/// place where it stands in the tokens' bytes joined; 0 where the object lacks the key; of a key written twice the last
/// counts. Empty when `object` isn't a JSON object or doesn't stand there.
/// `tokens`: the bytes of each token of the answer, `logprobs`: natural logarithms, at least as many.
std::vector<double> value_confidence(const Task& task, const std::string& object,
                                     const std::vector<std::string>& tokens, const std::vector<float>& logprobs);

}  // namespace minnow
