// The marks by which tools say that an answer or a whole row isn't to be learnt: `loss` and `loss_scale` (ms-swift,
// XTuner), `weight` (OpenAI), `train` and `training` (axolotl), `kto_tag` and a boolean `label` (KTO data), masks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/io/json.h"
#include "core/types/message.h"

namespace minnow {

/// What the marks of one object say together. One that says "not" wins over others.
struct LearningMark {
  enum class Says { nothing, learn, leave, unclear };
  Says says = Says::nothing;
  std::string shown;      ///< the mark that decided, as in the file: "'loss': false"
  bool fraction = false;  ///< a weight other than 0 and 1, which counts as 1 here
};

/// Marks inside a message. `unclear`: a mark of a form that can't be obeyed (a list of spans, a word).
LearningMark message_mark(const Json& message);

/// Marks of a whole row; `label` counts as one where it isn't the answer. A list with one value per message, or per
/// answer, is written into `messages`. `unclear`: a list of another length.
LearningMark row_mark(const Json& row, bool label_is_answer, std::vector<Message>& messages);

/// Whether a column of this name (lower case) with this value is a mark, so that it isn't an unused column.
bool is_row_mark(std::string_view lower_case_name, const Json& value, bool label_is_answer);

}  // namespace minnow
