// TrainOptions as JSON, each setting under the name that ms-swift 3.5 gives it: the recipe in minnow.json and a run's
// args.json. Values are the plain ones: numbers, true and false, strings, lists of strings, null for what isn't set.
#pragma once

#include <string>
#include <vector>

#include "core/io/json.h"
#include "core/types/train_options.h"

namespace minnow {

/// Every setting, in the order of TrainOptions.
Json train_options_to_json(const TrainOptions& options);

/// The defaults overridden by what `json` has. Keys that aren't settings are left alone and named in `unknown` if given
/// (a swift args.json has hundreds). Throws Error(format), `subject` in front, for a value of the wrong type or an
/// unknown word, naming key, value and what is wanted.
TrainOptions train_options_from_json(const Json& json, const std::string& subject,
                                     std::vector<std::string>* unknown = nullptr, TrainOptions defaults = {});

}  // namespace minnow
