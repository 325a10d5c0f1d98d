// Asks, judges, counts.
#include "core/evaluate/run.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <functional>

#include "core/answer/asked_messages.h"
#include "core/answer/local_answerer.h"
#include "core/data/conversation.h"
#include "core/data/gazetteer.h"
#include "core/data/label_form.h"
#include "core/evaluate/score.h"
#include "core/evaluate/summarize.h"
#include "core/io/json.h"
#include "core/model/loaded_model.h"
#include "core/model/machine.h"
#include "core/types/error.h"

namespace minnow {
namespace {

std::string now_iso() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  char text[40];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S%z", &local);
  return text;
}

std::string machine_text(const LoadedModel& model) {
  const Machine here = machine(model.device());
  const std::string dtype = model.dtype() == "bfloat16" ? "bf16" : model.dtype() == "float32" ? "f32" : model.dtype();
  if (model.device() != "cpu") return here.device_name + ", " + dtype;
  return "CPU, " + dtype + ", " + std::to_string(here.threads) + (here.threads == 1 ? " thread" : " threads");
}

std::string last_question(const Conversation& row) {
  for (auto m = row.messages.rbegin(); m != row.messages.rend(); ++m) {
    if (m->role == "user") return m->content;
  }
  return {};
}

RowJudgement judge_row(const Task& task, const EvaluatedRow& row, const std::string& answer) {
  if (!task.fields.empty()) {
    try {
      return judge(task, row.input, row.expected, answer, &Gazetteer::china());
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::data && error.kind() != ErrorKind::format) throw;
    }
  }
  RowJudgement judgement;  // the label has no fields of the task's: compare texts
  judgement.exact = answer == row.expected;
  judgement.valid_json = read_label(answer).form == LabelShape::object;
  judgement.field_errors.assign(task.fields.size(), judgement.exact ? FieldError::none : FieldError::other);
  return judgement;
}

/// One evaluation; members are what its two sides share.
class Evaluation {
 public:
  Evaluation(const LoadedModel& model, const EvaluateOptions& options, const ProgressSink& progress, std::stop_token stop)
      : model_(model),
        o_(options),
        progress_(progress),
        stop_(std::move(stop)),
        untuned_(o_.prompt_style ? LocalAnswerer(model, *o_.prompt_style)
                                 : LocalAnswerer(model, LocalAnswerer::Side::untuned)),
        tuned_(model, LocalAnswerer::Side::tuned) {}

  EvaluateReport operator()() {
    if (o_.rows.empty()) throw Error(ErrorKind::data, "there are no rows to evaluate", o_.data_name);
    start_report();
    finished_.assign(o_.rows.size(), true);
    if (o_.sides != EvaluateSides::after) answer(EvaluateSides::before, report_.before, &EvaluatedRow::before);
    if (o_.sides != EvaluateSides::before) answer(EvaluateSides::after, report_.after, &EvaluatedRow::after);
    keep_finished();
    return summarize(o_.task, std::move(report_));
  }

 private:
  const Answerer& answerer(EvaluateSides side) const { return side == EvaluateSides::before ? untuned_ : tuned_; }

  /// The prompt that the model to evaluate was trained under, adapter and all; the untuned side is compared under it.
  std::vector<Message> messages_of(const Conversation& row, EvaluateSides side) const {
    return asked_messages(row, o_.task, side, tuned_.system());
  }

  void start_report() {
    report_.task_name = o_.task.name;
    report_.data_name = o_.data_name;
    report_.created = now_iso();
    report_.machine = machine_text(model_);
    std::size_t longest = 0;
    for (const Conversation& row : o_.rows) {
      if (row.messages.empty() || row.messages.back().role != "assistant") {
        throw Error(ErrorKind::data, row.source + ": the row has no answer to compare with", row.source);
      }
      EvaluatedRow evaluated;
      evaluated.id = row_id_of(row.source);
      evaluated.input = last_question(row);
      evaluated.expected = row.messages.back().content;
      longest = std::max(longest, model_.tokenizer()->encode(evaluated.expected, false).size());
      report_.details.push_back(std::move(evaluated));
    }
    max_new_tokens_ = o_.max_new_tokens > 0 ? o_.max_new_tokens : static_cast<std::int64_t>(2 * longest + 32);
  }

  /// Each answer of the first `count` rows as it comes; none for rows that a stop cut off.
  void decode(EvaluateSides side, std::size_t count, const EngineOptions& engine, const std::string& what,
              const std::function<void(std::size_t, const Answer&)>& each, GenerateStats* stats = nullptr) const {
    std::vector<AskRequest> requests;
    for (std::size_t i = 0; i < count; ++i) requests.push_back({messages_of(o_.rows[i], side), max_new_tokens_, {}});
    AnswerSink sink;
    sink.on_answer = [&](std::size_t i, Answer&& answer) {
      if (answer.reason != FinishReason::cancelled) each(i, answer);
    };
    if (progress_) {
      sink.on_progress = [&](const Progress& p) { progress_({what, "rows", p.done, p.total}); };
    }
    answerer(side).ask(requests, o_.task, engine, sink, stop_, stats);
  }

