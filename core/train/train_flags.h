// The command line of a training run: ms-swift's flag names to TrainOptions (facts 7). Pure; the names of settings come
// from core/data/options_json.h, so that files and flags can't drift apart.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/types/train_options.h"

namespace minnow {

struct TrainFlags {
  TrainOptions options;
  std::vector<std::string> given;                       ///< names of the settings that were given, '_' for '-'
  std::vector<std::string> notes;                       ///< accepted flags that have no meaning here, a sentence each
  std::map<std::string, std::vector<std::string>> own;  ///< the caller's flags that were given, with their values
  bool is_given(const std::string& name) const;
};

/// Reads `--name value…`, `--name=value` and a bare `--name` (true); '-' and '_' are the same inside names; a list
/// takes all values up to the next flag. Beside every setting under its own name: --dtype (torch_dtype, also f32 and
/// bf16),
/// --adapters and --init-adapter (init_adapter), --no-shuffle, --truncation_strategy, --recipe, which is applied before
/// the other flags wherever it stands. Flags of the reference that don't change the result here are accepted with a
/// note, with a value that would, refused. `own_names`: flags that the caller reads itself. Throws Error(usage) for an
/// unknown flag, naming the closest known one, a flag given twice, a value that doesn't fit or that no run can use, and
/// what Minnow doesn't do, with what to write instead.
TrainFlags parse_train_flags(const std::vector<std::string>& arguments, const TrainOptions& defaults,
                             const std::vector<std::string>& own_names = {});

/// What `swift sft --train_type lora` starts from (facts 7.1), with prompt style swift-3.5 and dropout 0.
TrainOptions swift_defaults();

/// parse_train_flags over swift_defaults(), with the accumulation that swift chooses when none is given:
/// 16 / per_device_train_batch_size, rounded up.
TrainFlags parse_sft_flags(const std::vector<std::string>& arguments, const std::vector<std::string>& own_names = {});

/// One line per setting: flag, default and what it is for, in the order of TrainOptions.
std::string train_flags_help(const TrainOptions& defaults);

}  // namespace minnow
