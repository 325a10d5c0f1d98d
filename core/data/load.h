// Rows for the trainer and the evaluator straight from a file, without a project.
#pragma once

#include <filesystem>
#include <stop_token>
#include <vector>

#include "core/data/left_out.h"
#include "core/data/row_shape.h"
#include "core/types/example.h"
#include "core/types/message.h"
#include "core/types/row.h"

namespace minnow {

/// Every row of a file of any format and text shape (facts: messages, sharegpt, alpaca, query/response, Minnow's rows,
/// tables, plain lines), in file order. A row without answer comes out ending with its question; a plain line is a
/// question. Rows that can't be read go to `set_aside` (code "unreadable_row", line and reason) and the rest is
/// returned; without `set_aside` the first of them is thrown as Error(data). With `outside`, rows are read to be learnt
/// or judged by: Minnow's rows that need review or that a teacher failed at, and rows marked not to be learnt, are
/// counted there and left out; rows with roles that no prompt has a place for are set aside; unused parts are counted.
/// `notes`: gets sentences on what was guessed or read otherwise than it stands, the file's name in front. Stopped: the
/// rows up to there. Throws also
/// Error(not_found), Error(io), Error(format), and Error(unsupported) for a pre-tokenised file.
std::vector<Conversation> load_conversations(const std::filesystem::path& path,
                                             std::vector<Problem>* set_aside = nullptr, const ColumnNames& columns = {},
                                             LeftOut* outside = nullptr, const std::stop_token& stop = {},
                                             std::vector<std::string>* notes = nullptr);

/// Whether the file's first readable row has "input_ids". For rows that are read more than once: throws Error(data) for
/// a pipe, and Error(not_found), Error(io), Error(format).
bool is_pretokenised(const std::filesystem::path& path);

/// Rows {"input_ids":[…],"labels":[…]} as they are: labels unshifted, -100 where nothing is learned. Throws Error(data)
/// naming file, line and both values for a row that isn't one: lengths differ, no ids, an id below 0, labels below -100
/// or between -99 and -1, a label that is neither -100 nor its own position's id. Stopped: the rows up to there.
std::vector<TokenizedExample> load_pretokenised(const std::filesystem::path& path, const std::stop_token& stop = {});

}  // namespace minnow
