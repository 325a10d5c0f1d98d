// The newest checkpoint's state knows the best step.
#include "core/train/best_checkpoint.h"

#include "core/train/checkpoint.h"

namespace minnow {

std::optional<std::filesystem::path> best_checkpoint(const std::filesystem::path& run_dir) {
  const auto steps = checkpoints_of(run_dir);
  if (steps.empty()) return std::nullopt;
  const auto newest = checkpoint_dir(run_dir, steps.back());
  const std::int64_t best = load_trainer_state(newest).best_step;
  const auto folder = checkpoint_dir(run_dir, best);
  return best > 0 && std::filesystem::exists(folder / "trainer_state.json") ? folder : newest;
}

}  // namespace minnow
