// Measuring, and the range test (Smith 2017, "Cyclical learning rates").
#include "core/train/auto_settings.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <memory>

#include "core/model/loaded_model.h"
#include "core/model/machine.h"
#include "core/model/peft.h"
#include "core/model/stack.h"
#include "core/train/forecast.h"
#include "core/train/lanes.h"
#include "core/train/memory.h"
#include "core/train/microbatch.h"
#include "core/train/optimizer.h"
#include "core/train/run_data.h"
#include "core/train/schedule.h"
#include "core/train/step_pass.h"
#include "core/types/seconds_since.h"

namespace minnow {
namespace {

constexpr double kRangeShare = 0.06;  // of the run's rows go into the range test, each row of a step once
constexpr std::int64_t kFewestRates = 12, kMostRates = 32;
constexpr std::int64_t kFewestRangeRows = 2;

std::int64_t longest_of(const RunData& data) {
  std::size_t n = 0;
  for (const auto* rows : {&data.train, &data.validation}) {
    for (const TokenizedExample& e : *rows) n = std::max(n, e.input_ids.size());
  }
  return static_cast<std::int64_t>(n);
}

std::vector<const TokenizedExample*> first_rows(const RunData& data, std::int64_t count) {
  std::vector<const TokenizedExample*> rows;
  for (const TokenizedExample& row : data.train) {
    if (static_cast<std::int64_t>(rows.size()) == count) break;
    rows.push_back(&row);
  }
  return rows;
}

/// The run's adapter before its first step, and what its steps are taken with.
class Trial {
 public:
  Trial(const LoadedModel& model, const TrainOptions& o, const RunData& data) : weights_(model.weights()), o_(o) {
    const auto start = o.resume_from_checkpoint ? o.resume_from_checkpoint : o.init_adapter;
    lora_ = start ? load_adapter(*start, weights_)
                  : new_lora(weights_, o.lora_rank, o.lora_alpha, o.use_rslora, o.target_modules,
                             static_cast<std::uint64_t>(o.seed));
    lora_.refresh(weights_.dtype());
    lora_.zero_grad();
    lora_.each([&](LoraPair& pair, const std::string& name) {
      parameters_.push_back({name + ".A", pair.A, pair.gradA, true, false, {}, {}});
      parameters_.push_back({name + ".B", pair.B, pair.gradB, true, false, {}, {}});
    });
    const std::int64_t longest = longest_of(data);
    const MemoryPlan memory = plan_run_memory(model, o, data.train, longest);
    pass_.cut = cut_options_of(o, memory, lanes_of(model.config(), model.device(), machine(o.device).threads));
    pass_.recompute = memory.recompute;
    lanes_ = std::make_unique<LoraLanes>(lora_, pass_.cut.lanes);
    for (int lane = 0; lane < pass_.cut.lanes; ++lane)
      pass_.stacks.emplace_back(weights_, &(*lanes_)[lane], longest + 1);
  }

  /// The loss on `rows` before a step at `rate` is taken on them; NaN when stopped.
  double step(const std::vector<const TokenizedExample*>& rows, double rate, std::stop_token stop) {
    lanes_->begin_step();
    const PassSum sum = pass_.run(rows, true, stop);
    lanes_->collect();
    if (!sum.whole) return std::numeric_limits<double>::quiet_NaN();
    const double norm = grad_norm(parameters_);
    if (std::isfinite(norm)) {
      clip_gradients(parameters_, norm, o_.max_grad_norm);
      adamw_step(parameters_, {o_.adam_beta1, o_.adam_beta2, o_.adam_epsilon, o_.weight_decay}, rate, ++steps_);
      lora_.refresh(weights_.dtype());
    }
    return sum.loss / sum.supervised;
  }

