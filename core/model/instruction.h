// Instruction: how a model was taught to be asked. Training records it beside every adapter, export and merging keep it
// (minnow_prompt.json), and everything that asks reads it back, so that a student is never asked under a prompt that it
// wasn't trained on. Torch-free.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/io/json.h"
#include "core/types/task.h"

namespace minnow {

/// Each part where it is known.
struct Instruction {
  std::optional<PromptStyle> prompt_style;
  std::optional<TemplateChoice> chat_template;
  std::optional<std::string> system;  ///< "" for none; nothing where rows had several, or nobody recorded it
};

/// What an adapter or model folder records: minnow_prompt.json, and for what it lacks args.json, whose empty system
/// says nothing. Throws Error(format) for a file that isn't JSON or an unknown word.
Instruction recorded_instruction(const std::filesystem::path& folder);

/// Writes minnow_prompt.json with what is known and the members of `more`, atomically.
void record_instruction(const std::filesystem::path& folder, const Instruction& instruction,
                        const Json& more = Json::object());

/// The style to ask in when nobody says: as the adapter records, else the model folder, else no_think.
PromptStyle default_style(const std::filesystem::path& model, const std::optional<std::filesystem::path>& adapter);

/// `asked`, else what the first of the folders that records a choice says, else automatic.
TemplateChoice chosen_template(const std::vector<std::filesystem::path>& folders,
                               const std::optional<TemplateChoice>& asked);

}  // namespace minnow
