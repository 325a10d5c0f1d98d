// EvaluateOptions: what to evaluate, against which rows, asked how.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/types/generate_options.h"
#include "core/types/message.h"
#include "core/types/progress.h"
#include "core/types/task.h"

namespace minnow {

/// Which answers are wanted: the untuned model's, the tuned one's, or both on the same rows.
enum class EvaluateSides { before, after, both };

struct EvaluateOptions {
  std::filesystem::path model;
  std::optional<std::filesystem::path> adapter;  ///< without one, "after" is the model itself (a merged folder, say)
  std::string dtype = "auto";                    ///< "auto" (the faster here), "float32" or "bfloat16"
  std::string device = "auto";                   ///< "auto", "cpu" or "cuda"
  int threads = 0;                               ///< 0 = all processors
  std::optional<PromptStyle> prompt_style;       ///< nothing: tuned as the adapter records, untuned as the folder, else no_think

  std::optional<TemplateChoice> chat_template;   ///< nothing: as the adapter or folder records, else automatic
  NoteSink note;                                 ///< told before the first row: what a person should know of the model

  Task task;                         ///< fields to judge and both prompts; derive_task makes one from rows
  std::vector<Conversation> rows;    ///< the last message is the wanted answer
  std::string data_name;             ///< file or split, for the report
  EvaluateSides sides = EvaluateSides::both;

  EngineOptions engine;              ///< batch_size, drafts, constrain_json
  std::int64_t max_new_tokens = 0;   ///< 0 = twice the longest wanted answer and 32
  std::int64_t check_drafts_rows = 0;  ///< decode so many rows of the tuned side again without drafts and count differences
};

}  // namespace minnow
