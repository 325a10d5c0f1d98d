// LoRA fine-tuning of a dense Qwen3, from rows to checkpoints. Torch-free header.
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>

#include "core/types/task.h"
#include "core/types/train_event.h"
#include "core/types/train_options.h"

namespace minnow {

/// Fine-tunes and reports. Blocks; call it off the GUI thread. `stop` is checked in every layer: a step that is under
/// way is then discarded, what is done is kept as a checkpoint, and the report says so; stopped while the rows are read,
/// there is no run folder. For the same build, machine, dtype, threads and token budget the same seed gives the same
/// losses, and a run that was stopped or killed and resumed gives the same bits as one that never was. Resuming a
/// checkpoint that isn't the newest removes those after it. `task`: whose
/// fields the task score judges; without one they come from the answers' keys. Throws minnow::Error if the rows, the
/// model's files, the memory or the device can't be used, Error(usage) for a setting that no run can have, Error(busy)
/// when another process trains the run.
TrainReport train(const TrainOptions& options, const TrainSink& sink, std::stop_token stop,
                  const std::optional<Task>& task = std::nullopt);

}  // namespace minnow
