// Prompts by the one prompt function, answers by the one engine.
#include "core/teach/local_teacher.h"

#include <algorithm>
#include <chrono>

#include "core/data/options_json.h"
#include "core/evaluate/confidence.h"
#include "core/generate/engine.h"
#include "core/model/loaded_model.h"
#include "core/types/error.h"

namespace minnow {

namespace {

constexpr double kSecondThoughts = 0.7;  // temperature of a row that is asked again, as Qwen3 recommends for sampling

/// What a folder that Minnow merged was trained with: "system" of the args.json that came with the adapter.
std::string recorded_system(const std::filesystem::path& folder) {
  try {
    return train_options_from_json(read_json_file(folder / "args.json"), "args.json").system;
  } catch (const Error&) {
    return {};  // an adapter of another program's
  }
}

}  // namespace

std::string teacher_prompt(const Task& task, const std::filesystem::path& folder) {
  const bool tuned = std::filesystem::exists(folder / "minnow_prompt.json");
  if (tuned) {
    if (std::string system = recorded_system(folder); !system.empty()) return system;
  }
  const std::string& wanted = tuned ? task.concise_prompt : task.detailed_prompt;
  if (!wanted.empty()) return wanted;
  return tuned ? task.detailed_prompt : task.concise_prompt;
}

std::string teacher_name(const std::filesystem::path& folder) {
  return (folder.filename().empty() ? folder.parent_path().filename() : folder.filename()).string();
}

LocalTeacher::LocalTeacher(const LabelOptions& options) : options_(options), name_(teacher_name(options.teacher)) {
  if (options_.task.fields.empty()) throw Error(ErrorKind::usage, "the task has no fields to ask for", "task");
  LoadOptions load;
  prompt_ = teacher_prompt(options_.task, options_.teacher);
  load.model = options_.teacher;
  load.dtype = options_.dtype;
  load.device = options_.device;
  load.threads = options_.threads;
  load.prompt_style = options_.prompt_style;
  load.chat_template = options_.chat_template;
  load.note = options_.note;
  model_ = LoadedModel::open(load);
}

LocalTeacher::~LocalTeacher() = default;

std::vector<Message> LocalTeacher::conversation_for(const std::string& input) const {
  std::vector<Message> result;
  if (!prompt_.empty()) result.push_back({"system", prompt_});
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
                       std::stop_token stop, GenerateStats* stats, const std::vector<char>& again) const {
  const auto chance = static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count());
  std::vector<GenerateRequest> requests;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    GenerateRequest request;
    request.prompt_ids = model_->prompter().prompt_ids(conversation_for(inputs[i]));
    request.max_new_tokens = options_.max_new_tokens;
    request.sampling = options_.sampling;
    if (i < again.size() && again[i]) {
      if (request.sampling.temperature <= 0.0) request.sampling.temperature = kSecondThoughts;
      request.sampling.seed = chance + i;
    }
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
