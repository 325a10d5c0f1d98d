// One pass over the records; the plan for it is made from the first of them, read separately.
#include "core/data/import.h"

#include <algorithm>

#include "core/data/column_mapping.h"
#include "core/data/column_names.h"
#include "core/data/conversation.h"
#include "core/data/row_json.h"
#include "core/data/unused_parts.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr std::size_t plan_records = 50;
constexpr std::uint64_t counted_bytes = std::uint64_t{8} << 20;  // of a file whose records a preview counts

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
std::vector<Json> first_records(const InputFile& file, const FileFormat& format,
                                std::vector<std::string>& columns) {
  std::vector<Json> sample;
  const auto records = open_records(file, format);
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

Plan make_plan(const InputFile& file, const ImportOptions& options) {
  const std::filesystem::path& path = file.path();
  Plan plan;
  plan.format = detect_format(
      file, {options.container, options.encoding, {options.separator, options.header, known_names(options)}});
  plan.columns = plan.format.csv.columns;
  const auto sample = first_records(file, plan.format, plan.columns);
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

/// The part of a split that a row of any shape says it belongs to; none where its "split" is something else.
Split split_of(const Json& record) {
  const auto split = record.find("split");
  if (split == record.end() || !split->is_string()) return Split::none;
  try {
    return split_from(lower_case(trimmed(split->get_ref<const std::string&>())));
  } catch (const Error&) {
    return Split::none;
  }
}

std::string not_learnt(const std::string& mark) { return "the answer is marked not to be learnt (" + mark + ")"; }

Row read_one(const Json& record, std::int64_t line, const Plan& plan, const Task* task, std::string& problem,
             UnusedParts& unused) {
  if (!plan.mapping.empty()) {
    unused.add_row(unmapped_columns(record, plan.mapping));
    if (const std::string mark = unmapped_mark(record, plan.mapping); !mark.empty()) {
      problem = not_learnt(mark);
      return {};
    }
    return mapped_row(record, plan.mapping, task, problem);
  }
  const ReadRow read = read_row(record, line);
  if (!read.mark.empty()) problem = not_learnt(read.mark);
  if (!read.conversation) problem = read.problem;
  if (!problem.empty()) return {};
  Row row = row_of(*read.conversation, problem);
  row.split = split_of(record);
  if (problem.empty()) unused.add_row(read.unused);
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
  const InputFile file(path);
  const Plan plan = make_plan(file, options);
  ImportPreview preview{plan.format, plan.shape, plan.columns, plan.mapping, plan.unclear};
  const auto records = open_records(file, plan.format);
  UnusedParts unused;
  Record record;
  bool more = false;
  while ((more = records->next(record)) && preview.rows.size() < count && preview.set_aside.size() < count) {
    ++preview.records;
    const std::string place = file.path().filename().string() + ":" + std::to_string(record.line);
    std::string problem = record.problem;
    Row row;
    if (problem.empty()) row = read_one(record.value, record.line, plan, options.task, problem, unused);
    if (problem.empty()) {
      finish(row, options, place);
      preview.rows.push_back(std::move(row));
    } else {
      preview.set_aside.push_back({"unreadable_row", "", place + ": " + problem, record.line});
    }
  }
  for (; more && records->bytes_read() < counted_bytes; more = records->next(record)) ++preview.records;
  if (more) {
    preview.records_estimated = true;
    preview.records = static_cast<std::int64_t>(static_cast<double>(preview.records) *
                                                static_cast<double>(records->bytes_total()) /
                                                static_cast<double>(records->bytes_read()));
  }
  preview.notes = plan.format.notes;
  if (std::string said = unused.sentence(""); !said.empty()) preview.notes.push_back(std::move(said));
  for (std::string& note : records->notes()) preview.notes.push_back(std::move(note));
  return preview;
}

namespace {

/// One pass over a file's records. `take` hands on what a record is and returns whether it has a label, or says in
/// `problem` why it must be set aside.
ImportReport read_all(const std::filesystem::path& path, const ImportOptions& options, const ProgressSink& progress,
                      const std::stop_token& stop,
                      const std::function<bool(const Plan&, const Record&, const std::string& place,
                                               std::string& problem)>& take) {
  const InputFile input(path, stop);
  const Plan plan = make_plan(input, options);
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
  const std::string file = input.path().filename().string();
  const auto records = open_records(input, plan.format);
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
    bool labelled = false;
    if (problem.empty()) labelled = take(plan, record, place, problem);
    if (problem.empty()) {
      ++report.rows;
      report.labelled += labelled ? 1 : 0;
      continue;
    }
    ++report.set_aside_count;
    Problem set_aside{"unreadable_row", "", place + ": " + problem, record.line};
    if (options.on_set_aside)
      options.on_set_aside(set_aside, record.raw.empty() ? beginning_of(dump_json(record.value)) : record.raw);
    if (report.set_aside.size() < options.set_aside_kept) report.set_aside.push_back(std::move(set_aside));
  }
  if (stop.stop_requested()) report.stopped = true;
  tell();
  report.notes = plan.format.notes;
  for (std::string& note : records->notes()) report.notes.push_back(std::move(note));
  return report;
}

}  // namespace

ImportReport import_rows(const std::filesystem::path& path, const ImportOptions& options,
                         const std::function<void(Row&&)>& sink, const ProgressSink& progress, std::stop_token stop) {
  UnusedParts unused;
  const auto take = [&](const Plan& plan, const Record& record, const std::string& place, std::string& problem) {
    Row row = read_one(record.value, record.line, plan, options.task, problem, unused);
    if (!problem.empty()) return false;
    finish(row, options, place);
    const bool labelled = !row.label.empty();
    sink(std::move(row));
    return labelled;
  };
  ImportReport report = read_all(path, options, progress, stop, take);
  if (std::string said = unused.sentence(""); !said.empty()) report.notes.push_back(std::move(said));
  return report;
}

ImportReport import_conversations(const std::filesystem::path& path, const ImportOptions& options,
                                  const std::function<void(Conversation&&, RowState)>& sink,
                                  const ProgressSink& progress, std::stop_token stop) {
  UnusedParts unused;
  const auto take = [&](const Plan& plan, const Record& record, const std::string& place, std::string& problem) {
    ReadRow read;
    if (plan.mapping.empty()) {
      read = read_row(record.value, record.line);
      problem = !read.problem.empty() ? read.problem : !read.mark.empty() ? not_learnt(read.mark) : read.unusable;
      if (problem.empty()) unused.add_row(read.unused);
    } else {
      Row row = read_one(record.value, record.line, plan, options.task, problem, unused);
      finish(row, options, place);
      read.conversation = conversation_of(row, Task{});
      read.state = row.state;
    }
    if (!problem.empty()) return false;
    read.conversation->source = place;
    const bool labelled = read.conversation->messages.back().role == "assistant";
    sink(std::move(*read.conversation), read.state);
    return labelled;
  };
  ImportReport report = read_all(path, options, progress, stop, take);
  if (std::string said = unused.sentence(""); !said.empty()) report.notes.push_back(std::move(said));
  return report;
}

}  // namespace minnow
