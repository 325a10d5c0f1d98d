// Asks and reads answers.
#include "core/evaluate/ask.h"

#include <chrono>
#include <optional>

#include "core/data/value_ranges.h"
#include "core/evaluate/confidence.h"
#include "core/evaluate/run.h"
#include "core/generate/engine.h"
#include "core/io/json.h"
#include "core/model/loaded_model.h"
#include "core/types/error.h"
#include "core/types/seconds_since.h"

namespace minnow {
namespace {

using Clock = std::chrono::steady_clock;

std::optional<Json> object_of(const std::string& text) {
  try {
    Json json = parse_json(text, "the answer");
    if (json.is_object()) return json;
  } catch (const Error&) {
    // the question was whether it is one
  }
  return std::nullopt;
}

class Asking {
 public:
  Asking(const LoadedModel& model, const Task& task, EvaluateSides side, const AskSink& sink, std::size_t rows)
      : model_(model),
        task_(task),
        side_(side),
        sink_(sink),
        start_(Clock::now()),
        untuned_(model.tokenizer(), model.prompter().chat_template(),
                 default_style(model.options().model, std::nullopt)),
        answers_(rows) {
    for (std::size_t row = 0; row < rows; ++row) streams_.emplace_back(*model.tokenizer(), true);
  }

  std::vector<GenerateRequest> requests(const std::vector<std::string>& inputs, const AskOptions& options) const {
    const Prompter& prompter = side_ == EvaluateSides::before ? untuned_ : model_.prompter();
    std::vector<GenerateRequest> requests;
    for (const std::string& input : inputs) {
      Conversation row;
      row.messages = {{"user", input}};
      GenerateRequest request;
      request.prompt_ids = prompter.prompt_ids(messages_before(row, task_, side_));
      request.max_new_tokens = options.max_new_tokens;
      request.sampling = options.sampling;
      request.sampling.seed += requests.size();
      requests.push_back(std::move(request));
    }
    return requests;
  }

  void token(std::size_t row, std::int32_t id) {
    AskedAnswer& answer = answers_[row];
    answer.seconds = elapsed();
    if (++answer.tokens == 1) answer.first_token_seconds = answer.seconds;
    const std::string characters = streams_[row].push(id);
    if (sink_.on_text && !characters.empty()) sink_.on_text(row, characters);
  }

  void done(std::size_t row, const Completion& completion) {
    AskedAnswer& answer = answers_[row];
    std::vector<std::int32_t> ids = completion.ids;
    if (completion.reason == FinishReason::stop && !ids.empty()) ids.pop_back();
    answer.text = model_.tokenizer()->decode(ids, true);
    answer.cut_at_limit = completion.reason == FinishReason::length;
    answer.cancelled = completion.reason == FinishReason::cancelled;
    read_fields(answer, ids, completion.logprobs);
    if (sink_.on_answer) sink_.on_answer(row, answer);
  }

  std::vector<AskedAnswer> take() { return std::move(answers_); }

 private:
  double elapsed() const { return seconds_since(start_); }

  void read_fields(AskedAnswer& answer, const std::vector<std::int32_t>& ids,
                   const std::vector<float>& logprobs) const {
    const auto json = object_of(answer.text);
    answer.valid_json = json.has_value();
    if (!json) return;
    std::vector<std::string> tokens;
    const Tokenizer& tokenizer = *model_.tokenizer();
    for (const std::int32_t id : ids) tokens.push_back(tokenizer.is_special(id) ? "" : tokenizer.token_bytes(id));
    const std::vector<double> confidence = value_confidence(task_, tokens, logprobs);
    std::size_t present = 0;
    for (std::size_t i = 0; i < task_.fields.size(); ++i) {
      AskedField field;
      field.key = task_.fields[i].key;
      if (const auto at = json->find(field.key); at != json->end()) {
        field.present = true;
        ++present;
        field.value = shown_json(*at);
        if (i < confidence.size()) field.confidence = confidence[i];
      }
      answer.fields.push_back(std::move(field));
    }
    // A key written twice is one in the parsed object and two in the text.
    answer.has_exact_keys =
        present == task_.fields.size() && json->size() == present && value_ranges(answer.text).size() == present;
  }

  const LoadedModel& model_;
  const Task& task_;
  EvaluateSides side_;
  const AskSink& sink_;
  Clock::time_point start_;
  Prompter untuned_;
  std::vector<StreamDecoder> streams_;
  std::vector<AskedAnswer> answers_;
};

}  // namespace

std::vector<AskedAnswer> ask(const LoadedModel& model, const Task& task, const std::vector<std::string>& inputs,
                             EvaluateSides side, const AskOptions& options, const AskSink& sink, std::stop_token stop,
                             GenerateStats* stats) {
  if (inputs.empty()) return {};
  Asking asking(model, task, side, sink, inputs.size());
  const std::vector<GenerateRequest> requests = asking.requests(inputs, options);
  GenerateJob job;
  job.requests = &requests;
  job.options = options.engine;
  job.task = options.engine.constrain_json ? &task : nullptr;
  job.on_token = [&](std::size_t row, std::int32_t id) { asking.token(row, id); };
  job.on_row = [&](std::size_t row, const Completion& completion) { asking.done(row, completion); };
  job.on_progress = sink.on_progress;
  generate(model, side == EvaluateSides::before ? nullptr : model.adapter(), job, stop, stats);
  return asking.take();
}

}  // namespace minnow
