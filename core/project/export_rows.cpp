// Columns: id, input, the task's fields, split, state, problems. A label that is no object stands in the first field.
#include "core/project/export_rows.h"

#include <algorithm>

#include "core/data/row_json.h"
#include "core/io/file.h"
#include "core/io/json.h"
#include "core/types/error.h"

namespace minnow {
namespace {

std::string cell(const std::string& text, TableFormat format) {
  if (format == TableFormat::tsv) {
    std::string plain = text;
    std::replace_if(
        plain.begin(), plain.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
    return plain;
  }
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

std::vector<std::string> field_values(const Row& row, const Task& task) {
  std::vector<std::string> values(task.fields.size());
  if (row.label.empty() || values.empty()) return values;
  try {
    const Json label = parse_json(row.label, "label");
    if (label.is_object()) {
      for (std::size_t i = 0; i < values.size(); ++i) {
        const auto found = label.find(task.fields[i].key);
        if (found != label.end()) values[i] = shown_json(*found);
      }
      return values;
    }
  } catch (const Error&) {
    // not JSON: taken along as it is
  }
  values[0] = row.label;
  return values;
}

std::string joined(const std::vector<std::string>& cells, TableFormat format) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line += format == TableFormat::tsv ? '\t' : ',';
    line += cell(cells[i], format);
  }
  return line + (format == TableFormat::csv ? "\r\n" : "\n");
}

std::string header(const Task& task, TableFormat format) {
  if (format == TableFormat::jsonl) return {};
  std::vector<std::string> cells{"id", "input"};
  for (const Field& field : task.fields) cells.push_back(field.key);
  cells.insert(cells.end(), {"split", "state", "problems"});
  return joined(cells, format);
}

std::string line_of(const Row& row, const Task& task, TableFormat format) {
  if (format == TableFormat::jsonl) return row_line(row) + "\n";
  std::vector<std::string> cells{row.id, row.input};
  for (std::string& value : field_values(row, task)) cells.push_back(std::move(value));
  std::string problems;
  for (const Problem& problem : row.problems) problems += (problems.empty() ? "" : "; ") + problem.code;
  cells.insert(cells.end(), {to_string(row.split), to_string(row.state), problems});
  return joined(cells, format);
}

}  // namespace

std::int64_t export_rows(const RowSource& rows, const Task& task, TableFormat format, const std::filesystem::path& file,
                         const ProgressSink& progress, std::stop_token stop) {
  AtomicFile out(file);
  if (format == TableFormat::csv) out.write("\xEF\xBB\xBF");
  out.write(header(task, format));
  std::int64_t written = 0;
  for (;; written += kRowsPerPage) {
    if (stop.stop_requested()) return -1;  // the unfinished file goes
    if (progress) progress({"saving rows", "rows", written, rows.count()});
    const std::vector<Row> page = rows.rows(written, kRowsPerPage);
    for (const Row& row : page) out.write(line_of(row, task, format));
    if (static_cast<std::int64_t>(page.size()) < kRowsPerPage) {
      written += static_cast<std::int64_t>(page.size());
      break;
    }
  }
  out.commit();
  return written;
}

std::string rows_text(const RowSource& rows, const Task& task, TableFormat format, std::span<const std::int64_t> at) {
  std::string text = header(task, format);
  for (const std::int64_t place : at) {
    for (const Row& row : rows.rows(place, 1)) text += line_of(row, task, format);
  }
  return text;
}

}  // namespace minnow
