// Asks, judges, counts.
#include "core/evaluate/run.h"

#include <algorithm>
#include <chrono>
#include <ctime>

#include "core/data/conversation.h"
#include "core/data/gazetteer.h"
#include "core/data/label_form.h"
#include "core/evaluate/confidence.h"
#include "core/evaluate/score.h"
#include "core/evaluate/summarize.h"
#include "core/generate/engine.h"
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

std::string name_of(const std::filesystem::path& folder) {
  const auto name = folder.filename().empty() ? folder.parent_path().filename() : folder.filename();
  return name.string();
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
  judgement.valid_json = read_label(answer).form == LabelForm::object;
  judgement.field_errors.assign(task.fields.size(), judgement.exact ? FieldError::none : FieldError::other);
  return judgement;
}

/// One evaluation; members are what its two sides share.
class Evaluation {
 public:
  Evaluation(const LoadedModel& model, const EvaluateOptions& options, const ProgressSink& progress, std::stop_token stop)
      : model_(model), o_(options), progress_(progress), stop_(std::move(stop)),
        untuned_(model.tokenizer(), model.prompter().chat_template(), untuned_style()) {}

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
  /// An adapter's style says nothing about the model without it.
  PromptStyle untuned_style() const {
    return o_.prompt_style ? *o_.prompt_style : default_style(model_.options().model, std::nullopt);
  }
  const Prompter& prompter(EvaluateSides side) const {
    return side == EvaluateSides::before ? untuned_ : model_.prompter();
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

  std::vector<GenerateRequest> requests_of(EvaluateSides side, std::size_t count) const {
    std::vector<GenerateRequest> requests;
    for (std::size_t i = 0; i < count; ++i) {
      GenerateRequest request;
      request.prompt_ids = prompter(side).prompt_ids(messages_before(o_.rows[i], o_.task, side));
      request.max_new_tokens = max_new_tokens_;
      requests.push_back(std::move(request));
    }
    return requests;
  }

  std::vector<Completion> decode(EvaluateSides side, std::size_t count, const EngineOptions& engine,
                                 const std::string& what, GenerateStats* stats) const {
    const std::vector<GenerateRequest> requests = requests_of(side, count);
    GenerateJob job;
    job.requests = &requests;
    job.options = engine;
    job.task = engine.constrain_json ? &o_.task : nullptr;
    if (progress_) {
      job.on_progress = [&](const Progress& p) { progress_({what, "rows", p.done, p.total}); };
    }
    return generate(model_, side == EvaluateSides::after ? model_.adapter() : nullptr, job, stop_, stats);
  }

  void answer(EvaluateSides side, SideScore& score, RowAnswer EvaluatedRow::*member) {
    const bool tuned = side == EvaluateSides::after;
    GenerateStats stats;
    const auto done = decode(side, o_.rows.size(), o_.engine, tuned ? "evaluating (tuned)" : "evaluating (untuned)", &stats);
    for (std::size_t i = 0; i < done.size(); ++i) {
      if (done[i].reason == FinishReason::cancelled) {
        finished_[i] = false;
        continue;
      }
      read_answer(done[i], report_.details[i], report_.details[i].*member);
    }
    score.present = true;
    score.model = name_of(o_.model);
    score.model_hash = folder_hash(model_.options().model, stop_);
    if (tuned && model_.options().adapter) {
      score.adapter = name_of(*model_.options().adapter);
      score.adapter_hash = folder_hash(*model_.options().adapter, stop_);
    }
    score.prompt = system_prompt_of(side);
    score.seconds = stats.seconds;
    score.tokens_per_second = stats.seconds > 0 ? static_cast<double>(stats.new_tokens) / stats.seconds : 0.0;
    const bool last = o_.sides == EvaluateSides::before ? !tuned : tuned;
    if (last && o_.check_drafts_rows > 0) check_drafts(side, member);
  }

  void read_answer(const Completion& completion, EvaluatedRow& row, RowAnswer& answer) const {
    const Tokenizer& tokenizer = *model_.tokenizer();
    std::vector<std::int32_t> ids = completion.ids;
    if (completion.reason == FinishReason::stop && !ids.empty()) ids.pop_back();
    answer.text = tokenizer.decode(ids, true);
    answer.cut_at_limit = completion.reason == FinishReason::length;
    answer.judgement = judge_row(o_.task, row, answer.text);
    if (!answer.judgement.valid_json) return;
    std::vector<std::string> tokens;
    for (const std::int32_t id : ids) tokens.push_back(tokenizer.is_special(id) ? "" : tokenizer.token_bytes(id));
    answer.judgement.confidence = value_confidence(o_.task, tokens, completion.logprobs);
  }

  void check_drafts(EvaluateSides side, RowAnswer EvaluatedRow::*member) {
    const std::size_t count = std::min(o_.rows.size(), static_cast<std::size_t>(o_.check_drafts_rows));
    EngineOptions plain = o_.engine;
    plain.drafts = false;
    const auto done = decode(side, count, plain, "decoding again without drafts", nullptr);
    std::int64_t different = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (done[i].reason == FinishReason::cancelled || !finished_[i]) continue;
      RowAnswer again;
      read_answer(done[i], report_.details[i], again);
      different += again.text != (report_.details[i].*member).text;
    }
    report_.bf16_row_differences = different;
  }

  /// The system prompt that the side's first row was asked with.
  std::string system_prompt_of(EvaluateSides side) const {
    const auto messages = messages_before(o_.rows.front(), o_.task, side);
    return messages.empty() || messages.front().role != "system" ? "" : messages.front().content;
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
  Prompter untuned_;
  EvaluateReport report_;
  std::vector<bool> finished_;
  std::int64_t max_new_tokens_ = 0;
};

}  // namespace

std::vector<Message> messages_before(const Conversation& row, const Task& task, EvaluateSides side) {
  std::vector<Message> messages(row.messages.begin(), row.messages.end());
  if (!messages.empty() && messages.back().role == "assistant") messages.pop_back();
  const bool has_system = !messages.empty() && messages.front().role == "system";
  const bool before = side == EvaluateSides::before;
  if (before && !task.detailed_prompt.empty()) {
    if (has_system) messages.front().content = task.detailed_prompt;
    else messages.insert(messages.begin(), {"system", task.detailed_prompt});
  } else if (!has_system && !task.concise_prompt.empty()) {
    messages.insert(messages.begin(), {"system", task.concise_prompt});
  }
  return messages;
}

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
