// Prompts by the one prompt function, answers by the one engine.
#include "core/teach/local_teacher.h"

#include <algorithm>

#include "core/evaluate/confidence.h"
#include "core/generate/engine.h"
#include "core/model/loaded_model.h"
#include "core/types/error.h"

namespace minnow {

const std::string& teacher_prompt(const Task& task) {
  return task.detailed_prompt.empty() ? task.concise_prompt : task.detailed_prompt;
}

std::string teacher_name(const std::filesystem::path& folder) {
  return (folder.filename().empty() ? folder.parent_path().filename() : folder.filename()).string();
}

LocalTeacher::LocalTeacher(const LabelOptions& options) : options_(options), name_(teacher_name(options.teacher)) {
  if (options_.task.fields.empty()) throw Error(ErrorKind::usage, "the task has no fields to ask for", "task");
  LoadOptions load;
  load.model = options_.teacher;
  load.dtype = options_.dtype;
  load.device = options_.device;
  load.threads = options_.threads;
  load.prompt_style = options_.prompt_style;
  model_ = LoadedModel::open(load);
}

LocalTeacher::~LocalTeacher() = default;

std::vector<Message> LocalTeacher::conversation_for(const std::string& input) const {
  std::vector<Message> result;
  if (!teacher_prompt(options_.task).empty()) result.push_back({"system", teacher_prompt(options_.task)});
  result.push_back({"user", input});
  return result;
}

std::string LocalTeacher::prompt_text(const std::string& input) const {
  return model_->prompter().prompt_text(conversation_for(input));
}

TeacherAnswer LocalTeacher::answer_of(const Completion& done) const {
  std::vector<std::int32_t> ids = done.ids;
  if (done.reason == FinishReason::stop && !ids.empty()) ids.pop_back();
  TeacherAnswer answer;
  answer.text = model_->tokenizer()->decode(ids, true);
  answer.cut = done.reason == FinishReason::length;
  answer.tokens = static_cast<std::int64_t>(done.ids.size());
  std::vector<std::string> bytes;
  for (const std::int32_t id : ids) bytes.push_back(model_->tokenizer()->token_bytes(id));
  std::vector<float> logprobs = done.logprobs;
  logprobs.resize(std::min(logprobs.size(), ids.size()));
  answer.confidence = value_confidence(options_.task, bytes, logprobs);
  return answer;
}

void LocalTeacher::ask(const std::vector<std::string>& inputs, const AnswerSink& sink, const ProgressSink& progress,
                       std::stop_token stop, GenerateStats* stats) const {
  std::vector<GenerateRequest> requests;
  for (const std::string& input : inputs) {
    GenerateRequest request;
    request.prompt_ids = model_->prompter().prompt_ids(conversation_for(input));
    request.max_new_tokens = options_.max_new_tokens;
    request.sampling = options_.sampling;
    requests.push_back(std::move(request));
  }
  GenerateJob job;
  job.requests = &requests;
  job.options = options_.engine;
  job.task = options_.engine.constrain_json ? &options_.task : nullptr;
  job.on_row = [&](std::size_t i, const Completion& done) {
    if (done.reason != FinishReason::cancelled) sink(i, answer_of(done));
  };
  job.on_progress = progress;
  generate(*model_, model_->adapter(), job, std::move(stop), stats);
}

}  // namespace minnow
