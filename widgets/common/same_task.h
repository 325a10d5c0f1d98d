// Whether two tasks ask for the same: a page that hears of changed settings leaves its views alone when they do.
#pragma once

#include <algorithm>

#include "core/types/task.h"

namespace minnow {

inline bool sameTask(const Task& a, const Task& b) {
  const auto sameField = [](const Field& x, const Field& y) {
    return x.key == y.key && x.kind == y.kind && x.description == y.description && x.may_be_empty == y.may_be_empty;
  };
  return a.name == b.name && a.concise_prompt == b.concise_prompt && a.detailed_prompt == b.detailed_prompt &&
         a.prompt_style == b.prompt_style &&
         std::equal(a.fields.begin(), a.fields.end(), b.fields.begin(), b.fields.end(), sameField);
}

}  // namespace minnow
