// Merging: a LoRA adapter folded into its base model (facts 6.5), as a complete Hugging Face folder that every Qwen3
// runtime opens. Torch-free header.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

#include "core/deploy/rounding.h"
#include "core/types/progress.h"
#include "core/types/task.h"

namespace minnow {

struct MergeOptions {
  std::filesystem::path model;
  std::filesystem::path adapter;
  std::filesystem::path output;              ///< the folder to make; its parent must exist or can be made
  std::string dtype = "auto";                ///< of the written weights: "auto" (as in the model's files), "bfloat16", …
  std::optional<PromptStyle> prompt_style;   ///< nothing: as the adapter records, else no_think
  std::optional<TemplateChoice> chat_template;  ///< nothing: as the adapter or model records, else automatic
  bool measure = true;                       ///< compare the logits before and after the rounding
  NoteSink note;                             ///< what of the files is guessed or ignored; an adapter without effect
  bool exist_ok = false;                     ///< replace an earlier model folder of that name
  std::int64_t shard_bytes = std::int64_t{5} << 30;  ///< ms-swift's limit for one file
};

struct MergeReport {
  bool stopped = false;             ///< the user stopped it: nothing was written
  std::filesystem::path folder;
  PromptStyle prompt_style = PromptStyle::no_think;
  std::string dtype;
  std::int64_t merged_modules = 0;  ///< linear layers that the adapter changed; 0: it has no effect
  std::int64_t bytes = 0;           ///< of the weights written
  Rounding rounding;                ///< what rounding them did
};

/// W + scale * B A for each adapted layer, in f32 and rounded once; everything else as it is, with config, tokenizer and
/// a chat template whose default generation prompt is the trained one, and <|im_end|> named as the end of an answer in
/// every file that names one. The style stands in minnow_prompt.json too. A link to the folder stays a link.
/// The folder is written beside its final name and renamed: it is there whole or not at all.
/// Throws Error(usage) when `output` exists (without exist_ok), isn't a model folder, or is `model` or `adapter`;
/// Error(unsupported) when another style is asked for than the adapter records; and what opening and writing throw.
MergeReport merge(const MergeOptions& options, const ProgressSink& progress = {}, std::stop_token stop = {});

/// Where `swift export` would put the merged folder: "<checkpoint>-merged" beside it.
std::filesystem::path merged_folder_of(const std::filesystem::path& checkpoint);

/// The absolute path without a slash at its end.
std::filesystem::path without_slash(const std::filesystem::path& path);

}  // namespace minnow
