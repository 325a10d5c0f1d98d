// A task guessed from a file of rows, for a person to look at and change before a project is made of it: which column
// holds the text to read, which ones are fields of the answer, and what kind each is, by the columns' names and all of
// their values.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/data/import.h"
#include "core/types/progress.h"
#include "core/types/task.h"

namespace minnow {

struct TaskGuess {
  Task task;                         ///< the file's name and the fields; prompts are empty
  std::vector<std::string> columns;  ///< of a table or of flat JSON objects
  /// What an import of the file needs: the text to read, and a column per field. Empty where the rows' shape says it all
  /// (conversations, questions with a JSON answer); then the fields are the keys of those answers.
  ColumnMapping mapping;
  std::optional<bool> header;        ///< of a table
  bool chinese = false;              ///< most texts to read hold Chinese characters: the prompts' language
  std::vector<std::vector<std::string>> examples;  ///< per field up to three of its values, the most frequent first
  std::int64_t rows = 0;                           ///< that could be read
  std::vector<std::string> left_out;               ///< columns that only number the rows; no fields
  std::string note;  ///< a sentence where there is something to say: no fields, lines that can't be read
};

/// Reads the whole file once or twice. `input`: the column of the text to read, where a person has named it. Fields of
/// columns have a key in snake_case where the name is ASCII (the name is the description then). Kinds: yes_no for a known
/// pair of words or JSON's true and false; list for arrays and for texts that separators cut into recurring items, phone,
/// date, number, places by their values; a person's name by the column's name; choice for at most 20 values that recur,
/// or 8 where all stand in the text; verbatim where the values stand in the text; else text. Stopped: an empty guess. Throws as import_rows does, and
/// Error(usage) for a column that isn't there and for a pipe.
TaskGuess guess_task(const std::filesystem::path& path, const std::string& input = {},
                     const ProgressSink& progress = {}, std::stop_token stop = {});

}  // namespace minnow
