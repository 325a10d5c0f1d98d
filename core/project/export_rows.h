// Rows taken along: as a table (CSV or TSV, one column per field of the task) or as JSON Lines of Minnow's rows.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <stop_token>
#include <string>

#include "core/types/progress.h"
#include "core/types/row_source.h"
#include "core/types/task.h"

namespace minnow {

enum class TableFormat { csv, tsv, jsonl };

/// Writes all rows of `rows` atomically; returns how many. A CSV begins with a byte order mark, without which
/// spreadsheets misread Chinese. After a stop no file is there and the result is -1. Throws Error(io),
/// Error(disk_full), Error(read_only).
std::int64_t export_rows(const RowSource& rows, const Task& task, TableFormat format, const std::filesystem::path& file,
                         const ProgressSink& progress = {}, std::stop_token stop = {});

/// The rows at some places of `rows`, as text with a header line. Tabs and line breaks inside cells of a TSV become
/// blanks, since a spreadsheet takes them for borders.
std::string rows_text(const RowSource& rows, const Task& task, TableFormat format, std::span<const std::int64_t> at);

}  // namespace minnow
