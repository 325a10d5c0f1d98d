// The training run: gate, steps, evaluation, checkpoints.
#include "core/train/train.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "core/data/options_limits.h"
#include "core/io/file.h"
#include "core/io/json.h"
#include "core/model/adapter_base.h"
#include "core/model/loaded_model.h"
#include "core/model/machine.h"
#include "core/model/peft.h"
#include "core/model/stack.h"
#include "core/types/number_text.h"
#include "core/train/auto_choice_file.h"
#include "core/train/auto_settings.h"
#include "core/train/checkpoint.h"
#include "core/train/few_steps.h"
#include "core/train/forecast.h"
#include "core/train/lanes.h"
#include "core/train/memory.h"
#include "core/train/microbatch.h"
#include "core/train/optimizer.h"
#include "core/train/run_data.h"
#include "core/train/run_files.h"
#include "core/train/run_folder.h"
#include "core/train/run_record.h"
#include "core/train/run_upkeep.h"
#include "core/train/schedule.h"
#include "core/train/step_pass.h"
#include "core/train/task_score.h"
#include "core/train/verdict.h"
#include "core/types/error.h"
#include "core/types/seconds_since.h"

namespace minnow {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double kRelevantFall = 0.98;  // of the lowest eval loss: what is below it has got somewhere

std::int64_t longest(const std::vector<TokenizedExample>& rows) {
  std::size_t n = 0;
  for (const TokenizedExample& e : rows) n = std::max(n, e.input_ids.size());
  return static_cast<std::int64_t>(n);
}

/// One run from start to report; members are what its steps share.
class Run {
 public:
  Run(TrainOptions options, const TrainSink& sink, std::stop_token stop, const std::optional<Task>& task)
      : o_(std::move(options)), sink_(sink), stop_(std::move(stop)), task_(task) {}

  TrainReport operator()() {
    check_train_options(o_);
    make_paths_absolute(o_);
    const bool goes_on = o_.resume_from_checkpoint && !o_.resume_only_model;
    if (goes_on) lock_.emplace(lock_run(o_.resume_from_checkpoint->parent_path()));
    if (!prepare()) {
      report_.outcome = TrainReport::Outcome::stopped;
      return report_;
    }
    const bool resumed = open_run();
    announce();
    if (!resumed) write_manifest(run_dir_, o_, state_, memory_.recompute, base_hash());
    start_ = Clock::now();
    last_saved_ = start_;
    bool going = true;
    if (resumed && eval_due() && !eval_logged()) {  // a stop had cut the last evaluation short
      going = evaluate();
      if (going && state_.step == plan_.max_steps) save();
    }
    while (going && state_.step < plan_.max_steps) going = take_step(state_.step) && conclude_step();
    const bool whole = state_.step >= plan_.max_steps && state_.evaluated;
    if (stop_.stop_requested() && report_.outcome == TrainReport::Outcome::finished && !whole)
      report_.outcome = TrainReport::Outcome::stopped;
    if (report_.outcome == TrainReport::Outcome::stopped && state_.step > 0) save();
    return finish();
  }

 private:
  void tell(const TrainEvent& event) const {
    if (sink_) sink_(event);
  }

