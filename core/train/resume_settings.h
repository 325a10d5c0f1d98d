// With which settings a run goes on: its own, as the checkpoint recorded them. Torch-free.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/types/train_options.h"

namespace minnow {

/// The checkpoint that "go on from `path`" means: `path` itself, or, where it is a run's folder, the one that somebody
/// went back to, else the newest. Throws Error(not_found) when there is none.
std::filesystem::path checkpoint_to_resume(const std::filesystem::path& path);

/// The settings that the run of flags.resume_from_checkpoint (a checkpoint) goes on with: those in its args.json, and
/// over them the flags in `given` that may change under way (how long, how fast, how often it saves). Each change is
/// told in `notes`. Throws Error(usage) naming the flags that would make it another run. A checkpoint without an
/// args.json of Minnow's leaves the flags as they are.
TrainOptions resumed_settings(const TrainOptions& flags, const std::vector<std::string>& given,
                              std::vector<std::string>& notes);

}  // namespace minnow
