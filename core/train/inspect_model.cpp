// Looks into a model folder.
#include "core/train/inspect_model.h"

#include "core/io/safetensors.h"
#include "core/model/loaded_model.h"
#include "core/model/machine.h"
#include "core/text/chat_template.h"
#include "core/train/memory.h"
#include "core/types/error.h"
#include "core/types/train_options.h"

namespace minnow {
namespace {

// What the predictions are for: the batch that generate uses by default on a CPU, and rows as long as training takes.
constexpr std::int64_t run_batch = 32, run_tokens = 1024;

/// Weights are mapped in the type that they have, so that even a large folder opens at once.
void look_at_files(ModelFindings& found, TemplateChoice choice, const std::optional<std::filesystem::path>& adapter) {
  found.bytes = SafetensorsSet::open(found.folder).total_bytes();
  LoadOptions options;
  options.model = found.folder;
  options.device = "cpu";
  options.dtype = found.config->dtype == "float16" ? "auto" : found.config->dtype;
  options.chat_template = choice;
  options.adapter = adapter;
  options.note = [&found](const std::string& sentence) { found.notes.push_back(sentence); };
  const auto model = LoadedModel::open(options);
  found.chat_template = to_string(model->prompter().chat_template().kind());
  found.tokens = model->tokenizer()->size();
}

/// Whether it is the chat template that can't be used.
bool is_template_fault(const std::filesystem::path& folder) {
  try {
    Tokenizer::load(folder);
  } catch (const Error&) {
    return false;
  }
  try {
    ChatTemplate::load(folder);
  } catch (const Error&) {
    return true;
  }
  return false;
}

void predict(ModelFindings& found) {
  found.compute_dtype = machine("cpu").dtype;
  found.available_bytes = available_memory();
  const bool bf16 = found.compute_dtype == "bfloat16";
  found.run_bytes = predicted_generate_bytes(*found.config, bf16, run_batch, run_tokens);
  try {
    const TrainOptions options;
    found.train_bytes =
        plan_memory(*found.config, options, bf16, options.max_length, found.available_bytes).peak_bytes();
  } catch (const Error& e) {
    found.train_fault = e.what();
  }
}

}  // namespace

ModelFindings inspect_model(const std::filesystem::path& folder, TemplateChoice choice,
                            const std::optional<std::filesystem::path>& adapter) {
  ModelFindings found;
  found.folder = folder;
  try {
    found.config = load_config(folder);
    look_at_files(found, choice, adapter);
  } catch (const Error& e) {
    found.fault = e.what();
    found.error = e;
    found.template_refused = found.config && choice == TemplateChoice::automatic && is_template_fault(folder);
  }
  if (found.config) predict(found);
  return found;
}

}  // namespace minnow