  /// Model, rows, plan. False when stopped meanwhile.
  bool prepare() {
    if (o_.train_type == TrainType::full) {
      throw Error(ErrorKind::usage,
                  "train_type full isn't offered for fine-tuning; use lora, or the command pretrain", "train_type");
    }
    if (o_.resume_from_checkpoint && !o_.resume_only_model) state_ = load_trainer_state(*o_.resume_from_checkpoint);
    LoadOptions load;
    load.model = o_.model;
    load.dtype = state_.dtype.empty() ? o_.torch_dtype : state_.dtype;
    load.device = o_.device;
    load.threads = state_.threads > 0 ? state_.threads : o_.threads;
    load.prompt_style = o_.prompt_style;
    load.chat_template = o_.chat_template;
    load.note = load_notes();
    model_ = LoadedModel::open(load);
    data_ = load_run_data(o_, model_->prompter(), model_->prompter().target_ids("").back(), stop_,
                          task_ ? &*task_ : nullptr);
    if (stop_.stop_requested()) return false;
    // So that whoever asks the tuned student later knows how.
    if (o_.system.empty()) o_.system = data_.system.value_or("");
    instruction_ = {model_->prompter().style(), o_.chat_template, data_.system};
    const std::int64_t row = std::max(longest(data_.train), longest(data_.validation));
    if (row > model_->config().max_position_embeddings) {
      throw Error(ErrorKind::data,
                  "the longest row has " + std::to_string(row) + " tokens, the model takes " +
                      std::to_string(model_->config().max_position_embeddings),
                  "max_position_embeddings");
    }
    if (!o_.auto_settings.empty() && !goes_on()) {
      auto chosen = choose_settings(*model_, o_, data_, sink_, stop_);
      if (!chosen) return false;
      o_ = std::move(chosen->options);
      chosen_ = std::move(chosen->choice);
    }
    o_.auto_settings.clear();
    plan_ = plan_steps(o_, static_cast<std::int64_t>(data_.train.size()));
    if (state_.step > plan_.max_steps) {
      throw Error(ErrorKind::usage,
                  o_.resume_from_checkpoint->filename().string() + " is past the end: these settings make a run of " +
                      std::to_string(plan_.max_steps) + " steps",
                  o_.max_steps > 0 ? "max_steps" : "num_train_epochs");
    }
    save_steps_ = o_.save_steps > 0 ? o_.save_steps : std::max<std::int64_t>(1, plan_.max_steps / 10);
    eval_steps_ = o_.eval_steps > 0 ? o_.eval_steps : save_steps_;
    memory_ = plan_run_memory(*model_, o_, data_.train, row);
    if (state_.token_budget > 0) memory_.token_budget = state_.token_budget;
    const std::string hash = rows_hash(data_);
    if (!state_.data_hash.empty()) check_same_rows(state_.data_hash, hash, *o_.resume_from_checkpoint);
    state_.data_hash = hash;
    state_.token_budget = memory_.token_budget;
    state_.max_steps = plan_.max_steps;
    state_.dtype = model_->dtype();
    const int threads = machine(o_.device).threads;
    if (load.threads > threads) {
      const std::string wanted = std::to_string(load.threads), used = std::to_string(threads);
      opening_notices_.push_back(
          {state_.threads > 0 ? NoticeCode::run_threads_differ : NoticeCode::run_threads_too_many, {wanted, used}});
    }
    state_.threads = threads;
    return true;
  }

  NoteSink load_notes() const {
    return [this](const std::string& sentence) { tell(Note{Notice(sentence)}); };
  }

  /// Whether an earlier run goes on, with its optimiser's state and its settings.
  bool goes_on() const { return o_.resume_from_checkpoint && !o_.resume_only_model; }

