// What is read of checkpoints without their tensors.
#include "core/train/checkpoint_state.h"

#include <algorithm>
#include <cstdio>

#include "core/io/file.h"
#include "core/io/json.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr const char* kChosen = "chosen.json";

}  // namespace

std::filesystem::path checkpoint_dir(const std::filesystem::path& run_dir, std::int64_t step) {
  return run_dir / ("checkpoint-" + std::to_string(step));
}

TrainerState load_trainer_state(const std::filesystem::path& checkpoint) {
  const auto path = checkpoint / "trainer_state.json";
  if (!std::filesystem::exists(path)) {
    throw Error(ErrorKind::not_found, checkpoint.string() + " isn't a checkpoint: it has no trainer_state.json",
                checkpoint.string());
  }
  const Json json = parse_json(read_file(path), path.string());
  if (!json.contains("global_step") || !json.contains("token_budget")) {
    throw Error(ErrorKind::unsupported,
                path.string() +
                    " wasn't written by Minnow, so the optimiser's state can't be read; start with --init-adapter, or "
                    "resume its weights alone with --resume_only_model true",
                path.string());
  }
  TrainerState s;
  try {
    s.step = json.at("global_step").get<std::int64_t>();
    s.max_steps = json.at("max_steps").get<std::int64_t>();
    s.epoch = json.at("epoch").get<double>();
    s.best_step = json.at("best_global_step").get<std::int64_t>();
    s.best_metric = json.at("best_metric").get<double>();
    s.tokens_seen = json.at("num_input_tokens_seen").get<std::int64_t>();
    s.loss_sum = json.at("loss_sum").get<double>();
    s.elapsed_seconds = json.at("elapsed_seconds").get<double>();
    s.evals_since_best = json.at("evals_since_best").get<std::int64_t>();
    s.evaluated = json.value("evaluated", true);
    s.data_hash = json.at("data_hash").get<std::string>();
    s.token_budget = json.at("token_budget").get<std::int64_t>();
    s.dtype = json.at("dtype").get<std::string>();
    s.threads = json.at("threads").get<int>();
  } catch (const std::exception&) {
    throw Error(ErrorKind::format, path.string() + " lacks a field or has one of the wrong type", path.string());
  }
  return s;
}

std::vector<std::int64_t> checkpoints_of(const std::filesystem::path& run_dir) {
  std::vector<std::int64_t> steps;
  if (!std::filesystem::exists(run_dir)) return steps;
  for (const auto& entry : std::filesystem::directory_iterator(run_dir)) {
    long long step = 0;
    int used = 0;
    const std::string name = entry.path().filename().string();
    if (std::sscanf(name.c_str(), "checkpoint-%lld%n", &step, &used) == 1 && used == static_cast<int>(name.size()) &&
        std::filesystem::exists(entry.path() / "trainer_state.json")) {
      steps.push_back(step);
    }
  }
  std::sort(steps.begin(), steps.end());
  return steps;
}

std::int64_t chosen_step(const std::filesystem::path& run_dir) {
  try {
    if (!std::filesystem::exists(run_dir / kChosen)) return 0;
    const Json chosen = read_json_file(run_dir / kChosen);
    const auto step = chosen.find("step");
    if (step == chosen.end() || !step->is_number_integer()) return 0;
    const auto n = step->get<std::int64_t>();
    return std::filesystem::exists(checkpoint_dir(run_dir, n) / "adapter_model.safetensors") ? n : 0;
  } catch (const Error&) {
    return 0;  // a choice that can't be read is no choice
  }
}

void write_chosen_step(const std::filesystem::path& run_dir, std::int64_t step) {
  if (step > 0) return write_file_atomic(run_dir / kChosen, Json{{"step", step}}.dump(2) + "\n");
  std::error_code ignored;
  std::filesystem::remove(run_dir / kChosen, ignored);
}

std::int64_t step_to_resume(const std::filesystem::path& run_dir) {
  const std::vector<std::int64_t> steps = checkpoints_of(run_dir);
  if (steps.empty()) return 0;
  const std::int64_t chosen = chosen_step(run_dir);
  return std::binary_search(steps.begin(), steps.end(), chosen) ? chosen : steps.back();
}

namespace {

/// False when somebody keeps it.
bool could_remove(const std::filesystem::path& checkpoint) {
  const auto alone = FileLock::try_hold(checkpoint / kCheckpointAnchor, FileLock::Hold::alone);
  if (!alone && std::filesystem::exists(checkpoint / kCheckpointAnchor)) return false;
  std::filesystem::remove_all(checkpoint);
  return true;
}

}  // namespace

void remove_checkpoint(const std::filesystem::path& run_dir, std::int64_t step) {
  const auto folder = checkpoint_dir(run_dir, step);
  if (!could_remove(folder))
    throw Error(ErrorKind::busy, folder.string() + " is in use by another job", folder.string(),
                "Wait until that job ends.");
}

void rotate_checkpoints(const std::filesystem::path& run_dir, std::int64_t best_step, int limit) {
  if (limit <= 0) return;
  std::vector<std::int64_t> steps = checkpoints_of(run_dir);
  auto keep = static_cast<std::size_t>(limit);
  // The best stands second to last, so that it and the newest go last (facts 7.6).
  if (const auto it = std::find(steps.begin(), steps.end(), best_step); it != steps.end() && it + 1 != steps.end()) {
    std::rotate(it, it + 1, steps.end() - 1);
    keep = std::max<std::size_t>(keep, 2);
  }
  const std::int64_t chosen = chosen_step(run_dir);
  for (std::size_t i = 0; i + keep < steps.size(); ++i) {
    if (steps[i] != chosen) could_remove(checkpoint_dir(run_dir, steps[i]));
  }
}

}  // namespace minnow
