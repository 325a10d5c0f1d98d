// Folds, writes beside, renames.
#include "core/deploy/merge.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <map>
#include <new>

#include "core/deploy/folder_beside.h"
#include "core/io/file.h"
#include "core/io/lost_mapping.h"
#include "core/io/json.h"
#include "core/model/adapter_base.h"
#include "core/model/loaded_model.h"
#include "core/model/peft.h"
#include "core/model/save_model.h"
#include "core/text/chat_template.h"
#include "core/types/error.h"

namespace minnow {
namespace {

namespace fs = std::filesystem;

struct Stopped {};  // leaves save_model when the user stops; never seen outside of this file

void check_output(const MergeOptions& options, const fs::path& output) {
  for (const fs::path& source : {options.model, options.adapter}) {
    std::error_code missing;  // no such folder: opening it says so
    if (fs::equivalent(source, output, missing)) {
      throw Error(ErrorKind::usage, output.string() + " is read from; name another folder for the merged model",
                  output.string());
    }
  }
  if (!fs::exists(output)) return;
  if (!options.exist_ok) {
    throw Error(ErrorKind::usage,
                output.string() + " exists already; name another folder or allow it with --exist_ok true",
                output.string());
  }
  if (!fs::is_directory(output) || (!fs::is_empty(output) && !fs::exists(output / "config.json"))) {
    throw Error(ErrorKind::usage, output.string() + " isn't a model folder, so it isn't replaced", output.string());
  }
}

PromptStyle style_of(const MergeOptions& options) {
  const auto recorded = recorded_instruction(options.adapter).prompt_style;
  if (recorded && options.prompt_style && *recorded != *options.prompt_style) {
    throw Error(ErrorKind::unsupported,
                options.adapter.string() + ": the adapter was trained with prompt style '" + to_string(*recorded) +
                    "', '" + to_string(*options.prompt_style) +
                    "' was asked for; the merged model's answers would be wrong",
                options.adapter.string());
  }
  return recorded ? *recorded : options.prompt_style.value_or(PromptStyle::no_think);
}

/// <|im_end|>, which the student learnt, then the other ends that this tokenizer has.
std::vector<std::int32_t> ends_of(const Tokenizer& tokenizer, const Qwen3Config& config) {
  std::vector<std::int32_t> ends;
  const auto add = [&](std::int32_t id) {
    const bool there = id >= 0 && id < tokenizer.size();
    if (there && std::find(ends.begin(), ends.end(), id) == ends.end()) ends.push_back(id);
  };
  add(tokenizer.added_token_id("<|im_end|>").value_or(-1));
  for (const std::int32_t id : config.eos_token_ids) add(id);
  add(tokenizer.added_token_id("<|endoftext|>").value_or(-1));
  return ends;
}

void write_prompt_record(const fs::path& folder, const MergeOptions& options, PromptStyle style, std::stop_token stop) {
  Instruction instruction = recorded_instruction(options.adapter);
  instruction.prompt_style = style;
  instruction.chat_template.reset();  // the folder's own template is the one to use
  record_instruction(folder, instruction,
                     {{"base_model", options.model.string()},
                      {"adapter", options.adapter.string()},
                      {"adapter_sha256", folder_hash(options.adapter, stop)}});
  if (fs::exists(options.adapter / "args.json")) {
    write_file_atomic(folder / "args.json", read_file(options.adapter / "args.json"));
  }
}

/// Not worth failing for: without memory for it the merged folder is whole all the same.
Rounding rounding_of(const MergeOptions& options, const fs::path& written, PromptStyle style, TemplateChoice choice,
                     std::stop_token stop) {
  try {
    return measure_rounding({options.model, options.adapter, written, style, choice}, stop);
  } catch (const std::bad_alloc&) {
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::memory) throw;
  }
  if (options.note) options.note("how far the rounding moves the logits wasn't measured: there isn't enough memory");
  return {};
}

}  // namespace

MergeReport merge(const MergeOptions& options, const ProgressSink& progress, std::stop_token stop) {
  c10::NoGradGuard no_grad;
  const fs::path output = behind_links(without_slash(options.output));
  check_output(options, output);
  MergeReport report;
  report.folder = output;
  report.prompt_style = style_of(options);

  // The weights as they lie in the files: mapped, never rounded before the one rounding at the end.
  const Qwen3Config config = load_config(options.model);
  Qwen3Weights weights = load_weights(options.model, scalar_type_from(config.dtype), at::kCPU, options.note);
  const LoraSet lora = load_adapter(options.adapter, weights, options.note);
  if (const std::string other = other_base_sentence(options.adapter, options.model); !other.empty() && options.note)
    options.note(other);
  report.merged_modules = changed_modules(lora);
  const auto tokenizer = Tokenizer::load(options.model);
  const TemplateChoice choice = chosen_template({options.adapter, options.model}, options.chat_template);
  std::map<std::string, const LoraPair*> pair_of;
  lora.each([&](const LoraPair& pair, const std::string& name) { pair_of[name + ".weight"] = &pair; });

  SaveOptions save;
  save.dtype = scalar_type_from(options.dtype == "auto" ? config.dtype : options.dtype);
  save.shard_bytes = options.shard_bytes;
  save.tokenizer_from = options.model;
  save.chat_template = ChatTemplate::load(options.model, choice).text_for_merged(report.prompt_style);
  weights.config.eos_token_ids = ends_of(*tokenizer, config);
  save.ends = true;
  report.dtype = scalar_type_name(save.dtype);
  const auto total = static_cast<std::int64_t>(named_tensors(weights).size());
  std::int64_t done = 0;
  const TensorOf merged = [&](const std::string& name, const at::Tensor& weight) {
    if (stop.stop_requested()) throw Stopped();
    check_mappings();
    if (progress) progress({"merging", "tensors", ++done, total});
    report.bytes += weight.numel() * static_cast<std::int64_t>(at::elementSize(save.dtype));
    const auto found = pair_of.find(name);
    if (found == pair_of.end()) return weight;
    const LoraPair& pair = *found->second;
    return weight.to(at::kFloat).add(at::matmul(pair.B, pair.A), pair.scale);  // [out, r] x [r, in]
  };

  make_folders(output.parent_path());
  try {
    FolderBeside folder(output);
    save_model(folder.path(), weights, save, merged);
    write_prompt_record(folder.path(), options, report.prompt_style, stop);
    check_mappings();
    if (options.measure) report.rounding = rounding_of(options, folder.path(), report.prompt_style, choice, stop);
    if (stop.stop_requested()) throw Stopped();
    folder.commit();
  } catch (const Stopped&) {
    report.stopped = true;
  }
  return report;
}

}  // namespace minnow
