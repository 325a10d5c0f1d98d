// Import: a foreign file into rows, streamed. The format, the shape and the columns are found out, or given; a line
// that can't be read is set aside with its number and the reason, never dropped in silence and never the end of the
// import.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "core/data/record_reader.h"
#include "core/data/row_shape.h"
#include "core/types/message.h"
#include "core/types/progress.h"
#include "core/types/row.h"
#include "core/types/task.h"

namespace minnow {

/// Which column holds what. A label is one column, or one column per field of the task. Empty: there's none.
struct ColumnMapping {
  std::string input;
  std::string label;
  std::string system;
  std::string id;
  std::string split;
  std::vector<std::pair<std::string, std::string>> fields;  ///< field's key, column
  bool empty() const { return input.empty(); }
};

struct ImportOptions {
  std::optional<Container> container;  ///< not set: found out, as all of these
  std::optional<Encoding> encoding;
  char separator = 0;          ///< of a table
  std::optional<bool> header;  ///< of a table
  ColumnMapping mapping;
  const Task* task = nullptr;         ///< its keys and descriptions are looked for among the columns
  bool again = false;                 ///< into a project: rows that it has already are added once more
  std::size_t set_aside_kept = 1000;  ///< set-aside lines kept in the report; all are counted
  /// Gets every line that is set aside, with the beginning of its text (up to 4 KiB).
  std::function<void(const Problem&, const std::string& text)> on_set_aside;
};

struct ImportReport {
  FileFormat format;
  RowShape shape = RowShape::unknown;  ///< of the first readable row; unknown when a mapping was used
  ColumnMapping mapping;               ///< used, or empty where the shape says it all
  std::int64_t rows = 0;
  std::int64_t labelled = 0;
  std::int64_t already_there = 0;  ///< passed over, because the project has them already
  std::int64_t set_aside_count = 0;
  std::vector<Problem> set_aside;  ///< code "unreadable_row"; the first `set_aside_kept`
  std::vector<std::string> notes;  ///< sentences on what was guessed, passed over or read otherwise than it stands
  bool stopped = false;            ///< the stop token ended it; what was handed on counts
};

/// What an import would do, from the file's first records, for people to look at before they start it.
struct ImportPreview {
  FileFormat format;
  RowShape shape = RowShape::unknown;
  std::vector<std::string> columns;
  ColumnMapping mapping;  ///< the best guess where there are columns to map
  std::string unclear;    ///< a sentence when the guess needs a person; import_rows then refuses without a mapping
  std::vector<Row> rows;  ///< the first rows, read with that guess
  std::vector<Problem> set_aside;
  std::int64_t records = 0;  ///< in the whole file; estimated for large ones
  bool records_estimated = false;
  std::vector<std::string> notes;  ///< as ImportReport's, on what was read for this
};

/// Reads up to `count` rows. Throws Error(not_found), Error(io), Error(format).
ImportPreview preview_import(const std::filesystem::path& path, const ImportOptions& options, std::size_t count = 20);

/// Hands every row to `sink`, in file order: input, label, state, and, where the file has them, id, split and system
/// (left out when it is one of the task's own prompts). provenance is "import:file.csv:17". Progress is in bytes.
/// Memory doesn't grow with the file. Throws Error(not_found), Error(io), Error(format) for what isn't text,
/// Error(usage) when nobody can tell which column is the input, or for a mapping to a column that isn't there,
/// and Error(unsupported) for a pre-tokenised file (training takes it as it is).
ImportReport import_rows(const std::filesystem::path& path, const ImportOptions& options,
                         const std::function<void(Row&&)>& sink, const ProgressSink& progress = {},
                         std::stop_token stop = {});

/// The same for conversations of any number of rounds, as training reads them (a row of one round with a mapping or
/// without one is a conversation too). `state` is the row's own where the file says it. Throws as import_rows.
ImportReport import_conversations(const std::filesystem::path& path, const ImportOptions& options,
                                  const std::function<void(Conversation&&, RowState state)>& sink,
                                  const ProgressSink& progress = {}, std::stop_token stop = {});

}  // namespace minnow
