// The probe and the multiplication.
#include "core/train/forecast.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <chrono>
#include <numeric>
#include <span>

#include "core/data/options_limits.h"
#include "core/model/loaded_model.h"
#include "core/model/lora.h"
#include "core/model/machine.h"
#include "core/model/stack.h"
#include "core/train/auto_settings.h"
#include "core/train/few_steps.h"
#include "core/train/lanes.h"
#include "core/train/loss.h"
#include "core/train/optimizer.h"
#include "core/train/run_data.h"
#include "core/train/schedule.h"
#include "core/train/step_pass.h"
#include "core/types/error.h"
#include "core/types/seconds_since.h"

namespace minnow {
namespace {

constexpr std::int64_t kProbeTokens = 1024;  // computed; fewer run at another share of the matmul rate
constexpr double kStepWork = 2.5e10;         // tokens times parameters of a probed step: about a third of a second
constexpr std::int64_t kDecodeRows = 32;     // rows decoded at once for the score

/// Seconds of one of them. No two steps of a small stack take the same: their mean is what a run is made of.
template <typename F>
double mean(int repeats, F f) {
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < repeats; ++i) f();
  return seconds_since(start) / repeats;
}

/// The same model with its first layer only; tensors are shared.
Qwen3Weights first_layer(const Qwen3Weights& weights) {
  Qwen3Weights one = weights;
  one.layers.resize(1);
  one.config.num_hidden_layers = 1;
  return one;
}

std::size_t rows_per_step(const TrainOptions& o, std::size_t rows) {
  return std::min(rows, static_cast<std::size_t>(o.per_device_train_batch_size) *
                            static_cast<std::size_t>(o.gradient_accumulation_steps));
}

std::int64_t computed(const std::vector<const TokenizedExample*>& rows, const CutOptions& cut) {
  std::int64_t tokens = 0;
  for (const auto& group : cut_micro_batches(rows, cut)) {
    std::vector<std::span<const std::int32_t>> ids;
    for (const std::size_t i : group) ids.emplace_back(rows[i]->input_ids);
    tokens += packed_tokens(ids, cut.min_shared);
  }
  return tokens;
}

/// So many of `rows` that a whole step of them is quick.
std::vector<const TokenizedExample*> step_rows(const std::vector<const TokenizedExample*>& rows,
                                               std::int64_t parameters) {
  std::vector<const TokenizedExample*> part;
  double work = 0.0;
  for (const auto* row : rows) {
    work += static_cast<double>(row->input_ids.size()) * static_cast<double>(parameters);
    if (!part.empty() && work > kStepWork) break;
    part.push_back(row);
  }
  return part;
}

/// The first micro-batch of `rows` that the probe's budget gives.
std::vector<const TokenizedExample*> probe_rows(const std::vector<const TokenizedExample*>& rows, CutOptions cut) {
  cut.token_budget = std::min(cut.token_budget, kProbeTokens);
  std::vector<const TokenizedExample*> part;
  const auto groups = cut_micro_batches(rows, cut);
  for (const std::size_t i : groups.front()) part.push_back(rows[i]);
  return part;
}

/// One layer's pass and the head's, per token, of a micro-batch.
void time_layer(StepCosts& costs, const Stack& stack, const std::vector<const TokenizedExample*>& rows,
                const CutOptions& cut, bool recompute) {
  std::vector<std::span<const std::int32_t>> ids;
  for (const auto* row : rows) ids.emplace_back(row->input_ids);
  const PackedBatch batch = pack_rows(ids, cut.min_shared);
  const Supervision where = supervise(batch, rows);
  const auto tokens = static_cast<double>(batch.tokens());
  const auto pass = [&] {
    StackSaved saved;
    saved.recompute = recompute;
    const at::Tensor x = stack.forward(batch, &saved);
    stack.backward(batch, at::zeros_like(x), saved, nullptr);
    ops::wait_for(x);
  };
  pass();
  costs.train_token = fastest(2, pass) / tokens;
  at::Tensor x;
  costs.eval_token = fastest(2, [&] { ops::wait_for(x = stack.forward(batch, nullptr)); }) / tokens;
  const double count = std::max<double>(1.0, static_cast<double>(where.index.size()));
  const auto head = [&](double grad_scale) {
    at::Tensor dx;
    return fastest(2, [&] { head_loss(stack, x, where, grad_scale, &dx); }) / count;
  };
  costs.head_token = head(1.0 / std::max(1.0, where.tokens));
  costs.eval_head_token = head(0.0);
}

}  // namespace