  /// Makes or reopens the run folder and the adapter. True when an earlier run goes on.
  bool open_run() {
    const bool resumed = goes_on();
    const auto start_from = o_.resume_from_checkpoint ? o_.resume_from_checkpoint : o_.init_adapter;
    auto lora = start_from
                    ? std::make_unique<LoraSet>(load_adapter(*start_from, model_->weights(), load_notes()))
                    : std::make_unique<LoraSet>(new_lora(model_->weights(), o_.lora_rank, o_.lora_alpha, o_.use_rslora,
                                                         o_.target_modules, static_cast<std::uint64_t>(o_.seed)));
    if (start_from && !resumed) {
      if (const std::string other = other_base_sentence(*start_from, o_.model); !other.empty()) tell(Note{Notice(other)});
    }
    lora->lora_dropout = o_.lora_dropout;
    lora_ = lora.get();
    model_->set_adapter(std::move(lora));
    lora_->zero_grad();
    lora_->each([&](LoraPair& pair, const std::string& name) {
      parameters_.push_back({name + ".lora_A.weight", pair.A, pair.gradA, true, false, {}, {}});
      parameters_.push_back({name + ".lora_B.weight", pair.B, pair.gradB, true, false, {}, {}});
    });
    pass_.cut = cut_options();
    pass_.recompute = memory_.recompute;
    if (o_.lora_dropout > 0.0)
      pass_.dropout = [this](const PackedBatch& batch, const auto& rows) { return dropout_of(batch, rows); };
    lanes_ = std::make_unique<LoraLanes>(*lora_, pass_.cut.lanes);
    for (int lane = 0; lane < pass_.cut.lanes; ++lane) {
      pass_.stacks.emplace_back(model_->weights(), &(*lanes_)[lane],
                                std::max(longest(data_.train), longest(data_.validation)) + 1);
    }
    if (resumed) {
      load_moments(*o_.resume_from_checkpoint, parameters_);
      if (early_stop()) state_.evals_since_best = 0;  // it had ended for that; whoever resumes it wants it to go on
      run_dir_ = o_.resume_from_checkpoint->parent_path();
      check_same_weights(run_dir_, o_.model, base_hash());
      remove_leftovers(run_dir_);
      remove_later(run_dir_, state_.step, opening_notices_);
      cut_log(run_dir_, state_.step, state_.evaluated);
      write_args(run_dir_, o_);  // a run may go on for more epochs than it began with
      last_step_.step = state_.step;
      last_step_.max_steps = plan_.max_steps;
      last_step_.elapsed_seconds = state_.elapsed_seconds;
      for (const LoggedPoint& p : read_log(run_dir_)) {
        if (p.is_eval) lowest_eval_loss_ = std::min(lowest_eval_loss_, p.eval_loss);
      }
    } else {
      run_dir_ = o_.add_version ? new_run_folder(o_.output_dir) : o_.output_dir;
      make_folders(run_dir_);
      lock_.emplace(lock_run(run_dir_));
      check_unused(run_dir_);
      write_args(run_dir_, o_);
      if (!chosen_.empty()) write_auto_choice(run_dir_, chosen_);
      if (!data_.validation_rows.empty()) write_validation_rows(run_dir_, data_.validation_rows);
    }
    report_.run_dir = run_dir_;
    log_ = std::make_unique<AppendFile>(run_dir_ / "logging.jsonl");
    return resumed;
  }

  void announce() {
    for (const std::string& note : data_.notes) tell(Note{Notice(note)});
    for (const Notice& notice : opening_notices_) tell(Note{notice});
    if (const Notice few = few_steps_notice(o_, static_cast<std::int64_t>(data_.train.size())); !few.empty())
      tell(Note{few});
    if (o_.lora_dropout > 0.0) tell(Note{{NoticeCode::run_dropout, {}}});
    if (machine(o_.device).slow_blas) tell(Note{{NoticeCode::run_slow_blas, {}}});
    if (memory_.recompute && !o_.gradient_checkpointing) tell(Note{{NoticeCode::run_memory_short, {}}});
    RunStarted started;
    started.run_dir = run_dir_;
    started.first_step = state_.step + 1;
    started.max_steps = plan_.max_steps;
    started.train_rows = static_cast<std::int64_t>(data_.train.size());
    started.validation_rows = static_cast<std::int64_t>(data_.validation.size());
    double tokens = 0.0;
    for (const TokenizedExample& e : data_.train) tokens += static_cast<double>(e.input_ids.size());
    started.tokens_per_row = tokens / static_cast<double>(data_.train.size());
    started.tokens_computed_share = share_computed();
    started.trainable_parameters = lora_->parameter_count();
    started.predicted_peak_bytes = memory_.peak_bytes();
    RunWork work = work_of(o_, data_, plan_, cut_options());
    work.steps = plan_.max_steps - state_.step;
    work.evaluations = work.evaluations * work.steps / std::max<std::int64_t>(1, plan_.max_steps);
    if (work.steps > 0) {
      started.predicted_seconds = predict_seconds(
          work, measure_costs(model_->weights(), o_, rows_of_step(state_.step), cut_options(), memory_.recompute));
    }
    started.dtype = model_->dtype();
    started.device = model_->device();
    started.threads = machine(o_.device).threads;
    tell(started);
  }