  void answer(EvaluateSides side, SideScore& score, RowAnswer EvaluatedRow::*member) {
    const bool tuned = side == EvaluateSides::after;
    GenerateStats stats;
    std::vector<bool> answered(o_.rows.size(), false);
    decode(
        side, o_.rows.size(), o_.engine, tuned ? "evaluating (tuned)" : "evaluating (untuned)",
        [&](std::size_t i, const Answer& given) {
          answered[i] = true;
          report_.details[i].*member = judged(report_.details[i], given);
        },
        &stats);
    for (std::size_t i = 0; i < answered.size(); ++i) finished_[i] = finished_[i] && answered[i];
    score.present = true;
    score.model = folder_name(o_.model);
    score.model_hash = folder_hash(model_.options().model, stop_);
    if (tuned && model_.options().adapter) {
      score.adapter = folder_name(*model_.options().adapter);
      score.adapter_hash = folder_hash(*model_.options().adapter, stop_);
    }
    score.prompt = system_of(messages_of(o_.rows.front(), side));
    if (tuned) count_other_prompts(score);
    score.seconds = stats.seconds;
    score.tokens_per_second = stats.seconds > 0 ? static_cast<double>(stats.new_tokens) / stats.seconds : 0.0;
    const bool last = o_.sides == EvaluateSides::before ? !tuned : tuned;
    if (last && o_.check_drafts_rows > 0) check_drafts(side, member);
  }

  RowAnswer judged(const EvaluatedRow& row, const Answer& given) const {
    RowAnswer answer;
    answer.text = given.text;
    answer.cut_at_limit = given.is_cut();
    answer.judgement = judge_row(o_.task, row, given.text);
    answer.judgement.confidence = given.confidences();
    answer.fenced = given.fenced;
    answer.exact_inside = given.fenced && judge_row(o_.task, row, given.read.inside).exact;
    return answer;
  }

  /// A model asked under another prompt than it was trained under says less than it can.
  void count_other_prompts(SideScore& score) const {
    const auto trained = tuned_.system();
    if (!trained) return;
    score.trained_prompt = *trained;
    score.other_prompt_rows = std::count_if(o_.rows.begin(), o_.rows.end(), [&](const Conversation& row) {
      return system_of(messages_of(row, EvaluateSides::after)) != *trained;
    });
  }

  void check_drafts(EvaluateSides side, RowAnswer EvaluatedRow::*member) {
    const std::size_t count = std::min(o_.rows.size(), static_cast<std::size_t>(o_.check_drafts_rows));
    EngineOptions plain = o_.engine;
    plain.drafts = false;
    std::int64_t different = 0;
    decode(side, count, plain, "decoding again without drafts", [&](std::size_t i, const Answer& again) {
      if (finished_[i]) different += again.text != (report_.details[i].*member).text;
    });
    report_.bf16_row_differences = different;
  }

  void keep_finished() {
    std::vector<EvaluatedRow> kept;
    for (std::size_t i = 0; i < finished_.size(); ++i) {
      if (finished_[i]) kept.push_back(std::move(report_.details[i]));
    }
    report_.details = std::move(kept);
  }

  const LoadedModel& model_;
  const EvaluateOptions& o_;
  const ProgressSink& progress_;
  std::stop_token stop_;
  const LocalAnswerer untuned_, tuned_;
  EvaluateReport report_;
  std::vector<bool> finished_;
  std::int64_t max_new_tokens_ = 0;
};

}  // namespace

std::vector<Conversation> rows_with_answer(std::vector<Conversation> rows, std::vector<std::string>* without) {
  std::vector<Conversation> kept;
  for (Conversation& row : rows) {
    if (!row.messages.empty() && row.messages.back().role == "assistant") kept.push_back(std::move(row));
    else if (without) without->push_back(row.source);
  }
  return kept;
}

EvaluateReport evaluate(const LoadedModel& model, const EvaluateOptions& options, const ProgressSink& progress,
                        std::stop_token stop) {
  return Evaluation(model, options, progress, std::move(stop))();
}

EvaluateReport evaluate(const EvaluateOptions& options, const ProgressSink& progress, std::stop_token stop) {
  LoadOptions load;
  load.model = options.model;
  if (options.sides != EvaluateSides::before) load.adapter = options.adapter;
  load.dtype = options.dtype;
  load.device = options.device;
  load.threads = options.threads;
  load.prompt_style = options.prompt_style;
  load.chat_template = options.chat_template;
  load.note = options.note;
  return evaluate(*LoadedModel::open(load), options, progress, std::move(stop));
}

}  // namespace minnow
