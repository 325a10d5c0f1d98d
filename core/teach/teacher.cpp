// Prompts, keys and seeds around an Answerer.
#include "core/teach/teacher.h"

#include <chrono>

#include "core/answer/local_answerer.h"
#include "core/io/file.h"
#include "core/model/loaded_model.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr double kSecondThoughts = 0.7;  // temperature of a row that is asked again, as Qwen3 recommends for sampling

/// A number that only the input decides.
std::uint64_t number_of(const std::string& input) { return std::stoull(sha256_hex(input).substr(0, 15), nullptr, 16); }

}  // namespace

std::string teacher_prompt(const Task& task, const std::filesystem::path& folder) {
  const Instruction instruction = recorded_instruction(folder);
  if (instruction.system) return *instruction.system;
  const bool tuned = std::filesystem::exists(folder / "minnow_prompt.json");
  const std::string& wanted = tuned ? task.concise_prompt : task.detailed_prompt;
  if (!wanted.empty()) return wanted;
  return tuned ? task.detailed_prompt : task.concise_prompt;
}

Teacher::Teacher(const LabelOptions& options) : options_(options) {
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
  answerer_ = std::make_unique<LocalAnswerer>(*model_, LocalAnswerer::Side::tuned);
}

Teacher::~Teacher() = default;

std::vector<Message> Teacher::messages_for(const std::string& input) const {
  std::vector<Message> result;
  if (!prompt_.empty()) result.push_back({"system", prompt_});
  result.push_back({"user", input});
  return result;
}

std::string Teacher::prompt_text(const std::string& input) const { return answerer_->prompt_text(messages_for(input)); }

bool Teacher::identify(std::stop_token stop) {
  identity_ = answerer_->identity(std::move(stop));
  return !identity_.empty();
}

std::string Teacher::key(const std::string& input) const {
  return sha256_hex(identity_ + "\n" + prompt_ + "\n" + input);
}

void Teacher::ask(const std::vector<std::string>& inputs, const Sink& sink, const ProgressSink& progress,
                  std::stop_token stop, GenerateStats* stats, const std::vector<char>& again) const {
  const auto chance = static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count());
  std::vector<AskRequest> requests;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    AskRequest request{messages_for(inputs[i]), options_.max_new_tokens, options_.sampling};
    request.sampling.seed += number_of(inputs[i]);
    if (i < again.size() && again[i]) {
      if (request.sampling.temperature <= 0.0) request.sampling.temperature = kSecondThoughts;
      request.sampling.seed = chance + i;
    }
    requests.push_back(std::move(request));
  }
  AnswerSink each;
  each.on_answer = [&](std::size_t i, Answer&& answer) {
    if (answer.reason != FinishReason::cancelled) sink(i, std::move(answer));
  };
  each.on_progress = progress;
  answerer_->ask(requests, options_.task, options_.engine, each, std::move(stop), stats);
}

}  // namespace minnow
