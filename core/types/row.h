// Row: one line of a project's data, and what can be wrong with it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace minnow {

enum class RowState { unlabelled, labelled, needs_review, failed };
enum class Split { none, train, validation, test };

/// The names used in files: "unlabelled", "labelled", "needs_review", "failed"; "none", "train", "validation", "test".
const char* to_string(RowState state);
const char* to_string(Split split);

/// One thing an audit found. `field` is empty when the whole row is meant.
struct Problem {
  std::string code;      ///< stable name, for facets: "invalid_json", "missing_key", "value_not_in_input", …
  std::string field;     ///< key of the task's field, or empty
  std::string sentence;  ///< what and where, for people
  std::int64_t line = 0; ///< 1-based line of the file it came from; 0 when it has none
};

/// One row: a raw input and, once labelled, the answer wanted for it (JSON text, exactly as trained on).
struct Row {
  std::string id;
  std::string input;
  std::string label;       ///< JSON text; empty while unlabelled
  RowState state = RowState::unlabelled;
  Split split = Split::none;
  std::string system;      ///< system prompt the row came with; empty = the task's concise prompt
  std::vector<Problem> problems;
  std::string provenance;  ///< where it came from: "import:file.csv:17", "synth:tutorial", "teacher:<model>", "edited"
  double confidence = -1.0;  ///< probability of the answer's least sure value, by its teacher; -1: not known
};

}  // namespace minnow
