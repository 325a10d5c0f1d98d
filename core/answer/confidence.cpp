// A walk over tokens by byte position.
#include "core/answer/confidence.h"

#include <cmath>

#include "core/data/value_ranges.h"

namespace minnow {

std::vector<double> value_confidence(const Task& task, const std::string& object,
                                     const std::vector<std::string>& tokens, const std::vector<float>& logprobs) {
  std::string text;
  for (const std::string& token : tokens) text += token;
  const std::size_t at = text.rfind(object);
  const std::vector<ValueRange> ranges = value_ranges(object);
  if (ranges.empty() || at == std::string::npos) return {};
  std::vector<double> confidence(task.fields.size(), 0.0);
  for (std::size_t field = 0; field < task.fields.size(); ++field) {
    for (const ValueRange& range : ranges) {
      if (range.key != task.fields[field].key) continue;
      double sum = 0.0;
      std::size_t begin = 0;
      for (std::size_t t = 0; t < tokens.size() && t < logprobs.size(); ++t) {
        const std::size_t end = begin + tokens[t].size();
        if (begin < at + range.end && end > at + range.begin) sum += static_cast<double>(logprobs[t]);
        begin = end;
      }
      confidence[field] = std::exp(sum);
    }
  }
  return confidence;
}

}  // namespace minnow