StepCosts measure_costs(const Qwen3Weights& weights, const TrainOptions& o,
                        const std::vector<const TokenizedExample*>& rows, const CutOptions& cut, bool recompute) {
  c10::NoGradGuard no_grad;
  // A small stack is probed whole, step by step: starting threads and taking and giving back memory is a good part of
  // its time, and differs with every micro-batch's shape.
  const bool small = cut.lanes > 1;
  const Qwen3Weights one = small ? weights : first_layer(weights);
  LoraSet lora = new_lora(one, o.lora_rank, o.lora_alpha, o.use_rslora, o.target_modules, 1);
  lora.refresh(one.dtype());
  lora.zero_grad();
  const auto part = small ? step_rows(rows, weights.config.stack_parameter_count()) : probe_rows(rows, cut);
  std::int64_t longest = kDecodeRows;
  for (const auto* row : part) longest = std::max(longest, static_cast<std::int64_t>(row->input_ids.size()));
  LoraLanes lanes(lora, cut.lanes);
  StepPass step;
  step.cut = cut;
  step.recompute = recompute;
  for (int lane = 0; lane < cut.lanes; ++lane) step.stacks.emplace_back(one, &lanes[lane], longest + 1);
  const Stack& stack = step.stacks.front();
  const auto layers = static_cast<double>(weights.config.num_hidden_layers / one.config.num_hidden_layers);

  StepCosts costs;
  if (small) {
    const auto tokens = static_cast<double>(computed(part, cut));
    step.run(part, true, {});
    costs.train_token = mean(3, [&] { step.run(part, true, {}); }) / tokens;
    costs.eval_token = mean(2, [&] { step.run(part, false, {}); }) / tokens;
  } else {
    time_layer(costs, stack, part, cut, recompute);
    costs.train_token *= layers;
    costs.eval_token *= layers;
  }

  // A decoding step: one token for each of 32 rows through the layer, then the head on all of them.
  std::vector<std::int32_t> few(static_cast<std::size_t>(kDecodeRows), rows.front()->input_ids.front());
  std::vector<std::span<const std::int32_t>> single;
  for (const std::int32_t& id : few) single.emplace_back(&id, 1);
  const PackedBatch tokens = pack_rows(single, 0);
  at::Tensor h;
  const double layer = fastest(3, [&] { ops::wait_for(h = stack.forward(tokens, nullptr)); });
  const double logits = fastest(2, [&] { ops::wait_for(at::linear(stack.final_norm(h), one.lm_head).argmax(-1)); });
  costs.decode_step = layers * layer + logits;

  std::vector<Parameter> parameters;
  lora.each([&](LoraPair& pair, const std::string& name) {
    parameters.push_back({name + ".A", pair.A, pair.gradA, true, false, {}, {}});
    parameters.push_back({name + ".B", pair.B, pair.gradB, true, false, {}, {}});
  });
  const auto update = [&] {
    clip_gradients(parameters, grad_norm(parameters), o.max_grad_norm);
    adamw_step(parameters, {o.adam_beta1, o.adam_beta2, o.adam_epsilon, o.weight_decay}, 0.0, 1);
    lora.refresh(one.dtype());
  };
  update();
  costs.optimiser_step = layers * fastest(2, update);
  costs.adapter_parameters = lora.parameter_count() * static_cast<std::int64_t>(layers);
  return costs;
}

double step_seconds(const RunWork& w, const StepCosts& c) {
  return w.tokens_per_step * c.train_token + w.supervised_per_step * c.head_token + c.optimiser_step;
}

