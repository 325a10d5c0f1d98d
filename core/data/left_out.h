// LeftOut: rows whose label nobody stands for yet. They are neither trained on nor judged by, and that is said.
#pragma once

#include <cstdint>
#include <string>

#include "core/types/row.h"

namespace minnow {

struct LeftOut {
  bool include_unreviewed = false;  ///< rows that need review are taken all the same
  std::int64_t needs_review = 0, failed = 0;

  /// Whether a row in this state stays outside; counts it if so. What a teacher failed at is no label and always does.
  bool leaves(RowState state);
  /// "12 rows need review and are left out; …", which begins with `where` ("rows.jsonl: "); empty when there are none.
  std::string sentence(const std::string& where) const;
};

}  // namespace minnow
