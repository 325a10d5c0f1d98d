// Rows in and out of files for the commands about data: synth, import, audit, split.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "app/cli/context.h"
#include "core/data/left_out.h"
#include "core/types/row.h"
#include "core/types/task.h"

namespace minnow::cli {

enum class RowFormat { messages, rows };

/// --format messages|rows.
void add_format_option(CLI::App& command, RowFormat& format);

/// --include_unreviewed: rows that need review go into messages files too.
void add_unreviewed_option(CLI::App& command, bool& include);

/// Says on stderr which rows stay outside and why, if any do.
void tell(const LeftOut& outside);

/// One line of a file: {"messages":[system, user, assistant]} with the row's own system prompt or else the concise one
/// of `task` (none where both are empty; no assistant without a label), or Minnow's row.
std::string line_of(const Row& row, RowFormat format, const Task& task);

/// Writes lines atomically to a file, or to stdout for "-".
class RowOutput {
 public:
  /// Throws as core/io's AtomicFile.
  explicit RowOutput(const std::filesystem::path& path);
  ~RowOutput();
  void line(const std::string& text);
  void commit();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace minnow::cli
