// First a sample for the columns' roles, then every row for the fields' kinds.
#include "core/data/guess_task.h"

#include <algorithm>

#include "core/data/column_facts.h"
#include "core/data/column_mapping.h"
#include "core/data/column_names.h"
#include "core/io/input_file.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr std::size_t kSample = 200;

struct Sample {
  FileFormat format;
  std::vector<std::string> columns;
  std::vector<Json> records;
};

std::string text_of(const Json& record, const std::string& column) {
  const auto cell = record.find(column);
  return cell == record.end() || cell->is_null() ? std::string() : shown_json(*cell);
}

/// Whether a table without a known header has one after all: its first record's cells are texts, and below one of them
/// stand only numbers, dates or phone numbers.
bool has_header(const Sample& sample) {
  if (sample.format.container != Container::table || sample.records.size() < 3) return false;
  ColumnFacts below("");
  for (const std::string& column : sample.columns) {
    ColumnFacts facts(column);
    for (std::size_t i = 1; i < sample.records.size(); ++i) facts.add(sample.records[i].value(column, Json()), {});
    ColumnFacts first(column);
    first.add(sample.records.front().value(column, Json()), {});
    const auto shaped = [](FieldKind kind) {
      return kind == FieldKind::number || kind == FieldKind::date || kind == FieldKind::phone;
    };
    if (first.empty()) return false;
    if (shaped(first.field().kind)) return false;
    if (shaped(facts.field().kind)) below = facts;
  }
  return !below.empty();
}

Sample sample_of(const InputFile& file, std::optional<bool> header = {}) {
  FormatWishes wishes;
  wishes.csv.header = header;
  Sample sample{detect_format(file, wishes), {}, {}};
  sample.columns = sample.format.csv.columns;
  const auto records = open_records(file, sample.format);
  Record record;
  while (sample.records.size() < kSample && records->next(record)) {
    if (!record.problem.empty()) continue;
    for (const auto& item : record.value.items()) {
      if (std::find(sample.columns.begin(), sample.columns.end(), item.key()) == sample.columns.end())
        sample.columns.push_back(item.key());
    }
    sample.records.push_back(std::move(record.value));
  }
  return sample;
}

bool has_han(std::string_view text) {  // U+4E00 to U+9FFF begin with e4 to e9
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0xe4 && byte <= 0xe9;
  });
}

/// Whether most texts are Chinese.
bool is_chinese(const Sample& sample, const std::string& input) {
  const auto chinese = std::count_if(sample.records.begin(), sample.records.end(), [&](const Json& record) {
    return has_han(input.empty() ? dump_json(record) : text_of(record, input));
  });
  return 2 * static_cast<std::size_t>(chinese) > sample.records.size();
}

/// The column in which the other columns' values stand; where none do, the one with the longest texts.
std::string column_to_read(const Sample& sample) {
  std::string best;
  double best_found = -1.0;
  for (const std::string& column : sample.columns) {
    double found = 0.0, length = 0.0;
    for (const Json& record : sample.records) {
      const std::string text = text_of(record, column);
      length += static_cast<double>(text.size());
      for (const std::string& other : sample.columns) {
        const std::string value = text_of(record, other);
        found += value.size() > 1 && value.size() < text.size() && text.find(value) != std::string::npos;
      }
    }
    found += length / 1e9;  // decides between equals
    if (found > best_found) best_found = found, best = column;
  }
  return best;
}

/// The column whose texts are JSON objects, most of the time: labels.
std::string column_of_labels(const Sample& sample) {
  for (const std::string& column : sample.columns) {
    std::size_t objects = 0;
    for (const Json& record : sample.records) {
      const std::string text = text_of(record, column);
      objects += trimmed(text).starts_with('{') && trimmed(text).ends_with('}');
    }
    if (2 * objects > sample.records.size()) return column;
  }
  return {};
}

ColumnMapping roles_of(const Sample& sample, const std::string& input) {
  ColumnMapping mapping;
  const auto named = [&](std::string_view name) {
    const auto found = std::find_if(sample.columns.begin(), sample.columns.end(),
                                    [&](const std::string& column) { return lower_case(trimmed(column)) == name; });
    return found == sample.columns.end() || *found == input ? std::string() : *found;
  };
  mapping.label = column_of_labels(sample);
  mapping.input = input.empty() ? column_with_role(sample.columns, ColumnRole::query) : input;
  if (mapping.input.empty()) {
    Sample rest = sample;
    std::erase(rest.columns, mapping.label);
    mapping.input = column_to_read(rest);
  }
  mapping.id = named("id");
  mapping.split = named("split");
  mapping.system = column_with_role(sample.columns, ColumnRole::system);
  return mapping;
}

/// Whether the rows' shape alone says what is asked and what is answered.
bool says_it_all(const Sample& sample) {
  const RowShape shape = row_shape(sample.records.front());
  if (shape == RowShape::messages || shape == RowShape::sharegpt_pairs || shape == RowShape::plain_line) return true;
  const bool labelled = !column_of_labels(sample).empty();
  return labelled && (shape == RowShape::alpaca || shape == RowShape::own_row || shape == RowShape::query_response);
}

