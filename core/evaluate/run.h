// Evaluation from model folder to report: the untuned and the tuned model answer the same rows, every answer is judged.
// Torch-free header.
#pragma once

#include <stop_token>

#include "core/types/evaluate_options.h"
#include "core/types/evaluate_report.h"
#include "core/types/progress.h"

namespace minnow {

class LoadedModel;

/// Opens the model once and asks it twice, without the adapter and with it, each in its own prompt style and under the
/// system prompt that asked_messages() chooses. Greedy. Blocks; `stop` is seen in every layer: the report then holds the
/// rows answered by then.
/// A label that isn't a JSON object with the task's keys is compared as text: right when equal, else every field is
/// wrong ("other").
/// Throws Error(data) for no rows or a row without wanted answer, and what LoadedModel::open and generate throw.
EvaluateReport evaluate(const EvaluateOptions& options, const ProgressSink& progress = {}, std::stop_token stop = {});

/// The same with a model that is open already; its own adapter is "after". options.model to prompt_style are read for
/// names only.
EvaluateReport evaluate(const LoadedModel& model, const EvaluateOptions& options, const ProgressSink& progress = {},
                        std::stop_token stop = {});

/// The wanted answer (the last message) must be there: the rows that have one; the others' sources go to `without`.
std::vector<Conversation> rows_with_answer(std::vector<Conversation> rows, std::vector<std::string>* without);

}  // namespace minnow