  /// Tokens through the stack over tokens as given, on the first step's rows.
  double share_computed() const {
    return computed_share(rows_of_step(state_.step < plan_.max_steps ? state_.step : 0), cut_options());
  }

  std::string base_hash() const { return model_->weights_hash(stop_); }

  CutOptions cut_options() const {
    return cut_options_of(o_, memory_, lanes_of(model_->config(), model_->device(), state_.threads));
  }

  std::vector<const TokenizedExample*> rows_of_step(std::int64_t step) const {
    const std::int64_t epoch = step / plan_.steps_per_epoch, in_epoch = step % plan_.steps_per_epoch;
    const auto rows = static_cast<std::int64_t>(data_.train.size());
    if (epoch != order_epoch_) {
      order_ = epoch_order(o_, rows, epoch);
      order_epoch_ = epoch;
    }
    const std::int64_t per_step =
        static_cast<std::int64_t>(o_.per_device_train_batch_size) * o_.gradient_accumulation_steps;
    std::vector<const TokenizedExample*> chosen;
    for (std::int64_t i = in_epoch * per_step; i < std::min(rows, (in_epoch + 1) * per_step); ++i) {
      chosen.push_back(&data_.train[static_cast<std::size_t>(order_[static_cast<std::size_t>(i)])]);
    }
    return chosen;
  }

  /// Masks by step, row of the step and position, whatever micro-batch the row is in.
  LoraDropout dropout_of(const PackedBatch& batch, const std::vector<std::size_t>& rows) const {
    LoraDropout dropout;
    dropout.p = o_.lora_dropout;
    dropout.token_keys.resize(static_cast<std::size_t>(batch.tokens()));
    for (std::size_t r = 0; r < rows.size(); ++r) {
      for (std::int64_t t = 0; t < batch.row_lengths[r]; ++t) {
        dropout.token_keys[static_cast<std::size_t>(batch.index_of(r, t))] =
            dropout_key(static_cast<std::uint64_t>(o_.seed), state_.step, static_cast<std::int64_t>(rows[r]), t);
      }
    }
    return dropout;
  }

  /// False when the run ends here: stopped (the step is discarded) or diverged.
  bool take_step(std::int64_t step) {
    if (stop_.stop_requested()) return false;
    const Clock::time_point began = Clock::now();
    lanes_->begin_step();
    const auto rows = rows_of_step(step);
    const PassSum sum = pass_.run(rows, true, stop_, [&](std::int64_t done) {
      tell(MicroBatchDone{step + 1, done, static_cast<std::int64_t>(rows.size())});
    });
    lanes_->collect();
    if (!sum.whole) {
      tell(Note{{NoticeCode::run_step_discarded, {std::to_string(step + 1)}}});
      return false;
    }
    StepDone done;
    done.step = step + 1;
    done.max_steps = plan_.max_steps;
    done.epoch = epoch_at(step + 1);
    done.loss = sum.loss / sum.supervised;
    done.token_accuracy = sum.correct / sum.supervised;
    done.learning_rate = learning_rate(o_, plan_, step);
    done.grad_norm = grad_norm(parameters_);
    done.supervised_tokens = static_cast<std::int64_t>(sum.supervised);
    if (!std::isfinite(done.loss) || !std::isfinite(done.grad_norm)) {
      log_->append_line(dump_json(train_line(done, 0.0)));  // so that whoever reads the run knows, too
      return diverge(NoticeCode::run_loss_not_a_number, NoticeCode::run_loss_not_a_number_kept, step + 1);
    }
    if (o_.max_grad_norm > 0.0) clip_gradients(parameters_, done.grad_norm, o_.max_grad_norm);
    adamw_step(parameters_, {o_.adam_beta1, o_.adam_beta2, o_.adam_epsilon, o_.weight_decay}, done.learning_rate,
               step + 1);
    lora_->refresh(model_->weights().dtype());
    state_.step = step + 1;
    state_.evaluated = !eval_due();
    state_.epoch = done.epoch;
    state_.loss_sum += done.loss;
    state_.tokens_seen += sum.given;
    const double elapsed = state_.elapsed_seconds + seconds_since(start_);
    done.tokens_per_second = static_cast<double>(sum.given) / std::max(1e-9, seconds_since(began));
    done.elapsed_seconds = elapsed;
    done.remaining_seconds =
        elapsed / static_cast<double>(state_.step) * static_cast<double>(plan_.max_steps - state_.step);
    last_step_ = done;
    log_->append_line(dump_json(train_line(
        done, static_cast<double>(peak_memory(model_->device())) / static_cast<double>(std::int64_t{1} << 30))));
    tell(done);
    return true;
  }

