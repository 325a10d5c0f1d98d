// A walk over tokens by byte position.
#include "core/evaluate/confidence.h"

#include <cmath>

#include "core/data/value_ranges.h"

namespace minnow {

std::vector<double> value_confidence(const Task& task, const std::vector<std::string>& tokens,
                                     const std::vector<float>& logprobs) {
  std::string text;
  for (const std::string& token : tokens) text += token;
  const std::vector<ValueRange> ranges = value_ranges(text);
  if (ranges.empty()) return {};
  std::vector<double> confidence(task.fields.size(), 0.0);
  for (std::size_t field = 0; field < task.fields.size(); ++field) {
    for (const ValueRange& range : ranges) {
      if (range.key != task.fields[field].key) continue;
      double sum = 0.0;
      std::size_t begin = 0;
      for (std::size_t t = 0; t < tokens.size() && t < logprobs.size(); ++t) {
        const std::size_t end = begin + tokens[t].size();
        if (begin < range.end && end > range.begin) sum += logprobs[t];
        begin = end;
      }
      confidence[field] = std::exp(sum);
    }
  }
  return confidence;
}

}  // namespace minnow
