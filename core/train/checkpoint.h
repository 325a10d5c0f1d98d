// checkpoint-{step}/ of a LoRA run: the adapter as PEFT has it, optimizer.safetensors and trainer_state.json. Inner
// header.
#pragma once

#include <filesystem>
#include <vector>

#include "core/model/instruction.h"
#include "core/model/lora.h"
#include "core/train/checkpoint_state.h"
#include "core/train/optimizer.h"
#include "core/types/train_options.h"

namespace minnow {

/// Writes the folder beside its final name and renames it: a killed save leaves no half checkpoint.
std::filesystem::path save_checkpoint(const std::filesystem::path& run_dir, const LoraSet& lora,
                                      const std::vector<Parameter>& parameters, const TrainerState& state,
                                      const TrainOptions& options, const Instruction& instruction);

/// Moments into `parameters`. Throws Error(format) naming what doesn't fit.
void load_moments(const std::filesystem::path& checkpoint, std::vector<Parameter>& parameters);

}  // namespace minnow
