// Full-parameter training.
#include "core/train/pretrain.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <chrono>
#include <cmath>
#include <limits>

#include "core/io/file.h"
#include "core/io/json.h"
#include "core/io/safetensors.h"
#include "core/model/machine.h"
#include "core/model/save_model.h"
#include "core/model/stack.h"
#include "core/train/lanes.h"
#include "core/train/optimizer.h"
#include "core/train/step_pass.h"
#include "core/types/error.h"
#include "core/types/seconds_since.h"

namespace minnow {
namespace {

using Clock = std::chrono::steady_clock;

/// The model in the compute dtype beside its f32 masters, moments and gradients.
struct Trained {
  Qwen3Weights weights;
  std::vector<FullGrads> grads;  ///< one per lane; the first one's are the parameters'
  std::vector<Parameter> parameters;
  std::vector<at::Tensor> compute;  ///< same order; what the stack reads

  Trained(const PretrainOptions& o, at::ScalarType dtype, at::Device device, int lanes)
      : weights(random_weights(o.shape, dtype, device, o.seed,
                               1.0 / std::sqrt(2.0 * static_cast<double>(o.shape.num_hidden_layers)))),
        grads(static_cast<std::size_t>(lanes)) {
    for (FullGrads& g : grads) g = zero_grads(weights);
    const auto tensors = named_tensors(weights);
    const auto slots = slots_of(0);
    for (std::size_t i = 0; i < tensors.size(); ++i) {
      const auto& [name, tensor] = tensors[i];
      const bool hidden = name.find(".layers.") != std::string::npos && tensor.dim() == 2;
      parameters.push_back({name, tensor.to(at::kFloat).clone(), slots[i], false, hidden, {}, {}});
      compute.push_back(tensor);
    }
  }
  void refresh() {
    for (std::size_t i = 0; i < parameters.size(); ++i) compute[i].copy_(parameters[i].value);
  }
  void zero_grad() {
    for (std::size_t lane = 0; lane < grads.size(); ++lane)
      for (at::Tensor& slot : slots_of(lane)) slot.zero_();
  }
  /// Adds the other lanes' gradients to the first one's.
  void collect_grads() {
    for (std::size_t lane = 1; lane < grads.size(); ++lane) {
      const auto slots = slots_of(lane);
      for (std::size_t i = 0; i < parameters.size(); ++i) parameters[i].grad.add_(slots[i]);
    }
  }
  std::vector<at::Tensor> slots_of(std::size_t lane) const {
    return grads_in_order(grads[lane], weights.config.tie_word_embeddings);
  }
};

std::filesystem::path state_path(const PretrainOptions& o) { return o.output_dir / "pretrain_state.safetensors"; }

void save_state(const PretrainOptions& o, const Trained& model, std::int64_t step) {
  std::vector<at::Tensor> keep;
  std::vector<TensorToWrite> out;
  const auto add = [&](const std::string& name, const at::Tensor& tensor) {
    if (!tensor.defined()) return;
    keep.push_back(tensor.to(at::kCPU).contiguous());
    out.push_back({name, "F32", keep.back().sizes().vec(), keep.back().data_ptr(),
                   static_cast<std::size_t>(keep.back().nbytes())});
  };
  for (const Parameter& p : model.parameters) {
    add("value." + p.name, p.value);
    add("m." + p.name, p.m);
    add("v." + p.name, p.v);
  }
  write_safetensors(state_path(o), std::move(out),
                    {{"format", "pt"}, {"step", std::to_string(step)}, {"seed", std::to_string(o.seed)}});
}

/// Steps done by the state on disk, 0 when there is none.
std::int64_t load_state(const PretrainOptions& o, Trained& model) {
  if (!std::filesystem::exists(state_path(o))) return 0;
  const auto file = SafetensorsFile::open(state_path(o));
  const auto take = [&](const std::string& name, at::Tensor& into, const at::Tensor& like) {
    const TensorInfo* info = file->find(name);
    if (!info) return false;
    if (at::IntArrayRef(info->shape) != like.sizes()) {
      throw Error(ErrorKind::format,
                  state_path(o).string() + ": '" + name + "' has another shape than the options ask for", name);
    }
    into = at::empty(info->shape, at::kFloat);
    std::memcpy(into.data_ptr(), file->bytes(*info), static_cast<std::size_t>(into.nbytes()));
    into = into.to(like.device());
    return true;
  };
  for (Parameter& p : model.parameters) {
    if (!take("value." + p.name, p.value, p.value)) {
      throw Error(ErrorKind::format, state_path(o).string() + ": '" + p.name + "' is missing", p.name);
    }
    take("m." + p.name, p.m, p.value);
    take("v." + p.name, p.v, p.value);
  }
  const auto it = file->metadata().find("step");
  return it == file->metadata().end() ? 0 : std::stoll(it->second);
}

/// The share of the full learning rate at step s: warm-up, flat, then linear to final_share.
double rate(const PretrainOptions& o, std::int64_t s) {
  const double t = static_cast<double>(s), total = static_cast<double>(o.max_steps);
  if (s < o.warmup_steps) return (t + 1.0) / static_cast<double>(o.warmup_steps);
  const double flat_end = std::max(static_cast<double>(o.warmup_steps), o.flat_share * total);
  if (t < flat_end) return 1.0;
  return 1.0 - (1.0 - o.final_share) * (t - flat_end) / std::max(1.0, total - flat_end);
}

}  // namespace

TrainReport pretrain(const PretrainOptions& o, const StepRows& rows_of, const TrainSink& sink, std::stop_token stop) {
  c10::NoGradGuard no_grad;
  const Machine here = machine(o.device, o.threads);
  const at::ScalarType dtype = scalar_type_from(o.dtype == "auto" ? here.dtype : o.dtype);
  Trained model(o, dtype, at::Device(here.device), lanes_of(o.shape, here.device, here.threads));
  TrainReport report;
  report.run_dir = o.output_dir;
  std::int64_t step = load_state(o, model);
  model.refresh();
  StepPass pass;
  pass.cut.token_budget = std::numeric_limits<std::int64_t>::max();
  pass.cut.lanes = static_cast<int>(model.grads.size());
  pass.full = &model.grads;
  for (std::size_t lane = 0; lane < model.grads.size(); ++lane)
    pass.stacks.emplace_back(model.weights, nullptr, o.shape.max_position_embeddings);
  const AdamWSettings adamw{o.adam_beta1, o.adam_beta2, 1e-8, 0.0};
  const Clock::time_point start = Clock::now();
  Clock::time_point saved = start;
  const std::int64_t first = step;
  for (; step < o.max_steps && !stop.stop_requested(); ++step) {
    const Clock::time_point began = Clock::now();
    const std::vector<TokenizedExample> examples = rows_of(step);
    std::vector<const TokenizedExample*> rows;
    for (const TokenizedExample& e : examples) rows.push_back(&e);
    model.zero_grad();
    const PassSum sum = pass.run(rows, true, stop);
    if (!sum.whole) break;
    model.collect_grads();
    const double norm = grad_norm(model.parameters);
    if (!std::isfinite(norm)) {
      report.outcome = TrainReport::Outcome::diverged;
      break;
    }
    clip_gradients(model.parameters, norm, o.max_grad_norm);
    const double share = rate(o, step);
    muon_step(model.parameters, {}, o.muon_learning_rate * share);
    adamw_step(model.parameters, adamw, o.learning_rate * share, step + 1);
    model.refresh();

    StepDone done;
    done.step = step + 1;
    done.max_steps = o.max_steps;
    done.loss = sum.loss / sum.supervised;
    done.token_accuracy = sum.correct / sum.supervised;
    done.learning_rate = o.learning_rate * share;
    done.grad_norm = norm;
    done.supervised_tokens = static_cast<std::int64_t>(sum.supervised);
    done.tokens_per_second = static_cast<double>(sum.computed) / seconds_since(began);
    done.elapsed_seconds = seconds_since(start);
    done.remaining_seconds =
        done.elapsed_seconds / static_cast<double>(step + 1 - first) * static_cast<double>(o.max_steps - step - 1);
    report.train_loss = done.loss;
    sink(done);
    if (seconds_since(saved) > 60.0 * o.save_minutes) {
      save_state(o, model, step + 1);
      saved = Clock::now();
      sink(CheckpointSaved{step + 1, o.output_dir});
    }
  }
  save_state(o, model, step);
  SaveOptions save;
  save.dtype = at::kBFloat16;
  save.tokenizer_from = o.tokenizer_from;
  save_model(o.output_dir, model.weights, save, [&](const std::string& name, const at::Tensor& weight) {
    for (const Parameter& p : model.parameters) {
      if (p.name == name) return p.value;
    }
    return weight;
  });
  sink(CheckpointSaved{step, o.output_dir});
  if (step < o.max_steps && report.outcome == TrainReport::Outcome::finished)
    report.outcome = TrainReport::Outcome::stopped;
  report.steps = step;
  report.last_checkpoint = o.output_dir;
  report.seconds = seconds_since(start);
  report.peak_bytes = peak_memory(here.device);
  return report;
}

}  // namespace minnow
