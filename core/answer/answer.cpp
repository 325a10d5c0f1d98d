// One pass from tokens to values.
#include "core/answer/answer.h"

#include <algorithm>

#include "core/answer/confidence.h"
#include "core/data/value_ranges.h"
#include "core/text/thinking.h"
#include "core/text/tokenizer.h"

namespace minnow {
namespace {

/// Text, form, keys and values; confidences follow.
Answer read_text(const Task& task, std::string text, FinishReason reason) {
  Answer answer;
  answer.text = std::move(text);
  answer.reason = reason;
  const ThoughtAndText parts = split_thinking(answer.text);
  answer.read = read_label(parts.closed ? std::string_view(parts.text) : std::string_view(answer.text));
  if (!answer.read.object) return answer;
  answer.valid_json = answer.read.form == LabelShape::object && !parts.closed;
  answer.fenced = !answer.valid_json;
  std::size_t present = 0;
  for (const Field& field : task.fields) {
    AnswerValue value;
    value.key = field.key;
    if (const auto at = answer.read.object->find(field.key); at != answer.read.object->end()) {
      value.present = true;
      value.text = shown_json(*at);
      ++present;
    }
    answer.values.push_back(std::move(value));
  }
  answer.has_exact_keys =
      present == task.fields.size() && answer.read.object->size() == present && !answer.read.repeated_key;
  return answer;
}

void set_confidences(Answer& answer, const std::vector<double>& confidences) {
  if (confidences.size() != answer.values.size()) return;
  for (std::size_t i = 0; i < confidences.size(); ++i)
    if (answer.values[i].present && confidences[i] > 0.0) answer.values[i].confidence = std::min(confidences[i], 1.0);
}

}  // namespace

std::vector<double> Answer::confidences() const {
  std::vector<double> all;
  for (const AnswerValue& value : values) {
    if (value.present && !value.confidence) return {};
    all.push_back(value.confidence.value_or(0.0));
  }
  return all;
}

Answer read_answer(const Task& task, const Tokenizer& tokenizer, const Completion& completion) {
  std::vector<std::int32_t> ids = completion.ids;
  if (completion.reason == FinishReason::stop && !ids.empty()) ids.pop_back();
  Answer answer = read_text(task, tokenizer.decode(ids, true), completion.reason);
  answer.tokens = static_cast<std::int64_t>(completion.ids.size());
  if (!answer.read.object) return answer;
  std::vector<std::string> bytes;
  for (const std::int32_t id : ids) bytes.push_back(tokenizer.is_special(id) ? "" : tokenizer.token_bytes(id));
  set_confidences(answer, value_confidence(task, answer.read.inside, bytes, completion.logprobs));
  return answer;
}

Answer read_answer(const Task& task, std::string text, FinishReason reason, const std::vector<double>& confidences) {
  Answer answer = read_text(task, std::move(text), reason);
  set_confidences(answer, confidences);
  return answer;
}

std::optional<std::string> label_of(const Answer& answer, const Task& task) {
  if (!answer.read.object || !answer.has_exact_keys) return std::nullopt;
  Json ordered = Json::object();
  for (const Field& field : task.fields) ordered[field.key] = answer.read.object->at(field.key);
  return dump_json_python(ordered);
}

}  // namespace minnow