  /// Evaluates and saves where that is due. False when the run ends here.
  bool conclude_step() {
    // The weights first: the last evaluation may take long, and be stopped.
    if (state_.step == plan_.max_steps && !save()) return false;
    if (eval_due() && !evaluate()) return false;
    const bool due = state_.step % save_steps_ == 0 || state_.step == plan_.max_steps || early_stop() ||
                     seconds_since(last_saved_) > 60.0 * o_.save_minutes;
    if (due && !save()) return false;
    if (early_stop()) {
      report_.outcome = TrainReport::Outcome::early_stopped;
      return false;
    }
    return state_.step == plan_.max_steps || !out_of_time() || end_by_time();
  }

  /// The end of a run whose time is up: judged and saved where it stands. Returns false.
  bool end_by_time() {
    tell(Note{{NoticeCode::run_time_limit,
               {minutes_text(o_.time_limit_minutes), std::to_string(state_.step), std::to_string(plan_.max_steps)}}});
    report_.outcome = TrainReport::Outcome::time_limit;
    if (save() && !data_.validation.empty() && !eval_due() && evaluate()) save();
    return false;
  }

  /// The end of a run whose numbers no longer are any. Returns false, as those do that the run ends in.
  bool diverge(NoticeCode without_checkpoint, NoticeCode with_checkpoint, std::int64_t step) {
    diverged_ = true;
    report_.outcome = TrainReport::Outcome::diverged;
    const auto kept = checkpoint_in_use(read_run(run_dir_));
    Notice said(kept.empty() ? without_checkpoint : with_checkpoint, {std::to_string(step)});
    if (!kept.empty()) said.args.push_back(kept.filename().string());
    tell(Note{std::move(said)});
    return false;
  }

  double epoch_at(std::int64_t step) const {
    const std::int64_t epoch = (step - 1) / plan_.steps_per_epoch, in_epoch = (step - 1) % plan_.steps_per_epoch + 1;
    const double micro = std::min<double>(static_cast<double>(in_epoch * o_.gradient_accumulation_steps),
                                          static_cast<double>(plan_.micro_batches_per_epoch));
    return static_cast<double>(epoch) + micro / static_cast<double>(plan_.micro_batches_per_epoch);
  }

  bool eval_due() const {
    return !data_.validation.empty() && state_.step > 0 &&
           (state_.step % eval_steps_ == 0 || state_.step == plan_.max_steps);
  }
  bool eval_logged() const {
    for (const LoggedPoint& p : read_log(run_dir_)) {
      if (p.is_eval && p.step == state_.step) return true;
    }
    return false;
  }