double eval_loss_seconds(const RunWork& w, const StepCosts& c) {
  return w.eval_tokens * c.eval_token + w.eval_supervised * c.eval_head_token;
}

double score_seconds(const RunWork& w, const StepCosts& c) {
  return w.score_rows > 0 ? w.score_prompt_tokens * c.eval_token + w.score_answer_tokens * c.decode_step : 0.0;
}

double predict_seconds(const RunWork& w, const StepCosts& c) {
  const auto evaluations = static_cast<double>(w.evaluations);
  const double training = static_cast<double>(w.steps) * step_seconds(w, c);
  const double evaluating = evaluations * eval_loss_seconds(w, c);
  const double score = score_seconds(w, c);
  // The first score and the last are always taken, those between as long as their share allows.
  const double share = kScoreShare * (training + evaluating) + std::min(evaluations, 2.0) * score;
  const double scoring = w.always_scored ? evaluations * score : std::min(evaluations * score, share);
  return training + evaluating + scoring;
}

double computed_share(const std::vector<const TokenizedExample*>& rows, const CutOptions& cut) {
  double given = 0.0;
  for (const auto* row : rows) given += static_cast<double>(row->input_ids.size());
  return given > 0.0 ? static_cast<double>(computed(rows, cut)) / given : 1.0;
}

MemoryPlan plan_run_memory(const LoadedModel& model, const TrainOptions& o, const std::vector<TokenizedExample>& train,
                           std::int64_t longest_row) {
  const bool bf16 = model.dtype() == "bfloat16";
  std::int64_t available = available_memory(model.device());
  if (model.device() == "cuda") available += model.config().parameter_count() * (bf16 ? 2 : 4);  // they are there
  // The longest rows might meet in one step; rows share as those of the first step do.
  const std::size_t per_step = rows_per_step(o, train.size());
  std::vector<std::int64_t> lengths;
  std::vector<const TokenizedExample*> first;
  for (const TokenizedExample& row : train) {
    lengths.push_back(static_cast<std::int64_t>(row.input_ids.size()));
    if (first.size() < per_step) first.push_back(&row);
  }
  const auto border = lengths.begin() + static_cast<std::ptrdiff_t>(per_step);
  std::nth_element(lengths.begin(), border, lengths.end(), std::greater<>());
  const auto given = static_cast<double>(std::accumulate(lengths.begin(), border, std::int64_t{0}));
  const auto tokens = static_cast<std::int64_t>(given * computed_share(first, cut_options_of(o, MemoryPlan{4096}, 1)));
  return plan_memory(model.config(), o, bf16, longest_row, available, tokens);
}

RunWork work_of(const TrainOptions& o, const RunData& data, const StepPlan& plan, const CutOptions& cut) {
  RunWork work;
  work.steps = plan.max_steps;
  const std::int64_t save = o.save_steps > 0 ? o.save_steps : std::max<std::int64_t>(1, plan.max_steps / 10);
  const std::int64_t every = o.eval_steps > 0 ? o.eval_steps : save;
  const std::size_t per_step = rows_per_step(o, data.train.size());
  double learned = 0.0, tokens = 0.0;
  for (const TokenizedExample& row : data.train) {
    learned += static_cast<double>(supervised_tokens(row));
    tokens += static_cast<double>(row.input_ids.size());
  }
  std::vector<const TokenizedExample*> first;
  for (std::size_t i = 0; i < per_step; ++i) first.push_back(&data.train[i]);
  // All rows are seen once an epoch; the last step of it takes what is left.
  const auto steps_per_epoch = static_cast<double>(std::max<std::int64_t>(1, plan.steps_per_epoch));
  work.tokens_per_step = tokens * computed_share(first, cut) / steps_per_epoch;
  work.supervised_per_step = learned / steps_per_epoch;
  if (data.validation.empty()) return work;
  work.evaluations = plan.max_steps / every + (plan.max_steps % every != 0);
  std::vector<const TokenizedExample*> validation;
  for (const TokenizedExample& row : data.validation) {
    validation.push_back(&row);
    work.eval_supervised += static_cast<double>(supervised_tokens(row));
  }
  work.eval_tokens = static_cast<double>(computed(validation, cut));
  if (o.score_rows <= 0 || data.validation_rows.empty()) return work;
  work.always_scored = o.best_metric == BestMetric::exact_rows;
  work.score_rows =
      static_cast<double>(std::min<std::size_t>(data.validation.size(), static_cast<std::size_t>(o.score_rows)));
  for (std::size_t i = 0; i < static_cast<std::size_t>(work.score_rows); ++i) {
    const auto answer = static_cast<double>(supervised_tokens(data.validation[i]));
    work.score_answer_tokens = std::max(work.score_answer_tokens, answer);
    work.score_prompt_tokens += static_cast<double>(data.validation[i].input_ids.size()) - answer;
  }
  work.score_prompt_tokens *= computed_share(validation, cut);
  return work;
}

