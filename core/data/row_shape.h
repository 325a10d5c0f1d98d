// What a JSON object of a dataset means: the row shapes that the reference trainer reads (messages, sharegpt pairs,
// alpaca, query/response), Minnow's own rows and pre-tokenised ones. Column names count in lower case; a column that
// already has a role's own name wins, otherwise two columns that could both have the role leave it open (ms-swift 3.5's
// rules).
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/io/json.h"
#include "core/types/message.h"
#include "core/types/row.h"

namespace minnow {

enum class RowShape { messages, sharegpt_pairs, alpaca, query_response, own_row, pretokenised, plain_line, unknown };
const char* to_string(RowShape shape);  ///< "messages", "sharegpt pairs", "alpaca", …

/// Column names to change before anything else, as swift's --columns: {"question_text": "query"}.
using ColumnNames = std::map<std::string, std::string>;

/// The object with its columns renamed; a name that is taken already stays with its owner.
Json renamed(Json row, const ColumnNames& names);

/// Which shape an object has, by its columns alone.
RowShape row_shape(const Json& row);

/// A row's messages, or why there are none.
struct ReadRow {
  std::optional<Conversation> conversation;
  std::string problem;                  ///< a sentence when there is no conversation
  RowState state = RowState::labelled;  ///< as a row of Minnow's own says it
  std::string mark;                 ///< the row has answers, none of which is to be learnt: the mark that says so
  std::string unusable;             ///< it reads, but can't be trained on or asked: a sentence with the file's own words
  std::vector<std::string> unused;  ///< parts that are neither question, prompt nor answer (unused_parts.h)
};

/// Reads a row of any shape but pretokenised. Roles come out as user, assistant, system, tool, tool_call and
/// tool_response. An answer given as a list of texts is one of them, chosen by `line`, so that the same file reads the
/// same every time. An answer given as an object, or as another list, is its JSON text, spelled as Python's json.dumps
/// spells it. Answers that are marked not to be learnt (learning_marks.h) have Message::learnt false; what stands
/// behind the last one that is to be learnt is cut off.
ReadRow read_row(const Json& row, std::int64_t line);

}  // namespace minnow
