// Row as JSON: one line of a project's data/rows.jsonl, of edits.jsonl, and of an exported file.
//   {"id":"12","input":"…","label":"{…}","state":"labelled","split":"train","system":"…","problems":[…],"provenance":"…","confidence":0.93}
// `label` is a string holding the answer's text, exactly as trained on. Empty members are left out, but id and input.
#pragma once

#include <string>

#include "core/io/json.h"
#include "core/types/row.h"

namespace minnow {

/// Inverse of to_string; "val", "dev" and "valid" are validation too. Throws Error(format) naming the value.
RowState row_state_from(const std::string& name);
Split split_from(const std::string& name);

Json row_to_json(const Row& row);

/// Members that aren't there keep Row's defaults, the state then follows from the label; others are passed over. Throws
/// Error(format), `subject` in front, when a member has the wrong type or the input is missing.
Row row_from_json(const Json& json, const std::string& subject);

/// A row's line in a file: row_to_json, compact.
std::string row_line(const Row& row);

}  // namespace minnow