 private:
  const Qwen3Weights& weights_;
  const TrainOptions& o_;
  LoraSet lora_;
  std::vector<Parameter> parameters_;
  StepPass pass_;
  std::unique_ptr<LoraLanes> lanes_;
  std::int64_t steps_ = 0;
};

/// The rows of the range test's steps, in the order of the run's first epoch.
class RangeRows {
 public:
  RangeRows(const TrainOptions& o, const RunData& data)
      : data_(data), order_(epoch_order(o, static_cast<std::int64_t>(data.train.size()), 0)) {}
  std::vector<const TokenizedExample*> next(std::int64_t count) {
    std::vector<const TokenizedExample*> rows;
    for (; static_cast<std::int64_t>(rows.size()) < std::min<std::int64_t>(count, static_cast<std::int64_t>(order_.size())); ++at_)
      rows.push_back(&data_.train[static_cast<std::size_t>(order_[at_ % order_.size()])]);
    return rows;
  }

 private:
  const RunData& data_;
  std::vector<std::int64_t> order_;
  std::size_t at_ = 0;
};

}  // namespace

AutoPlan plan_auto_run(const LoadedModel& model, const TrainOptions& o, const RunData& data) {
  const auto train_rows = static_cast<std::int64_t>(data.train.size());
  AutoFacts facts;
  facts.train_rows = train_rows;
  for (const TokenizedExample& row : data.train) facts.supervised_tokens += static_cast<double>(supervised_tokens(row));
  const MemoryPlan memory = plan_run_memory(model, o, data.train, longest_of(data));
  const CutOptions cut = cut_options_of(o, memory, lanes_of(model.config(), model.device(), machine(o.device).threads));
  const std::int64_t rows =
      static_cast<std::int64_t>(o.per_device_train_batch_size) * o.gradient_accumulation_steps;
  const StepCosts costs = measure_costs(model.weights(), o, first_rows(data, rows), cut, memory.recompute);
  const auto work_for = [&](std::int64_t per_step) {
    TrainOptions with = o;
    with.per_device_train_batch_size = static_cast<int>(std::min(per_step, train_rows));
    with.gradient_accumulation_steps = 1;
    with.max_steps = 1;
    return work_of(with, data, plan_steps(with, train_rows), cut);
  };
  facts.step_seconds = [&](std::int64_t per_step) { return step_seconds(work_for(per_step), costs); };
  facts.evaluation_seconds = eval_loss_seconds(work_for(rows), costs) + score_seconds(work_for(rows), costs);
  return plan_auto(o, facts);
}

std::optional<AutoPlan> choose_settings(const LoadedModel& model, const TrainOptions& o, const RunData& data,
                                        const TrainSink& sink, std::stop_token stop) {
  const auto start = std::chrono::steady_clock::now();
  AutoPlan plan = plan_auto_run(model, o, data);
  plan.options.auto_settings.clear();
  if (is_auto(o, "learning_rate")) {
    const std::int64_t per_step = std::min<std::int64_t>(
        static_cast<std::int64_t>(plan.options.per_device_train_batch_size) * plan.options.gradient_accumulation_steps,
        static_cast<std::int64_t>(data.train.size()));
    const auto budget = static_cast<std::int64_t>(kRangeShare * static_cast<double>(plan.steps * per_step));
    const std::int64_t rates = std::clamp(budget / per_step, kFewestRates, kMostRates);
    const std::int64_t rows = std::clamp(budget / rates, std::min(kFewestRangeRows, per_step), per_step);
    const double usual = usual_rate(model.config().hidden_size, plan.options.lora_alpha / plan.options.lora_rank);
    Trial trial(model, plan.options, data);
    RangeRows source(plan.options, data);
    for (const double rate : rates_to_try(usual, rates)) {
      const double loss = trial.step(source.next(rows), rate, stop);
      if (stop.stop_requested()) return std::nullopt;
      plan.choice.tried.push_back({rate, loss});
      if (sink) sink(RateTried{static_cast<std::int64_t>(plan.choice.tried.size()), rates, plan.choice.tried.back()});
      if (!std::isfinite(loss)) break;
    }
    plan.choice.rows = rows;
    plan.choice.settings.push_back(choose_rate(plan.choice.tried, usual));
    plan.options.learning_rate = plan.choice.settings.back().value;
  }
  plan.choice.seconds = seconds_since(start);
  if (sink) sink(SettingsChosen{plan.choice});
  return plan;
}

}  // namespace minnow