  /// Eval loss as the mean over all supervised tokens, and the task score. False when stopped meanwhile.
  bool evaluate() {
    const bool last = state_.step == plan_.max_steps;
    const Clock::time_point began = Clock::now();
    std::vector<const TokenizedExample*> rows;
    for (const TokenizedExample& e : data_.validation) rows.push_back(&e);
    const PassSum sum = pass_.run(rows, false, stop_, [&](std::int64_t through) {
      tell(EvalProgress{state_.step, through, static_cast<std::int64_t>(rows.size())});
    });
    if (!sum.whole) return false;
    EvalDone done;
    done.step = state_.step;
    done.epoch = state_.epoch;
    done.eval_loss = sum.loss / sum.supervised;
    done.token_accuracy = sum.correct / sum.supervised;
    const bool sound = std::isfinite(done.eval_loss);
    if (sound) score(done, last);
    if (stop_.stop_requested()) return false;  // a score of some of the rows is none
    done.seconds = seconds_since(began);
    judge(done, sound);
    state_.evaluated = true;
    log_->append_line(dump_json(eval_line(done, static_cast<std::int64_t>(rows.size()), last_step_)));
    tell(done);
    if (!sound) return diverge(NoticeCode::run_eval_loss_not_a_number, NoticeCode::run_eval_loss_not_a_number_kept, state_.step);
    return !done.is_best || save();
  }

  /// Is it the best so far, and did it get anywhere? By exact rows a later step wins a tie: its learning rate is lower.
  /// There an evaluation got somewhere too when its loss fell, unless all rows are right already.
  void judge(EvalDone& done, bool sound) {
    if (!sound) {
      ++state_.evals_since_best;
      return;
    }
    const bool scored = done.exact_rows >= 0;
    const bool by_score = o_.best_metric == BestMetric::exact_rows && scored;
    const double metric = by_score ? -done.exact_rows : done.eval_loss;
    const bool first = state_.best_step == 0;
    bool better = first || metric < state_.best_metric;
    done.is_best = better || (by_score && metric == state_.best_metric);
    if (by_score && done.exact_rows < 1.0) better = better || done.eval_loss < kRelevantFall * lowest_eval_loss_;
    lowest_eval_loss_ = std::min(lowest_eval_loss_, done.eval_loss);
    if (done.is_best) {
      state_.best_step = state_.step;
      state_.best_metric = metric;
    }
    state_.evals_since_best = better ? 0 : state_.evals_since_best + 1;
  }

  /// Decodes a few validation rows, unless that has taken more than its share of the run. Where they choose the best
  /// step, every evaluation needs its score.
  void score(EvalDone& done, bool last) {
    if (o_.score_rows <= 0 || data_.validation_rows.empty()) return;
    const double elapsed = seconds_since(start_);
    if (!last && scores_ > 0 && o_.best_metric != BestMetric::exact_rows &&
        score_seconds_ * (static_cast<double>(scores_) + 1.0) / static_cast<double>(scores_) > kScoreShare * elapsed)
      return;
    const Clock::time_point began = Clock::now();
    const auto count = std::min<std::size_t>(data_.validation_rows.size(), static_cast<std::size_t>(o_.score_rows));
    const TaskScore got =
        score_rows(*model_, *lora_,
                   {data_.validation_rows.begin(), data_.validation_rows.begin() + static_cast<std::ptrdiff_t>(count)},
                   task_, stop_, [&](const Progress& p) { tell(EvalProgress{state_.step, p.done, p.total}); });
    score_seconds_ += seconds_since(began);
    ++scores_;
    if (got.rows == 0) return;
    done.valid_json = got.valid_json;
    done.exact_rows = got.exact_rows;
    for (SampleReady sample : got.samples) {
      sample.step = state_.step;
      tell(sample);
    }
  }

  bool out_of_time() const {
    return o_.time_limit_minutes > 0 && seconds_since(began_) > 60.0 * o_.time_limit_minutes;
  }

