// LeftOut: rows that are neither trained on nor judged by, since nobody stands for their label or since they are marked
// so, and parts of rows that are used as nothing. All of it is said.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/data/unused_parts.h"
#include "core/types/row.h"

namespace minnow {

struct LeftOut {
  bool include_unreviewed = false;  ///< rows that need review are taken all the same
  std::int64_t needs_review = 0, failed = 0;
  std::map<std::string, std::int64_t> marked{};  ///< rows none of whose answers is to be learnt, by their mark
  UnusedParts unused{};

  /// Whether a row in this state stays outside; counts it if so. What a teacher failed at is no label and always does.
  bool leaves(RowState state);
  /// The same of a row whose mark says that nothing of it is to be learnt ("'loss': false"); an empty mark is none.
  bool leaves_marked(const std::string& mark);
  /// "12 rows need review and are left out; …", which begins with `where` ("rows.jsonl: "); empty when there are none.
  std::string sentence(const std::string& where) const;
  /// That sentence, the marked rows' and the unused parts', as far as there are any.
  std::vector<std::string> sentences(const std::string& where) const;
};

/// "rows.jsonl: 7 rows can't be read or used and are left out; the first: rows.jsonl:3: …" of rows that were set aside in
/// `file`; empty when there are none.
std::string set_aside_sentence(const std::string& file, const std::vector<Problem>& set_aside);

}  // namespace minnow
