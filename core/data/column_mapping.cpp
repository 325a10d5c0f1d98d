// Names first, contents second; what neither settles is said rather than guessed.
#include "core/data/column_mapping.h"

#include <algorithm>

#include "core/data/column_names.h"
#include "core/data/learning_marks.h"
#include "core/data/message_content.h"
#include "core/data/row_json.h"
#include "core/data/unused_parts.h"
#include "core/data/value_shape.h"
#include "core/types/error.h"

namespace minnow {
namespace {

std::string quoted_list(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "'" : ", '") + name + "'";
  return text;
}

std::string column_named(const std::vector<std::string>& columns, std::string_view name) {
  for (const auto& column : columns) {
    if (lower_case(trimmed(column)) == name) return column;
  }
  return {};
}

/// A column per field of the task, found by the field's key or its description.
std::vector<std::pair<std::string, std::string>> field_columns(const std::vector<std::string>& columns,
                                                               const Task& task) {
  std::vector<std::pair<std::string, std::string>> result;
  for (const Field& field : task.fields) {
    std::string column = column_named(columns, lower_case(field.key));
    if (column.empty() && !field.description.empty())
      column = column_named(columns, lower_case(trimmed(field.description)));
    if (!column.empty()) result.emplace_back(field.key, column);
  }
  return result;
}

std::size_t count_with_role(const std::vector<std::string>& columns, ColumnRole role) {
  const auto names = names_of(role);
  return static_cast<std::size_t>(std::count_if(columns.begin(), columns.end(), [&](const std::string& column) {
    return std::find(names.begin(), names.end(), lower_case(trimmed(column))) != names.end();
  }));
}

std::string cell_text(const Json& record, const std::string& column) {
  const auto cell = record.find(column);
  return cell == record.end() || cell->is_null() ? std::string() : answer_text(*cell);
}

/// Mean length of a column's texts, and whether they look like JSON objects.
struct ColumnLook {
  std::string column;
  double mean_length = 0.0;
  bool json = false;
};

ColumnLook look_at(const std::string& column, const std::vector<Json>& sample) {
  ColumnLook look{column};
  std::size_t objects = 0;
  for (const Json& record : sample) {
    const std::string text = cell_text(record, column);
    look.mean_length += static_cast<double>(text.size());
    const std::string_view trim = trimmed(text);
    objects += trim.starts_with('{') && trim.ends_with('}') ? 1 : 0;
  }
  if (!sample.empty()) look.mean_length /= static_cast<double>(sample.size());
  look.json = !sample.empty() && 2 * objects > sample.size();
  return look;
}

/// Columns that no role has taken yet.
std::vector<std::string> left_over(const std::vector<std::string>& columns, const ColumnMapping& mapping) {
  std::vector<std::string> result;
  for (const auto& column : columns) {
    bool taken = column == mapping.label || column == mapping.system || column == mapping.id || column == mapping.split;
    for (const auto& field : mapping.fields) taken = taken || field.second == column;
    if (!taken) result.push_back(column);
  }
  return result;
}

Json cell_value(const std::string& text, const std::string& key, const Task* task) {
  if (task == nullptr) return text;
  const auto field =
      std::find_if(task->fields.begin(), task->fields.end(), [&](const Field& one) { return one.key == key; });
  if (field == task->fields.end()) return text;
  if (field->kind == FieldKind::list) return list_items(text);
  const std::string word = lower_case(trimmed(text));
  if (is_boolean(*field) && (word == "true" || word == "false")) return word == "true";
  return text;
}

}  // namespace

std::string column_with_role(const std::vector<std::string>& columns, ColumnRole role) {
  const auto names = names_of(role);
  std::string found;
  for (const auto& column : columns) {
    const std::string name = lower_case(trimmed(column));
    if (name == names.front()) return column;
    if (std::find(names.begin(), names.end(), name) == names.end()) continue;
    if (!found.empty()) return {};
    found = column;
  }
  return found;
}

