// pandas' five orients (columns, index, split, records under a key, columns of lists), the data sets viewer's
// {"rows":[{"row":…}]}, and what web services wrap around a list.
#include "core/data/json_layout.h"

#include <algorithm>
#include <array>

#include "core/data/column_names.h"
#include "core/data/row_json.h"
#include "core/data/row_shape.h"
#include "core/types/error.h"
#include "core/types/row.h"

namespace minnow {
namespace {

constexpr int deepest_list = 4;  // keys to go down before a list of rows is no longer looked for

bool is_list_of_objects(const Json& value) {
  return value.is_array() && !value.empty() &&
         std::all_of(value.begin(), value.end(), [](const Json& item) { return item.is_object(); });
}

bool is_list_of_lists(const Json& value) {
  return value.is_array() && !value.empty() &&
         std::all_of(value.begin(), value.end(), [](const Json& item) { return item.is_array(); });
}

bool is_list_of_text(const Json& value) {
  return value.is_array() && !value.empty() &&
         std::all_of(value.begin(), value.end(), [](const Json& item) { return item.is_string(); });
}

bool is_place_number(const std::string& key) {
  return !key.empty() && key.find_first_not_of("0123456789") == std::string::npos;
}

/// Whether a value under a column of messages or ids is what one row has there.
bool holds_one_row(const Json& document) {
  const RowShape shape = row_shape(document);
  for (const auto& [key, value] : document.items()) {
    const std::string name = lower_case(trimmed(key));
    const auto is = [&name](ColumnRole role) {
      const auto names = names_of(role);
      return std::find(names.begin(), names.end(), name) != names.end();
    };
    if (is(ColumnRole::messages) && !is_list_of_lists(value)) return true;
    if (is(ColumnRole::input_ids) && !is_list_of_lists(value)) return true;
  }
  const bool only_lists =
      std::all_of(document.begin(), document.end(), [](const Json& value) { return value.is_array(); });
  const bool only_objects =
      std::all_of(document.begin(), document.end(), [](const Json& value) { return value.is_object(); });
  return shape != RowShape::unknown && !only_lists && !only_objects;
}

/// {"query":["a","b"],"response":["c","d"]}
std::optional<JsonLayout> from_columns(const Json& document) {
  std::size_t rows = 0;
  for (const Json& column : document) {
    if (!column.is_array() || column.empty() || (rows != 0 && column.size() != rows)) return std::nullopt;
    rows = column.size();
  }
  if (document.size() == 1 && is_list_of_objects(document.front())) return std::nullopt;
  JsonLayout layout;
  layout.note = "its rows are read column by column";
  for (std::size_t i = 0; i < rows; ++i) {
    Json row = Json::object();
    for (const auto& [key, column] : document.items()) row[key] = column[i];
    layout.rows.push_back(std::move(row));
  }
  return layout;
}

/// {"columns":["query","response"],"data":[["a","c"],["b","d"]]}
std::optional<JsonLayout> from_split(const Json& document) {
  const Json *names = nullptr, *data = nullptr;
  for (const auto& [key, value] : document.items()) {
    if (is_list_of_text(value) && (key == "columns" || key == "header" || key == "fields")) names = &value;
    if (is_list_of_lists(value)) data = &value;
  }
  if (names == nullptr || data == nullptr) return std::nullopt;
  JsonLayout layout;
  layout.note = "its rows are lists, named by its list of columns";
  for (const Json& cells : *data) {
    Json row = Json::object();
    for (std::size_t i = 0; i < std::min(cells.size(), names->size()); ++i) row[(*names)[i].get<std::string>()] = cells[i];
    layout.rows.push_back(std::move(row));
  }
  return layout;
}

/// {"query":{"0":"a","1":"b"},"response":{"0":"c","1":"d"}} or {"0":{"query":"a","response":"c"},"1":{…}}
std::optional<JsonLayout> from_objects(const Json& document) {
  bool outer = true, inner = true;  // numbers throughout
  for (const auto& [key, value] : document.items()) {
    if (!value.is_object() || value.empty()) return std::nullopt;
    outer = outer && is_place_number(key);
    for (const auto& item : value.items()) inner = inner && is_place_number(item.key());
  }
  if (document.empty() || outer == inner) return std::nullopt;
  JsonLayout layout;
  layout.note = outer ? "its rows are read from under their numbers" : "its rows are read column by column";
  if (outer) {
    for (const Json& row : document) layout.rows.push_back(row);
    return layout;
  }
  for (const auto& item : document.front().items()) {
    Json row = Json::object();
    for (const auto& [key, column] : document.items()) {
      if (column.contains(item.key())) row[key] = column[item.key()];
    }
    layout.rows.push_back(std::move(row));
  }
  return layout;
}

/// The items of a list under a key; the data sets viewer puts each row under "row".
JsonLayout from_list(const std::string& key, const Json& list) {
  JsonLayout layout;
  layout.note = "its rows are read from the list '" + key + "'";
  for (const Json& item : list) {
    const bool wrapped = item.contains("row") && item["row"].is_object() && row_shape(item) == RowShape::unknown;
    layout.rows.push_back(wrapped ? item["row"] : item);
  }
  return layout;
}

std::optional<Split> split_named(const std::string& key) {
  try {
    return split_from(lower_case(key));
  } catch (const Error&) {
    return std::nullopt;
  }
}

/// {"train":[{…}],"test":[{…}]}: rows that know their part.
JsonLayout from_parts(const std::vector<std::pair<std::string, const Json*>>& lists) {
  JsonLayout layout;
  layout.note = "its rows are read from its lists, which are called as the parts of a split";
  for (const auto& [key, list] : lists) {
    for (Json row : *list) {
      if (!row.contains("split")) row["split"] = to_string(*split_named(key));
      layout.rows.push_back(std::move(row));
    }
  }
  return layout;
}

std::optional<JsonLayout> search(const Json& document, int depth) {
  if (!document.is_object() || document.empty() || holds_one_row(document)) return std::nullopt;
  if (auto layout = from_split(document)) return layout;
  std::vector<std::pair<std::string, const Json*>> lists;
  for (const auto& [key, value] : document.items()) {
    if (is_list_of_objects(value)) lists.emplace_back(key, &value);
  }
  if (lists.size() == 1) return from_list(lists.front().first, *lists.front().second);
  if (lists.size() > 1) {
    const bool parts =
        std::all_of(lists.begin(), lists.end(), [](const auto& list) { return split_named(list.first).has_value(); });
    if (parts) return from_parts(lists);
    JsonLayout layout;
    for (const auto& list : lists) layout.problem += (layout.problem.empty() ? "'" : ", '") + list.first + "'";
    layout.problem = "the file holds several lists of objects (" + layout.problem + "); put the rows in a file alone";
    return layout;
  }
  if (auto layout = from_columns(document)) return layout;
  if (auto layout = from_objects(document)) return layout;
  if (depth == deepest_list) return std::nullopt;
  std::optional<JsonLayout> only;
  for (const auto& [key, value] : document.items()) {
    auto layout = search(value, depth + 1);
    if (layout && only) return std::nullopt;
    if (layout) only = std::move(layout);
  }
  return only;
}

}  // namespace

std::optional<JsonLayout> rows_inside(const Json& document) { return search(document, 0); }

const char* type_words(const Json& value) {
  if (value.is_array()) return "a list";
  if (value.is_string()) return "text";
  if (value.is_number()) return "a number";
  if (value.is_boolean()) return "true or false";
  return value.is_null() ? "nothing (null)" : "an object";
}

}  // namespace minnow
