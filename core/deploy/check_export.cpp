// Asks the source and what was written the same questions.
#include "core/deploy/check_export.h"

#include <algorithm>

#include "core/answer/ask.h"
#include "core/evaluate/score.h"
#include "core/model/loaded_model.h"
#include "core/types/error.h"

namespace minnow {
namespace {

/// Answers of one side; the model is closed again before the other one is opened.
std::vector<TimedAnswer> answers_of(const ExportCheckOptions& o, const std::filesystem::path& model,
                                    const std::optional<std::filesystem::path>& adapter,
                                    const std::vector<std::string>& inputs, std::int64_t longest,
                                    std::int64_t done_before, const ProgressSink& progress, std::stop_token stop) {
  LoadOptions load;
  load.model = model;
  load.adapter = adapter;
  load.dtype = o.dtype;
  load.device = o.device;
  if (model == o.model) load.chat_template = o.chat_template;
  const auto opened = LoadedModel::open(load);
  AskOptions options;
  options.max_new_tokens = 2 * longest + 32;
  AskSink sink;
  if (progress) {
    const auto total = 2 * static_cast<std::int64_t>(inputs.size());
    sink.on_progress = [&, total](const Progress& p) { progress({"testing", "rows", done_before + p.done, total}); };
  }
  return ask(*opened, o.task, inputs, EvaluateSides::after, options, sink, stop);
}

bool is_exact(const Task& task, const std::string& input, const std::string& expected, const std::string& answer) {
  try {
    return judge(task, input, expected, answer).exact;
  } catch (const Error&) {
    return answer == expected;  // a label that isn't the task's JSON is compared as text, as evaluate() does
  }
}

}  // namespace

ExportCheck check_export(const ExportCheckOptions& o, const ProgressSink& progress, std::stop_token stop) {
  std::vector<std::string> inputs, expected;
  std::size_t longest = 0;
  for (const Conversation& row : o.rows) {
    if (row.messages.size() < 2 || row.messages.back().role != "assistant") continue;
    inputs.push_back(row.messages[row.messages.size() - 2].content);
    expected.push_back(row.messages.back().content);
    longest = std::max(longest, expected.back().size());  // bytes: at least as many as tokens
  }
  if (inputs.empty())
    throw Error(ErrorKind::data, "there are no labelled rows to test the written model with", "test rows");
  const auto length = static_cast<std::int64_t>(longest);
  const auto source = answers_of(o, o.model, o.adapter, inputs, length, 0, progress, stop);
  ExportCheck check;
  if (stop.stop_requested()) {
    check.stopped = true;
    return check;
  }
  const auto written = answers_of(o, o.written_model, o.written_adapter, inputs, length,
                                  static_cast<std::int64_t>(inputs.size()), progress, stop);
  check.stopped = stop.stop_requested();
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (source[i].reason == FinishReason::cancelled || written[i].reason == FinishReason::cancelled) continue;
    ++check.rows;
    check.agreeing += source[i].text == written[i].text;
    check.exact_source += is_exact(o.task, inputs[i], expected[i], source[i].text);
    check.exact_written += is_exact(o.task, inputs[i], expected[i], written[i].text);
  }
  return check;
}

}  // namespace minnow