MappingGuess guess_mapping(const std::vector<std::string>& columns, const std::vector<Json>& sample, const Task* task) {
  MappingGuess guess;
  ColumnMapping& mapping = guess.mapping;
  mapping.system = column_with_role(columns, ColumnRole::system);
  mapping.id = column_named(columns, "id");
  mapping.split = column_named(columns, "split");
  mapping.input = column_with_role(columns, ColumnRole::query);
  mapping.label = column_with_role(columns, ColumnRole::label);
  if (task != nullptr && mapping.label.empty()) mapping.fields = field_columns(columns, *task);
  const bool by_fields = !mapping.fields.empty();
  if (mapping.label.empty() && !by_fields) mapping.label = column_with_role(columns, ColumnRole::response);
  for (const auto& field : mapping.fields) {
    if (field.second == mapping.input) mapping.input.clear();  // the task itself may have a field called "question"
  }
  std::vector<ColumnLook> looks;
  for (const auto& column : left_over(columns, mapping)) looks.push_back(look_at(column, sample));
  if (mapping.label.empty() && !by_fields) {
    const auto json =
        std::find_if(looks.begin(), looks.end(), [&](const auto& l) { return l.json && l.column != mapping.input; });
    if (json != looks.end()) {
      mapping.label = json->column;
      looks.erase(json);
    }
  }
  if (mapping.label.empty() && !by_fields && count_with_role(columns, ColumnRole::response) > 1) {
    guess.unclear = "which of the columns " + quoted_list(columns) + " is the answer isn't clear from their names";
  }
  if (!mapping.input.empty()) return guess;
  // "text" alone, or beside the task's columns, is what is to be read, not an answer.
  if (looks.empty() && !mapping.label.empty() && !look_at(mapping.label, sample).json) {
    std::swap(mapping.input, mapping.label);
    return guess;
  }
  if (looks.empty()) {
    guess.unclear = "none of the columns " + quoted_list(columns) + " is left to be the input";
    return guess;
  }
  std::sort(looks.begin(), looks.end(), [](const auto& a, const auto& b) { return a.mean_length > b.mean_length; });
  mapping.input = looks.front().column;
  if (looks.size() == 1) return guess;
  const std::string text = column_with_role(columns, ColumnRole::response);
  if (by_fields && !text.empty()) {
    mapping.input = text;
    return guess;
  }
  guess.unclear =
      "which of the columns " + quoted_list(columns) + " holds the text to read isn't clear from their names";
  return guess;
}

Row mapped_row(const Json& record, const ColumnMapping& mapping, const Task* task, std::string& problem) {
  Row row;
  row.input = cell_text(record, mapping.input);
  if (trimmed(row.input).empty()) problem = "column '" + mapping.input + "' is empty";
  if (!mapping.label.empty()) row.label = cell_text(record, mapping.label);
  if (!mapping.fields.empty()) {
    Json label = Json::object();
    bool any = false;
    for (const auto& [key, column] : mapping.fields) {
      const std::string text = cell_text(record, column);
      label[key] = cell_value(text, key, task);
      any = any || !text.empty();
    }
    if (any) row.label = dump_json_python(label);
  }
  if (trimmed(row.label).empty()) row.label.clear();
  if (!mapping.system.empty()) row.system = cell_text(record, mapping.system);
  if (!mapping.id.empty()) row.id = cell_text(record, mapping.id);
  if (!mapping.split.empty()) {
    try {
      row.split = split_from(lower_case(trimmed(cell_text(record, mapping.split))));
    } catch (const Error& error) {
      problem = "column '" + mapping.split + "': " + error.what();
    }
  }
  return row;
}

std::vector<std::string> unmapped_columns(const Json& record, const ColumnMapping& mapping) {
  const std::vector<std::string> named = named_columns(mapping);
  std::vector<std::string> unused;
  for (const auto& [key, value] : record.items()) {
    const std::string name = lower_case(trimmed(key));
    const bool is_named = std::find(named.begin(), named.end(), key) != named.end();
    if (!is_named && could_be_meant(name, value) && !is_row_mark(name, value, false)) unused.push_back("'" + key + "'");
  }
  return unused;
}

std::string unmapped_mark(const Json& record, const ColumnMapping& mapping) {
  const std::vector<std::string> named = named_columns(mapping);
  Json others = Json::object();
  for (const auto& [key, value] : record.items()) {
    const bool is_named = std::find(named.begin(), named.end(), key) != named.end();
    if (!is_named && is_row_mark(lower_case(trimmed(key)), value, false)) others[key] = value;
  }
  std::vector<Message> none;
  const LearningMark mark = row_mark(others, false, none);
  return mark.says == LearningMark::Says::leave ? mark.shown : std::string();
}

std::vector<std::string> named_columns(const ColumnMapping& mapping) {
  std::vector<std::string> names{mapping.input, mapping.label, mapping.system, mapping.id, mapping.split};
  for (const auto& field : mapping.fields) names.push_back(field.second);
  std::erase(names, std::string());
  return names;
}

void check_mapping(const ColumnMapping& mapping, const std::vector<std::string>& columns, const std::string& file) {
  for (const auto& column : named_columns(mapping)) {
    if (std::find(columns.begin(), columns.end(), column) != columns.end()) continue;
    throw Error(ErrorKind::usage, file + " has no column '" + column + "'; it has " + quoted_list(columns), file);
  }
}

}  // namespace minnow
