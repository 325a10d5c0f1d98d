// Which of a run's checkpoints to use.
#pragma once

#include <filesystem>
#include <optional>

namespace minnow {

/// The checkpoint that the newest one names as the best, or the newest itself; nothing when there is none. Throws what
/// reading a broken checkpoint throws.
std::optional<std::filesystem::path> best_checkpoint(const std::filesystem::path& run_dir);

}  // namespace minnow
