// One pass over the records; the plan for it is made from the first of them, read separately.
#include "core/data/import.h"

#include <algorithm>

#include "core/data/column_mapping.h"
#include "core/data/column_names.h"
#include "core/data/row_json.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr std::size_t plan_records = 50;

/// How the file will be read: by its rows' shape, or by a mapping of columns.
struct Plan {
  FileFormat format;
  RowShape shape = RowShape::unknown;
  std::vector<std::string> columns;
  ColumnMapping mapping;  // in use if not empty
  std::string unclear;
};

/// Names that mark a table's first record as its header: the task's fields and the columns that were asked for.
std::vector<std::string> known_names(const ImportOptions& options) {
  std::vector<std::string> names;
  for (const std::string& column : named_columns(options.mapping)) names.push_back(lower_case(column));
  if (options.task == nullptr) return names;
  for (const Field& field : options.task->fields) {
    names.push_back(lower_case(field.key));
    if (!field.description.empty()) names.push_back(lower_case(field.description));
  }
  return names;
}

/// The first readable records, and the columns they have between them, in the order of appearance.
std::vector<Json> first_records(const std::filesystem::path& path, const FileFormat& format,
                                std::vector<std::string>& columns) {
  std::vector<Json> sample;
  const auto records = open_records(path, format);
  Record record;
  while (sample.size() < plan_records && records->next(record)) {
    if (!record.problem.empty()) continue;
    for (const auto& item : record.value.items()) {
      if (std::find(columns.begin(), columns.end(), item.key()) == columns.end()) columns.push_back(item.key());
    }
    sample.push_back(std::move(record.value));
  }
  return sample;
}

/// Whether columns named after the task's fields carry the label, so that the usual shapes don't apply.
bool has_field_columns(const MappingGuess& guess, const Task* task) {
  return task != nullptr && guess.mapping.fields.size() * 2 >= task->fields.size() && !guess.mapping.fields.empty();
}

Plan make_plan(const std::filesystem::path& path, const ImportOptions& options) {
  Plan plan;
  plan.format = detect_format(
      path, {options.container, options.encoding, {options.separator, options.header, known_names(options)}});
  plan.columns = plan.format.csv.columns;
  const auto sample = first_records(path, plan.format, plan.columns);
  if (!sample.empty()) plan.shape = row_shape(sample.front());
  if (plan.shape == RowShape::pretokenised) {
    throw Error(ErrorKind::unsupported,
                path.string() + ": its rows are pre-tokenised and have no text; train on the file itself",
                path.string());
  }
  if (!options.mapping.empty()) {
    check_mapping(options.mapping, plan.columns, path.filename().string());
    plan.mapping = options.mapping;
    plan.shape = RowShape::unknown;
    return plan;
  }
  const bool by_columns = plan.shape == RowShape::query_response || plan.shape == RowShape::own_row;
  if (sample.empty() || (!by_columns && plan.shape != RowShape::unknown)) return plan;
  const MappingGuess guess = guess_mapping(plan.columns, sample, options.task);
  const bool no_question = column_with_role(plan.columns, ColumnRole::query).empty();
  if (plan.shape == RowShape::unknown || no_question || !guess.unclear.empty() ||
      has_field_columns(guess, options.task)) {
    plan.mapping = guess.mapping;
    plan.unclear = guess.unclear;
    plan.shape = RowShape::unknown;
  }
  return plan;
}

/// The row that a conversation of one question and perhaps one answer is, or why it isn't one.
Row row_of(const Conversation& conversation, std::string& problem) {
  Row row;
  std::size_t at = 0;
  const auto& messages = conversation.messages;
  if (messages[0].role == "system") row.system = messages[at++].content;
  if (at < messages.size() && messages[at].role == "user") row.input = messages[at++].content;
  if (at < messages.size() && messages[at].role == "assistant") row.label = messages[at++].content;
  if (at < messages.size()) {
    problem = "the row has " + std::to_string(messages.size()) + " messages; a row here is one question and its answer";
  } else if (trimmed(row.input).empty()) {
    problem = "the row has no text to read";
  }
  return row;
}

