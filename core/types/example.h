// TokenizedExample: one supervised row as the trainer takes it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace minnow {

/// labels[t] == input_ids[t] where the token is trained on, -100 where it is prompt. Not shifted: the loss at position
/// t-1 predicts labels[t], as in transformers.
struct TokenizedExample {
  std::vector<std::int32_t> input_ids;
  std::vector<std::int32_t> labels;
  std::string source;  ///< "file.jsonl:17", for sentences about it
};

}  // namespace minnow
