// THE reader of answers: what a model wrote, taken apart once, for evaluation, Try, the task score, labelling and the
// check of an export alike. Whether an answer is right is judged elsewhere (core/evaluate/score.h). Torch-free.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/data/label_form.h"
#include "core/types/generate_options.h"
#include "core/types/task.h"

namespace minnow {

class Tokenizer;

/// The value of one field of the task.
struct AnswerValue {
  std::string key, text;             ///< a string as it reads; another JSON value as its text
  bool present = false;              ///< the answer has the key
  std::optional<double> confidence;  ///< probability of the value's tokens, in (0, 1]; nothing: not known
};

struct Answer {
  std::string text;            ///< as written, without the token that ended it
  FinishReason reason = FinishReason::stop;
  std::int64_t tokens = 0;     ///< new ones, the stop token among them; 0: not known
  LabelText read;              ///< of what follows a thinking block, if there is one
  bool valid_json = false;     ///< the whole text is one JSON object, ASCII blanks around it allowed
  bool fenced = false;         ///< the object stands in a Markdown fence or behind a thinking block
  bool has_exact_keys = false; ///< the object has exactly the task's keys, each once
  std::vector<AnswerValue> values;  ///< one per field of the task, in its order; empty without an object

  bool is_cut() const { return reason == FinishReason::length; }
  /// Confidences of the task's fields, 0 for a field that is absent; empty where one isn't known.
  std::vector<double> confidences() const;
};

/// Reads a decoded answer. Its confidences come from `completion.logprobs`.
Answer read_answer(const Task& task, const Tokenizer& tokenizer, const Completion& completion);

/// Reads a text whose tokens aren't known (an endpoint's, a journal's). `confidences`: one per field where known.
Answer read_answer(const Task& task, std::string text, FinishReason reason,
                   const std::vector<double>& confidences = {});

/// The JSON object that `answer` means, keys in the task's order, or nothing where it isn't one with exactly the task's
/// keys. A fence and a thinking block are taken off.
std::optional<std::string> label_of(const Answer& answer, const Task& task);

}  // namespace minnow