TrainForecast forecast(const TrainOptions& options, std::stop_token stop) {
  check_train_options(options);
  c10::NoGradGuard no_grad;
  TrainOptions o = options;
  LoadOptions load;
  load.model = o.model;
  load.dtype = o.torch_dtype;
  load.device = o.device;
  load.threads = o.threads;
  load.prompt_style = o.prompt_style;
  load.chat_template = o.chat_template;
  const auto model = LoadedModel::open(load);
  TrainForecast f;
  if (stop.stop_requested()) return f;
  const RunData data = load_run_data(o, model->prompter(), model->prompter().target_ids("").back(), stop);
  if (stop.stop_requested()) return f;
  if (!o.auto_settings.empty()) {
    AutoPlan chosen = plan_auto_run(*model, o, data);
    o = std::move(chosen.options);
    f.chosen = std::move(chosen.choice);
    if (stop.stop_requested()) return f;
  }
  const StepPlan plan = plan_steps(o, static_cast<std::int64_t>(data.train.size()));
  f.few_steps = few_steps_notice(o, static_cast<std::int64_t>(data.train.size()));
  double tokens = 0.0, learned = 0.0;
  for (const TokenizedExample& row : data.train) {
    tokens += static_cast<double>(row.input_ids.size());
    learned += static_cast<double>(supervised_tokens(row));
    f.longest_row = std::max(f.longest_row, static_cast<std::int64_t>(row.input_ids.size()));
  }
  const auto rows = static_cast<double>(data.train.size());
  f.train_rows = static_cast<std::int64_t>(data.train.size());
  f.validation_rows = static_cast<std::int64_t>(data.validation.size());
  f.tokens_per_row = tokens / rows;
  f.supervised_per_row = learned / rows;
  f.rows_per_step = static_cast<std::int64_t>(rows_per_step(o, data.train.size()));
  f.steps_per_epoch = plan.steps_per_epoch;
  f.max_steps = plan.max_steps;
  f.notes = data.notes;
  f.available_bytes = available_memory(model->device());
  const MemoryPlan memory = plan_run_memory(*model, o, data.train, f.longest_row);
  f.peak_bytes = memory.peak_bytes();
  f.recompute = memory.recompute;
  f.dtype = model->dtype();
  f.device = machine(o.device).device_name;
  f.threads = machine(o.device).threads;
  if (stop.stop_requested()) return f;

  const CutOptions cut = cut_options_of(o, memory, lanes_of(model->config(), model->device(), f.threads));
  const RunWork work = work_of(o, data, plan, cut);
  std::vector<const TokenizedExample*> first;
  for (std::size_t i = 0; i < static_cast<std::size_t>(f.rows_per_step); ++i) first.push_back(&data.train[i]);
  f.tokens_computed_share = computed_share(first, cut);
  const StepCosts costs = measure_costs(model->weights(), o, first, cut, memory.recompute);
  f.trainable_parameters = costs.adapter_parameters;
  f.seconds = predict_seconds(work, costs);
  f.seconds_per_step = step_seconds(work, costs);
  return f;
}

}  // namespace minnow
