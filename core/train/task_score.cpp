// Decodes and judges a few validation rows.
#include "core/train/task_score.h"

#include <algorithm>

#include "core/answer/local_answerer.h"
#include "core/data/derive_task.h"
#include "core/evaluate/score.h"
#include "core/model/loaded_model.h"
#include "core/types/error.h"

namespace minnow {

TaskScore score_rows(const LoadedModel& model, const LoraSet& adapter, const std::vector<Conversation>& rows,
                     const std::optional<Task>& task, std::stop_token stop, const ProgressSink& progress) {
  TaskScore score;
  const Task judged = task ? *task : derive_task(rows);
  if (judged.fields.empty()) return score;
  std::vector<AskRequest> requests;
  for (const Conversation& row : rows) {
    AskRequest request;
    request.messages = {row.messages.begin(), row.messages.end() - 1};
    // Room for half as much again as the wanted answer: a longer one is wrong anyway.
    request.max_new_tokens =
        static_cast<std::int64_t>(model.prompter().target_ids(row.messages.back().content).size()) * 3 / 2 + 8;
    requests.push_back(std::move(request));
  }
  std::vector<std::string> texts(rows.size());
  AnswerSink sink;
  sink.on_answer = [&](std::size_t i, Answer&& answer) { texts[i] = std::move(answer.text); };
  sink.on_progress = progress;
  LocalAnswerer(model, adapter).ask(requests, judged, {}, sink, stop);
  if (stop.stop_requested()) return score;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string& text = texts[i];
    const auto user = std::find_if(rows[i].messages.rbegin(), rows[i].messages.rend(),
                                   [](const Message& m) { return m.role == "user"; });
    const std::string input = user == rows[i].messages.rend() ? "" : user->content;
    RowJudgement judgement;
    try {
      judgement = judge(judged, input, rows[i].messages.back().content, text);
    } catch (const Error&) {
      judgement.exact = text == rows[i].messages.back().content;  // a label with other keys than the task's
    }
    ++score.rows;
    score.valid_json += judgement.valid_json;
    score.exact_rows += judgement.exact;
    if (score.samples.size() < 4)
      score.samples.push_back({0, input, rows[i].messages.back().content, text, judgement.exact});
  }
  score.valid_json /= static_cast<double>(score.rows);
  score.exact_rows /= static_cast<double>(score.rows);
  return score;
}

}  // namespace minnow
