// Labelling by a local teacher: a Qwen3 folder answers raw inputs under the task's detailed prompt, through the one
// engine. Every answer goes to an append-only journal first and is then audited, so nothing is asked twice.
//
// Journal, one line per answer: {"key", "id", "input", "answer", "finish": "stop" | "length",
// "confidence": per field, "teacher", "time"}.
// `key` is the SHA-256 of answerer, system prompt and input (Teacher::key): other words or another teacher ask anew.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/answer/answer.h"
#include "core/types/generate_options.h"
#include "core/types/progress.h"
#include "core/types/row.h"
#include "core/types/task.h"

namespace minnow {

struct LabelOptions {
  std::filesystem::path teacher;  ///< folder of a dense Qwen3
  std::string dtype = "auto", device = "auto";
  int threads = 0;
  std::optional<PromptStyle> prompt_style;  ///< nothing: as the folder records, else no_think
  std::optional<TemplateChoice> chat_template;  ///< nothing: as the folder records, else automatic
  NoteSink note;                            ///< what of the teacher's files is guessed or ignored
  Task task;                                ///< its detailed prompt asks (the concise one where it has none)
  std::filesystem::path journal;            ///< created, or gone on with
  EngineOptions engine;
  SamplingOptions sampling;  ///< greedy by default
  std::int64_t max_new_tokens = 512;
  double doubtful_below = 0.5;  ///< a value less sure than this is told as a problem of the row
};

struct LabelReport {
  std::int64_t asked = 0;         ///< answers that came from the teacher now
  std::int64_t from_journal = 0;  ///< answers that stood there already
  std::int64_t labelled = 0, needs_review = 0, failed = 0;
  std::int64_t changed_meanwhile = 0;  ///< rows that somebody changed while they were asked: they stay as they are
  std::int64_t unanswered = 0;  ///< left unlabelled because the user stopped
  double seconds = 0.0, tokens_per_second = 0.0;
};

/// Labels the rows that are unlabelled or failed, in place. The label is the answer's JSON with the task's keys in
/// their order; the state is `labelled` when the audit finds nothing, `needs_review` when it does or the teacher wasn't
/// sure of a value, `failed` when the answer
/// isn't a JSON object with the task's keys or was cut at the limit. Equal inputs are asked once. Blocks; after a stop
/// what was answered is kept. Throws Error(usage) for a task without fields, and what opening, the engine and the disk
/// throw.
LabelReport label_rows(std::vector<Row>& rows, const LabelOptions& options, const ProgressSink& progress = {},
                       std::stop_token stop = {});

namespace problem_code {
inline constexpr const char* cut_at_limit = "cut_at_limit";      ///< the length limit ended the answer
inline constexpr const char* low_confidence = "low_confidence";  ///< the teacher wasn't sure of a value
inline constexpr const char* no_confidence = "no_confidence";    ///< how sure the teacher was isn't known
}  // namespace problem_code

/// What becomes of one answer: label, state, problems and confidence are set. A value less sure than `doubtful_below`
/// goes to review; where that is above 0, so does a label whose confidence isn't known. Pure.
void apply_answer(Row& row, const Answer& answer, const Task& task, const std::string& teacher,
                  double doubtful_below = 0.0);

}  // namespace minnow