Row read_one(const Json& record, std::int64_t line, const Plan& plan, std::string& problem) {
  if (!plan.mapping.empty()) return mapped_row(record, plan.mapping, problem);
  const ReadRow read = read_row(record, line);
  if (!read.conversation) {
    problem = read.problem;
    return {};
  }
  Row row = row_of(*read.conversation, problem);
  if (row_shape(record) != RowShape::own_row || !record.contains("input")) return row;
  try {  // Minnow's own rows also know their id, state and split
    const Row own = row_from_json(record, "row");
    row.id = own.id;
    row.split = own.split;
    row.state = own.state;
    row.provenance = own.provenance;
  } catch (const Error& error) {
    problem = error.what();
  }
  return row;
}

/// What every row gets, however it was read.
void finish(Row& row, const ImportOptions& options, const std::string& place) {
  if (options.task != nullptr &&
      (row.system == options.task->concise_prompt || row.system == options.task->detailed_prompt)) {
    row.system.clear();
  }
  if (row.label.empty()) {
    row.state = row.state == RowState::failed ? RowState::failed : RowState::unlabelled;
  } else if (row.state == RowState::unlabelled) {
    row.state = RowState::labelled;
  }
  if (row.provenance.empty()) row.provenance = "import:" + place;
}

}  // namespace

ImportPreview preview_import(const std::filesystem::path& path, const ImportOptions& options, std::size_t count) {
  const Plan plan = make_plan(path, options);
  ImportPreview preview{plan.format, plan.shape, plan.columns, plan.mapping, plan.unclear, {}, {}};
  const auto records = open_records(path, plan.format);
  Record record;
  while (preview.rows.size() < count && preview.set_aside.size() < count && records->next(record)) {
    const std::string place = path.filename().string() + ":" + std::to_string(record.line);
    std::string problem = record.problem;
    Row row;
    if (problem.empty()) row = read_one(record.value, record.line, plan, problem);
    if (problem.empty()) {
      finish(row, options, place);
      preview.rows.push_back(std::move(row));
    } else {
      preview.set_aside.push_back({"unreadable_row", "", place + ": " + problem, record.line});
    }
  }
  return preview;
}

ImportReport import_rows(const std::filesystem::path& path, const ImportOptions& options,
                         const std::function<void(Row&&)>& sink, const ProgressSink& progress, std::stop_token stop) {
  const Plan plan = make_plan(path, options);
  if (!plan.unclear.empty()) {
    throw Error(ErrorKind::usage,
                path.string() + ": " + plan.unclear +
                    "; name the columns with --input-column and --label-column, or one --field KEY=COLUMN a field",
                path.string());
  }
  ImportReport report;
  report.format = plan.format;
  report.shape = plan.shape;
  report.mapping = plan.mapping;
  const std::string file = path.filename().string();
  const auto records = open_records(path, plan.format);
  Record record;
  std::int64_t seen = 0;
  const auto tell = [&] {
    if (progress) {
      progress({"importing " + file, "bytes", static_cast<std::int64_t>(records->bytes_read()),
                static_cast<std::int64_t>(records->bytes_total())});
    }
  };
  while (records->next(record)) {
    if (stop.stop_requested()) {
      report.stopped = true;
      break;
    }
    if (++seen % 1000 == 0) tell();
    const std::string place = file + ":" + std::to_string(record.line);
    std::string problem = record.problem;
    Row row;
    if (problem.empty()) row = read_one(record.value, record.line, plan, problem);
    if (problem.empty()) {
      finish(row, options, place);
      ++report.rows;
      report.labelled += row.label.empty() ? 0 : 1;
      sink(std::move(row));
      continue;
    }
    ++report.set_aside_count;
    Problem set_aside{"unreadable_row", "", place + ": " + problem, record.line};
    if (options.on_set_aside)
      options.on_set_aside(set_aside, record.raw.empty() ? beginning_of(dump_json(record.value)) : record.raw);
    if (report.set_aside.size() < options.set_aside_kept) report.set_aside.push_back(std::move(set_aside));
  }
  tell();
  return report;
}

}  // namespace minnow
