// Which column of a table (or of unfamiliar JSON objects) is the input, the label, a field of the task: the guess that
// an import starts from, and reading a row by a mapping.
#pragma once

#include <string>
#include <vector>

#include "core/data/column_names.h"
#include "core/data/import.h"

namespace minnow {

struct MappingGuess {
  ColumnMapping mapping;
  std::string unclear;  ///< a sentence when a person should decide
};

/// The one column with a role, by name; empty if there is none, or several and none with the role's own name.
std::string column_with_role(const std::vector<std::string>& columns, ColumnRole role);

/// Judges by the columns' names (those that datasets use, the task's keys and descriptions), then by what the sample
/// records hold. `task` may be null.
MappingGuess guess_mapping(const std::vector<std::string>& columns, const std::vector<Json>& sample, const Task* task);

/// The row that a record is under a mapping: no input text means a reason in `problem`. The kinds of the task's fields,
/// where there is one, say how a cell stands in the label: a list as an array (value_shape.h's list_items), true and
/// false of any case as JSON's; all else as text.
Row mapped_row(const Json& record, const ColumnMapping& mapping, const Task* task, std::string& problem);

/// Columns of a record that the mapping doesn't name though somebody could have meant something by them, as phrases for
/// UnusedParts.
std::vector<std::string> unmapped_columns(const Json& record, const ColumnMapping& mapping);

/// The mark among the columns that the mapping doesn't name by which nothing of the record is to be learnt; empty
/// without one.
std::string unmapped_mark(const Json& record, const ColumnMapping& mapping);

/// The columns that a mapping names.
std::vector<std::string> named_columns(const ColumnMapping& mapping);

/// Throws Error(usage) if the mapping names a column that isn't among `columns`.
void check_mapping(const ColumnMapping& mapping, const std::vector<std::string>& columns, const std::string& file);

}  // namespace minnow
