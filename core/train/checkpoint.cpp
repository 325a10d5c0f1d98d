// Checkpoints.
#include "core/train/checkpoint.h"

#include <ATen/ATen.h>

#include <cstring>

#include "core/data/options_json.h"
#include "core/io/file.h"
#include "core/io/json.h"
#include "core/io/safetensors.h"
#include "core/model/peft.h"
#include "core/types/error.h"

namespace minnow {

namespace {

Json state_json(const std::filesystem::path& run_dir, const TrainerState& state, const TrainOptions& options) {
  Json json = Json::object();
  json["global_step"] = state.step;
  json["max_steps"] = state.max_steps;
  json["epoch"] = state.epoch;
  json["best_global_step"] = state.best_step;
  json["best_metric"] = state.best_metric;
  json["best_model_checkpoint"] =
      state.best_step > 0 ? Json(std::filesystem::absolute(checkpoint_dir(run_dir, state.best_step)).string()) : Json();
  json["num_input_tokens_seen"] = state.tokens_seen;
  json["train_batch_size"] = options.per_device_train_batch_size;
  json["save_steps"] = options.save_steps;
  json["loss_sum"] = state.loss_sum;
  json["elapsed_seconds"] = state.elapsed_seconds;
  json["evals_since_best"] = state.evals_since_best;
  json["evaluated"] = state.evaluated;
  json["data_hash"] = state.data_hash;
  json["token_budget"] = state.token_budget;
  json["dtype"] = state.dtype;
  json["threads"] = state.threads;
  return json;
}

/// The folder that a checkpoint is written in. What is left of it, when the disk is full for instance, only takes
/// space.
struct Unfinished {
  explicit Unfinished(std::filesystem::path writing) : folder(std::move(writing)) {
    std::filesystem::remove_all(folder);
  }
  ~Unfinished() {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  }
  std::filesystem::path folder;
};

}  // namespace

std::filesystem::path save_checkpoint(const std::filesystem::path& run_dir, const LoraSet& lora,
                                      const std::vector<Parameter>& parameters, const TrainerState& state,
                                      const TrainOptions& options, const Instruction& instruction) {
  const auto folder = checkpoint_dir(run_dir, state.step);
  if (std::filesystem::exists(folder / "trainer_state.json")) {  // the step is there; an evaluation may have followed
    write_file_atomic(folder / "trainer_state.json",
                      state_json(run_dir, state, options).dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
    return folder;
  }
  if (!std::filesystem::is_directory(run_dir)) {
    throw Error(ErrorKind::io,
                run_dir.string() + ", the run's folder, is gone: it was moved or removed while the run wrote to it",
                run_dir.string());
  }
  const auto beside = run_dir / (".writing-checkpoint-" + std::to_string(state.step));
  const Unfinished unfinished{beside};
  make_folders(beside);
  save_adapter(beside, lora, options.model.string());
  std::vector<at::Tensor> keep;
  std::vector<TensorToWrite> moments;
  for (const Parameter& p : parameters) {
    for (const auto& [prefix, tensor] : {std::pair<const char*, const at::Tensor&>{"m.", p.m}, {"v.", p.v}}) {
      if (!tensor.defined()) continue;
      keep.push_back(tensor.to(at::kCPU).contiguous());
      const at::Tensor& t = keep.back();
      moments.push_back({prefix + p.name, "F32", t.sizes().vec(), t.data_ptr(), static_cast<std::size_t>(t.nbytes())});
    }
  }
  write_safetensors(beside / "optimizer.safetensors", std::move(moments));
  write_file_atomic(beside / "args.json",
                    train_options_to_json(options).dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
  record_instruction(beside, instruction);
  write_file_atomic(beside / "trainer_state.json",
                    state_json(run_dir, state, options).dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
  rename_path(beside, folder);
  return folder;
}

void load_moments(const std::filesystem::path& checkpoint, std::vector<Parameter>& parameters) {
  const auto path = checkpoint / "optimizer.safetensors";
  const auto file = SafetensorsFile::open(path);
  for (Parameter& p : parameters) {
    for (const auto& [prefix, slot] : {std::pair<const char*, at::Tensor*>{"m.", &p.m}, {"v.", &p.v}}) {
      const TensorInfo* info = file->find(prefix + p.name);
      if (!info || at::IntArrayRef(info->shape) != p.value.sizes() || info->dtype != "F32") {
        throw Error(ErrorKind::format, path.string() + ": '" + prefix + p.name + "' is missing or doesn't fit", p.name);
      }
      at::Tensor t = at::empty(info->shape, at::kFloat);
      std::memcpy(t.data_ptr(), file->bytes(*info), static_cast<std::size_t>(t.nbytes()));
      *slot = t.to(p.value.device());
    }
  }
}

}  // namespace minnow
