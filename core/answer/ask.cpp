// Texts to requests, answers with their times.
#include "core/answer/ask.h"

#include <chrono>

#include "core/answer/asked_messages.h"
#include "core/answer/local_answerer.h"
#include "core/model/loaded_model.h"
#include "core/types/seconds_since.h"

namespace minnow {

std::vector<TimedAnswer> ask(const LoadedModel& model, const Task& task, const std::vector<std::string>& inputs,
                             EvaluateSides side, const AskOptions& options, const AskSink& sink, std::stop_token stop,
                             GenerateStats* stats) {
  const auto start = std::chrono::steady_clock::now();
  const LocalAnswerer answerer(
      model, side == EvaluateSides::before ? LocalAnswerer::Side::untuned : LocalAnswerer::Side::tuned);
  const auto trained = answerer.system();
  std::vector<AskRequest> requests;
  for (const std::string& input : inputs) {
    AskRequest request{asked_messages(input, task, side, trained), options.max_new_tokens, options.sampling};
    request.sampling.seed += requests.size();
    requests.push_back(std::move(request));
  }
  std::vector<TimedAnswer> answers(inputs.size());
  std::vector<double> first(inputs.size(), 0.0);
  AnswerSink each;
  each.on_text = [&](std::size_t row, const std::string& characters) {
    if (first[row] == 0.0) first[row] = seconds_since(start);
    if (sink.on_text && !characters.empty()) sink.on_text(row, characters);
  };
  each.on_answer = [&](std::size_t row, Answer&& answer) {
    static_cast<Answer&>(answers[row]) = std::move(answer);
    answers[row].first_token_seconds = first[row];
    answers[row].seconds = seconds_since(start);
    if (sink.on_answer) sink.on_answer(row, answers[row]);
  };
  each.on_progress = sink.on_progress;
  answerer.ask(requests, task, options.engine, each, std::move(stop), stats);
  return answers;
}

}  // namespace minnow