void add_field(TaskGuess& guess, const ColumnFacts& facts, const std::string& column) {
  Field field = facts.field();
  const auto taken = [&] {
    return std::any_of(guess.task.fields.begin(), guess.task.fields.end(),
                       [&](const Field& one) { return one.key == field.key; });
  };
  const std::string key = field.key;
  for (int n = 2; taken(); ++n) field.key = key + "_" + std::to_string(n);
  if (!column.empty()) guess.mapping.fields.emplace_back(field.key, column);
  guess.examples.push_back(facts.examples());
  guess.task.fields.push_back(std::move(field));
}

/// Fields are the keys of the labels, which are objects.
std::int64_t guess_from_labels(const std::filesystem::path& path, TaskGuess& guess, const ProgressSink& progress,
                               const std::stop_token& stop) {
  std::vector<ColumnFacts> facts;
  ImportOptions options;
  options.mapping = guess.mapping;
  options.header = guess.header;
  std::int64_t objects = 0;
  const auto look_at = [&](Row&& row) {
    Json label;
    try {
      label = parse_json(row.label, "label");
    } catch (const Error&) {
      return;  // the audit tells of it
    }
    if (!label.is_object()) return;
    ++objects;
    for (const auto& [key, value] : label.items()) {
      auto known = std::find_if(facts.begin(), facts.end(), [&](const ColumnFacts& one) { return one.name() == key; });
      if (known == facts.end()) known = facts.insert(facts.end(), ColumnFacts(key));
      known->add(value, row.input);
    }
  };
  const ImportReport report = import_rows(path, options, look_at, progress, stop);
  guess.rows = report.rows;
  for (const ColumnFacts& one : facts) {
    add_field(guess, one, {});
    guess.task.fields.back().key = one.name();  // trained on letter for letter
    guess.task.fields.back().description.clear();
  }
  if (report.labelled == 0) guess.note = "the rows have no answers, so the fields are yours to name";
  else if (objects == 0) guess.note = "no answer is a JSON object, so the fields are yours to name";
  return report.set_aside_count;
}

/// Fields are the columns that are left.
std::int64_t guess_from_columns(const InputFile& file, const Sample& sample, TaskGuess& guess,
                                const ProgressSink& progress, const std::stop_token& stop) {
  std::vector<ColumnFacts> facts;
  const auto roles = named_columns(guess.mapping);
  for (const std::string& column : sample.columns) {
    if (std::find(roles.begin(), roles.end(), column) == roles.end()) facts.emplace_back(column);
  }
  const auto records = open_records(file, sample.format);
  Record record;
  std::int64_t set_aside = 0;
  while (records->next(record) && !stop.stop_requested()) {
    const bool readable = record.problem.empty();
    set_aside += !readable;
    if (!readable) continue;
    if (++guess.rows % 4096 == 0 && progress)
      progress({"reading " + file.path().filename().string(), "bytes", static_cast<std::int64_t>(records->bytes_read()),
                static_cast<std::int64_t>(records->bytes_total())});
    const std::string input = text_of(record.value, guess.mapping.input);
    for (ColumnFacts& one : facts) {
      const auto cell = record.value.find(one.name());
      one.add(cell == record.value.end() ? Json() : *cell, input);
    }
  }
  for (const ColumnFacts& one : facts) {
    if (one.is_serial())
      guess.left_out.push_back(one.name());
    else
      add_field(guess, one, one.name());
  }
  if (facts.empty()) guess.note = "there is no column beside the text to read, so the fields are yours to name";
  return set_aside;
}

}  // namespace

TaskGuess guess_task(const std::filesystem::path& path, const std::string& input, const ProgressSink& progress,
                     std::stop_token stop) {
  TaskGuess guess;
  guess.task.name = path.stem().string();
  const InputFile file(path, stop);
  if (file.is_copy())
    throw Error(ErrorKind::usage, path.string() + " can be read only once; fields are guessed from a file", path.string());
  Sample sample = sample_of(file);
  if (!sample.format.csv.header && has_header(sample)) {
    guess.header = true;
    sample = sample_of(file, true);
  }
  if (sample.records.empty()) throw Error(ErrorKind::data, path.string() + " holds no row that can be read", path.string());
  std::int64_t set_aside = 0;
  if (input.empty() && says_it_all(sample)) {
    set_aside = guess_from_labels(path, guess, progress, stop);
  } else {
    guess.columns = sample.columns;
    guess.mapping = roles_of(sample, input);
    check_mapping(guess.mapping, sample.columns, path.filename().string());
    set_aside = guess.mapping.label.empty() ? guess_from_columns(file, sample, guess, progress, stop)
                                            : guess_from_labels(path, guess, progress, stop);
  }
  if (stop.stop_requested()) return {};
  guess.chinese = is_chinese(sample, guess.mapping.input);
  if (guess.note.empty() && set_aside > 0)
    guess.note = std::to_string(set_aside) + " lines can't be read; an import sets them aside";
  return guess;
}

}  // namespace minnow
