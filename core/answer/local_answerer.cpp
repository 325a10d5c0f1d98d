// Prompts by the one prompt function, answers by the one engine and the one reader.
#include "core/answer/local_answerer.h"

#include "core/generate/engine.h"
#include "core/model/loaded_model.h"

namespace minnow {

LocalAnswerer::LocalAnswerer(const LoadedModel& model, Side side) : model_(model) {
  folder_adapter_ = side == Side::tuned && model.adapter() != nullptr;
  if (folder_adapter_) adapter_ = model.adapter();
  system_ = recorded_instruction(folder_adapter_ ? *model.options().adapter : model.options().model).system;
  if (side == Side::untuned)
    own_ = std::make_unique<Prompter>(model.tokenizer(), model.prompter().chat_template(),
                                      default_style(model.options().model, std::nullopt));
}

LocalAnswerer::LocalAnswerer(const LoadedModel& model, PromptStyle untuned_style)
    : model_(model),
      own_(std::make_unique<Prompter>(model.tokenizer(), model.prompter().chat_template(), untuned_style)),
      system_(recorded_instruction(model.options().model).system) {}

LocalAnswerer::LocalAnswerer(const LoadedModel& model, const LoraSet& adapter) : model_(model), adapter_(&adapter) {}

const Prompter& LocalAnswerer::prompter() const { return own_ ? *own_ : model_.prompter(); }

std::string LocalAnswerer::name() const { return folder_name(model_.options().model); }

std::string LocalAnswerer::identity(std::stop_token stop) const {
  const LoadOptions& options = model_.options();
  std::string identity = folder_hash(options.model, stop);
  if (identity.empty()) return {};
  if (folder_adapter_) {
    const std::string adapter = folder_hash(*options.adapter, stop);
    if (adapter.empty()) return {};
    identity += "\n" + adapter;
  }
  if (chosen_template({options.model}, options.chat_template) == TemplateChoice::builtin) identity += "\nbuiltin";
  return identity + "\n" + to_string(prompter().style());
}

std::string LocalAnswerer::prompt_text(const std::vector<Message>& messages) const {
  return prompter().prompt_text(messages);
}

void LocalAnswerer::ask(const std::vector<AskRequest>& asked, const Task& task, const EngineOptions& engine,
                        const AnswerSink& sink, std::stop_token stop, GenerateStats* stats) const {
  if (asked.empty()) return;
  std::vector<GenerateRequest> requests;
  std::vector<StreamDecoder> streams;
  for (const AskRequest& one : asked) {
    GenerateRequest request;
    request.prompt_ids = prompter().prompt_ids(one.messages);
    request.max_new_tokens = one.max_new_tokens;
    request.sampling = one.sampling;
    requests.push_back(std::move(request));
    if (sink.on_text) streams.emplace_back(*model_.tokenizer(), true);
  }
  GenerateJob job;
  job.requests = &requests;
  job.options = engine;
  job.task = engine.constrain_json ? &task : nullptr;
  if (sink.on_text) {
    job.on_token = [&](std::size_t row, std::int32_t id) { sink.on_text(row, streams[row].push(id)); };
  }
  job.on_row = [&](std::size_t row, const Completion& done) {
    if (sink.on_answer) sink.on_answer(row, read_answer(task, *model_.tokenizer(), done));
  };
  job.on_progress = sink.on_progress;
  const EngineModel weights{&model_.weights(), adapter_, model_.stop_ids(), model_.tokenizer().get()};
  generate(weights, job, std::move(stop), stats);
}

}  // namespace minnow
