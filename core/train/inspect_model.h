// What a model folder holds, whether it is whole, and what it would take to run and to train it here. Torch-free
// header.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/model/config.h"
#include "core/types/error.h"
#include "core/types/task.h"

namespace minnow {

struct ModelFindings {
  std::filesystem::path folder;
  std::optional<Qwen3Config> config;  ///< nothing when config.json can't be used; then `fault` says why
  std::uint64_t bytes = 0;            ///< of the tensors in the files
  std::string fault;                  ///< why it isn't whole or isn't a dense Qwen3; empty when it can be used
  std::optional<Error> error;         ///< the fault with its kind and hint
  std::vector<std::string> notes;     ///< what of the files is guessed or ignored
  bool template_refused = false;      ///< the fault is the chat template, which TemplateChoice::builtin passes over
  std::string chat_template;          ///< "hybrid", …
  std::int32_t tokens = 0;            ///< of the tokenizer
  std::string compute_dtype;          ///< what the predictions are for: the faster type on this machine
  std::int64_t run_bytes = 0;         ///< predicted peak of decoding 32 rows of 1,024 tokens
  std::int64_t train_bytes = 0;      ///< predicted peak of LoRA with rows of up to 2,048 tokens; 0 where it doesn't fit
  std::string train_fault;           ///< why it doesn't
  std::int64_t available_bytes = 0;  ///< memory that could be had when this was asked
};

/// Never throws for what is wrong with the folder: that is `fault`. Opens headers and tokenizer, maps weights, reads
/// no more of them than a head that isn't used. Throws Error(device) as machine() does.
/// With an adapter its files are opened, too.
ModelFindings inspect_model(const std::filesystem::path& folder, TemplateChoice choice = TemplateChoice::automatic,
                            const std::optional<std::filesystem::path>& adapter = {});

/// How a predicted peak sits in what is there.
enum class Fits { comfortable, tight, too_large };
inline Fits fits(std::int64_t needed, std::int64_t available) {
  // A third stays for the system, its file cache and other programs before it is called comfortable.
  if (needed <= 0 || needed > available) return Fits::too_large;
  return needed <= available / 3 * 2 ? Fits::comfortable : Fits::tight;
}

}  // namespace minnow
