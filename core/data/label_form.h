// What an answer's text is before any task is asked: THE reader of labels for audit, evaluation, training and teachers,
// so that they agree on which of them are JSON objects and what is wrong with the others.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/io/json.h"
#include "core/types/task.h"

namespace minnow {

enum class LabelShape {
  object,     ///< one JSON object, blanks around it allowed
  not_object, ///< JSON of another type
  empty,
  python,     ///< a Python dict: single quotes, None, True
  fenced,     ///< JSON in a Markdown fence
  in_prose,   ///< JSON with words before or after it
  end_token,  ///< JSON with a control token behind it
  quoted,     ///< a JSON string that holds JSON
  other       ///< none of these
};

struct LabelText {
  LabelShape form = LabelShape::other;
  std::optional<Json> object;  ///< form object, and fenced where the fence holds plain JSON
  bool repeated_key = false;   ///< a key stands in it twice; the last value counts
  std::string inside;          ///< the text that was wanted: trimmed, without a fence around it
  std::string detail;          ///< other: the reader's reason; in_prose: the words; end_token: the token
};

/// Never throws for content. A form around JSON counts only where that JSON has keys: an empty object says nothing.
LabelText read_label(std::string_view label);

/// Counts labels that aren't what a task wants. To be said before rows are trained on or judged by.
class LabelCensus {
 public:
  /// Without a task (null, or one without fields) the keys of the first JSON label are the wanted ones. `task` must outlive the census.
  explicit LabelCensus(const Task* task = nullptr)
      : task_(task != nullptr && !task->fields.empty() ? task : nullptr) {}

  void add(const std::string& label, const std::string& source);
  std::int64_t labels() const { return labels_; }
  std::int64_t empty_labels() const;
  /// "3 of 4 labels aren't JSON objects: 2 are Python dicts, 1 has words around its JSON; the first: rows.jsonl:1", and
  /// the same of labels whose keys aren't the task's. Nothing when all is well.
  std::vector<std::string> sentences() const;

 private:
  const Task* task_;
  std::vector<std::string> keys_;  // of the first JSON label, sorted; without a task
  std::int64_t labels_ = 0, other_keys_ = 0;
  std::map<LabelShape, std::int64_t> forms_;
  std::string first_fault_, first_other_keys_;
};

}  // namespace minnow
