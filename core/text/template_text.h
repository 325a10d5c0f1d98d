// Minnow's own Jinja chat template, for the folders it writes: the hybrid Qwen3 template's behaviour in our own words,
// with the generation prompt that the model was trained with as the default.
#pragma once

#include <string>

#include "core/types/task.h"

namespace minnow {

/// The source. Without enable_thinking the generation prompt ends in an empty thinking block (no_think) or in
/// "assistant\n" (swift-3.5); enable_thinking=false always gives the block, true never. Other programs read it, so a
/// text that was once released stays recognised: never change it, add a version.
const std::string& minnow_template_text(PromptStyle style);

}  // namespace minnow