  bool early_stop() const {
    return o_.early_stopping_patience > 0 && state_.evals_since_best >= o_.early_stopping_patience;
  }

  bool finite_weights() const {
    for (const Parameter& p : parameters_) {
      if (!at::isfinite(p.value).all().item<bool>()) return false;
    }
    return true;
  }

  /// False, and nothing written, when the weights are no longer numbers: the run has diverged then.
  bool save() {
    if (!finite_weights())
      return diverge(NoticeCode::run_weights_not_numbers, NoticeCode::run_weights_not_numbers_kept, state_.step);
    TrainerState state = state_;
    state.elapsed_seconds += seconds_since(start_);
    log_->flush();
    const auto path = save_checkpoint(run_dir_, *lora_, parameters_, state, o_, instruction_);
    if (report_.last_checkpoint != path) tell(CheckpointSaved{state_.step, path});
    report_.last_checkpoint = path;
    last_saved_ = Clock::now();
    rotate_checkpoints(run_dir_, state_.best_step, o_.save_total_limit);
    return true;
  }

  TrainReport finish() {
    report_.steps = state_.step;
    report_.best_step = state_.best_step;
    const auto steps = checkpoints_of(run_dir_);
    if (!steps.empty()) report_.last_checkpoint = checkpoint_dir(run_dir_, steps.back());
    const auto best = checkpoint_dir(run_dir_, state_.best_step);
    report_.best_checkpoint = state_.best_step > 0 && std::filesystem::exists(best) ? best : report_.last_checkpoint;
    report_.train_loss = state_.step > 0 ? state_.loss_sum / static_cast<double>(state_.step) : 0.0;
    report_.seconds = seconds_since(start_);
    report_.peak_bytes = peak_memory(model_->device());
    VerdictInput input;
    input.points = curve_of(read_log(run_dir_));
    input.validation_rows = static_cast<std::int64_t>(data_.validation.size());
    input.non_finite = diverged_;
    report_.verdict = verdict(input);
    const RunRecord run = read_run(run_dir_);
    for (const EvalDone& eval : run.evals) {
      if (eval.step == state_.best_step) report_.best_eval_loss = eval.eval_loss;
    }
    report_.checkpoint_in_use = checkpoint_in_use(run);
    return report_;
  }

  TrainOptions o_;
  const TrainSink& sink_;
  std::stop_token stop_;
  std::optional<Task> task_;
  std::shared_ptr<LoadedModel> model_;
  LoraSet* lora_ = nullptr;  // owned by model_
  std::unique_ptr<LoraLanes> lanes_;
  StepPass pass_;
  RunData data_;
  std::vector<Notice> opening_notices_;  // told once the run has begun
  Instruction instruction_;  // recorded beside every checkpoint
  StepPlan plan_;
  MemoryPlan memory_;
  TrainerState state_;
  std::vector<Parameter> parameters_;
  std::filesystem::path run_dir_;
  std::optional<FileLock> lock_;  // on run_dir_: one writer at a time
  std::unique_ptr<AppendFile> log_;
  std::int64_t save_steps_ = 1, eval_steps_ = 1;
  mutable std::vector<std::int64_t> order_;
  mutable std::int64_t order_epoch_ = -1;
  const Clock::time_point began_ = Clock::now();  // the range test's time counts
  Clock::time_point start_, last_saved_;
  StepDone last_step_;
  double score_seconds_ = 0.0;
  std::int64_t scores_ = 0;
  bool diverged_ = false;
  AutoChoice chosen_;
  double lowest_eval_loss_ = std::numeric_limits<double>::infinity();
  TrainReport report_;
};

}  // namespace

TrainReport train(const TrainOptions& options, const TrainSink& sink, std::stop_token stop,
                  const std::optional<Task>& task) {
  c10::NoGradGuard no_grad;
  return Run(options, sink, std::move(stop), task)();
}

}  // namespace minnow
