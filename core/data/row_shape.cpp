// One reader per shape; all of them end in checked(), which holds the rules that every conversation must keep.
#include "core/data/row_shape.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "core/data/column_names.h"
#include "core/data/python_literal.h"
#include "core/data/row_json.h"
#include "core/types/error.h"

namespace minnow {
namespace {

/// The columns of one row that bear a role. `ambiguous`: two or more could, and none has the role's own name.
struct RoleColumn {
  const Json* value = nullptr;
  bool ambiguous = false;
  std::string names;  ///< the candidates, for the sentence
};

RoleColumn column_of(const Json& row, ColumnRole role) {
  RoleColumn found;
  std::size_t count = 0;
  const auto names = names_of(role);
  for (const auto& [key, value] : row.items()) {
    const std::string name = lower_case(trimmed(key));
    if (std::find(names.begin(), names.end(), name) == names.end()) continue;
    if (name == names.front()) return {&value, false, key};
    ++count;
    found.value = &value;
    found.names += (found.names.empty() ? "'" : " and '") + key + "'";
  }
  if (count > 1) return {nullptr, true, found.names};
  return found;
}

/// A column by exactly this name (in lower case).
const Json* named(const Json& row, std::string_view name) {
  for (const auto& [key, value] : row.items()) {
    if (lower_case(trimmed(key)) == name) return &value;
  }
  return nullptr;
}

ReadRow refused(std::string problem) { return {std::nullopt, std::move(problem)}; }

/// A list that may have been written as text (JSON or Python).
std::optional<Json> as_list(const Json& value) {
  if (value.is_array()) return value;
  if (!value.is_string()) return std::nullopt;
  auto parsed = parse_python_literal(value.get_ref<const std::string&>());
  if (!parsed || !parsed->is_array()) return std::nullopt;
  return parsed;
}

std::optional<std::string> standard_role(std::string_view role) {
  using Pair = std::pair<std::string_view, std::string_view>;
  static constexpr std::array roles{Pair("user", "user"),
                                    Pair("human", "user"),
                                    Pair("assistant", "assistant"),
                                    Pair("gpt", "assistant"),
                                    Pair("bot", "assistant"),
                                    Pair("system", "system"),
                                    Pair("tool", "tool"),
                                    Pair("tool_call", "tool_call"),
                                    Pair("function_call", "tool_call"),
                                    Pair("tool_response", "tool_response"),
                                    Pair("function_response", "tool_response"),
                                    Pair("observation", "tool_response"),
                                    Pair("observations", "tool_response")};
  const std::string name = lower_case(role);
  for (const auto& [from, to] : roles) {
    if (name == from) return std::string(to);
  }
  return std::nullopt;
}

/// A message's content: text, or the text parts of a list of parts. Nothing if it is null or has no text form.
std::optional<std::string> content_text(const Json& content) {
  if (content.is_string()) return content.get<std::string>();
  if (content.is_number() || content.is_boolean()) return content.dump();
  if (!content.is_array()) return std::nullopt;
  std::string text;
  for (const Json& part : content) {
    const Json* piece = part.is_object() && part.contains("text") ? &part["text"] : nullptr;
    if (piece == nullptr || !piece->is_string()) return std::nullopt;
    text += piece->get_ref<const std::string&>();
  }
  return text;
}

void insert_system(const Json& row, std::vector<Message>& messages) {
  const Json* system = column_of(row, ColumnRole::system).value;
  if (system == nullptr || !system->is_string() || system->get_ref<const std::string&>().empty()) return;
  if (!messages.empty() && messages.front().role == "system") return;
  messages.insert(messages.begin(), {"system", system->get<std::string>()});
}

ReadRow checked(std::vector<Message> messages) {
  if (messages.empty()) return refused("the row has no messages");
  for (std::size_t i = 1; i < messages.size(); ++i) {
    if (messages[i].role == "system") {
      return refused("message " + std::to_string(i + 1) + " is a system message; only the first one may be");
    }
  }
  const bool speaks =
      std::any_of(messages.begin(), messages.end(), [](const Message& m) { return m.role != "system"; });
  if (!speaks) return refused("the row has a system message and nothing else");
  return {Conversation{std::move(messages), {}}, {}};
}

const Json* first_of(const Json& item, std::initializer_list<const char*> keys) {
  for (const char* key : keys) {
    if (item.contains(key)) return &item[key];
  }
  return nullptr;
}

ReadRow read_messages(const Json& row) {
  const RoleColumn column = column_of(row, ColumnRole::messages);
  const auto list = as_list(*column.value);
  if (!list) return refused("'" + column.names + "' isn't a list of messages");
  std::vector<Message> messages;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const Json& item = (*list)[i];
    const std::string where = "message " + std::to_string(i + 1);
    if (!item.is_object()) return refused(where + " isn't an object with a role and content");
    const Json* role = first_of(item, {"role", "from"});
    const Json* content = first_of(item, {"content", "value"});
    if (role == nullptr || !role->is_string()) return refused(where + " has no role");
    const auto standard = standard_role(role->get_ref<const std::string&>());
    if (!standard)
      return refused(where + " has the role '" + role->get<std::string>() +
                     "', which isn't one of user, assistant, system and tool");
    const auto text = content == nullptr ? std::nullopt : content_text(*content);
    if (!text) return refused(where + " (" + *standard + ") has no content");
    messages.push_back({*standard, *text});
  }
  insert_system(row, messages);
  return checked(std::move(messages));
}

ReadRow read_pairs(const Json& row) {
  const auto list = as_list(*column_of(row, ColumnRole::messages).value);
  std::vector<Message> messages;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const Json& item = (*list)[i];
    const std::string where = "pair " + std::to_string(i + 1);
    if (!item.is_object()) return refused(where + " isn't an object with 'human' and 'assistant'");
    const Json* asked = first_of(item, {"human", "user"});
    const Json* answered = first_of(item, {"assistant", "gpt", "bot"});
    const auto question = asked == nullptr ? std::nullopt : content_text(*asked);
    const auto answer = answered == nullptr ? std::nullopt : content_text(*answered);
    if (!question || !answer) return refused(where + " lacks " + std::string(question ? "its answer" : "its question"));
    messages.push_back({"user", *question});
    messages.push_back({"assistant", *answer});
  }
  insert_system(row, messages);
  return checked(std::move(messages));
}

/// Earlier turns: [[question, answer], …], perhaps as text. False if it is something else.
bool add_history(const Json& row, std::vector<Message>& messages) {
  const Json* history = column_of(row, ColumnRole::history).value;
  if (history == nullptr || history->is_null()) return true;
  if (history->is_string() && trimmed(history->get_ref<const std::string&>()).empty()) return true;
  const auto list = as_list(*history);
  if (!list) return false;
  for (const Json& pair : *list) {
    if (!pair.is_array() || pair.size() != 2 || !pair[0].is_string() || !pair[1].is_string()) return false;
    messages.push_back({"user", pair[0].get<std::string>()});
    messages.push_back({"assistant", pair[1].get<std::string>()});
  }
  return true;
}

/// Question and answer into a conversation. Either may be missing, not both.
ReadRow read_pair(const Json& row, const std::optional<std::string>& query, const Json* response, std::int64_t line) {
  std::vector<Message> messages;
  if (!add_history(row, messages)) return refused("'history' isn't a list of [question, answer] pairs");
  if (query) messages.push_back({"user", *query});
  if (response != nullptr && response->is_array() && !response->empty()) {
    // Fibonacci hashing spreads neighbouring line numbers over the answers.
    const auto pick = static_cast<std::uint64_t>(line) * 0x9e3779b97f4a7c15u >> 32;
    response = &(*response)[static_cast<std::size_t>(pick % response->size())];
  }
  if (response != nullptr && !response->is_null()) messages.push_back({"assistant", answer_text(*response)});
  if (!query && (response == nullptr || response->is_null()))
    return refused("the row has neither a question nor an answer");
  insert_system(row, messages);
  return checked(std::move(messages));
}

ReadRow read_alpaca(const Json& row, std::int64_t line) {
  const auto text = [&row](std::string_view name) {
    const Json* value = named(row, name);
    return value != nullptr ? content_text(*value).value_or("") : std::string();
  };
  const std::string instruction = text("instruction");
  const std::string input = text("input");
  const std::string query = instruction.empty() || input.empty() ? instruction + input : instruction + "\n" + input;
  const RoleColumn response = column_of(row, ColumnRole::response);
  if (response.ambiguous) return refused(response.names + " could each be the answer; say which column it is");
  return read_pair(row, query, response.value, line);
}

ReadRow read_query_response(const Json& row, std::int64_t line) {
  const RoleColumn query = column_of(row, ColumnRole::query);
  const RoleColumn response = column_of(row, ColumnRole::response);
  if (query.ambiguous) return refused(query.names + " could each be the question; say which column it is");
  if (response.ambiguous) return refused(response.names + " could each be the answer; say which column it is");
  std::optional<std::string> text;
  if (query.value != nullptr && !query.value->is_null()) {
    text = content_text(*query.value);
    if (!text) return refused(query.names + " isn't text");
  }
  return read_pair(row, text, response.value, line);
}

ReadRow read_own(const Json& row, std::int64_t line) {
  const RoleColumn query = column_of(row, ColumnRole::query);
  const RoleColumn label = column_of(row, ColumnRole::label);
  if (query.value == nullptr || !query.value->is_string()) return refused("the row has no input text");
  const bool unlabelled =
      label.value->is_null() || (label.value->is_string() && label.value->get_ref<const std::string&>().empty());
  ReadRow read = read_pair(row, query.value->get<std::string>(), unlabelled ? nullptr : label.value, line);
  if (const Json* state = named(row, "state"); read.conversation && state != nullptr && state->is_string()) {
    try {
      read.state = row_state_from(state->get<std::string>());
    } catch (const Error&) {
      // Somebody else's column of that name.
    }
  }
  return read;
}

}  // namespace

const char* to_string(RowShape shape) {
  switch (shape) {
    case RowShape::messages:
      return "messages";
    case RowShape::sharegpt_pairs:
      return "sharegpt pairs";
    case RowShape::alpaca:
      return "alpaca";
    case RowShape::query_response:
      return "query/response";
    case RowShape::own_row:
      return "Minnow rows";
    case RowShape::pretokenised:
      return "pre-tokenised";
    case RowShape::plain_line:
      return "plain lines";
    case RowShape::unknown:
      return "unknown";
  }
  return "";
}

Json renamed(Json row, const ColumnNames& names) {
  if (names.empty()) return row;
  Json result = Json::object();
  for (auto& [key, value] : row.items()) {
    const auto name = names.find(key);
    const bool taken = name != names.end() && row.contains(name->second);
    result[name == names.end() || taken ? key : name->second] = std::move(value);
  }
  return result;
}

RowShape row_shape(const Json& row) {
  if (!row.is_object()) return RowShape::unknown;
  if (column_of(row, ColumnRole::input_ids).value != nullptr) return RowShape::pretokenised;
  if (const Json* messages = column_of(row, ColumnRole::messages).value; messages != nullptr) {
    const auto list = as_list(*messages);
    if (!list || list->empty() || !list->front().is_object()) return RowShape::messages;
    const Json& first = list->front();
    const bool pairs = first_of(first, {"role", "content", "from", "value"}) == nullptr &&
                       first_of(first, {"human", "user"}) != nullptr;
    return pairs ? RowShape::sharegpt_pairs : RowShape::messages;
  }
  const RoleColumn query = column_of(row, ColumnRole::query);
  const RoleColumn response = column_of(row, ColumnRole::response);
  if (named(row, "instruction") != nullptr && named(row, "input") != nullptr) return RowShape::alpaca;
  if (response.value == nullptr && !response.ambiguous && column_of(row, ColumnRole::label).value != nullptr) {
    return RowShape::own_row;
  }
  if (query.value != nullptr || query.ambiguous || response.value != nullptr || response.ambiguous) {
    return RowShape::query_response;
  }
  if (row.size() == 1 && row.contains("line")) return RowShape::plain_line;
  return RowShape::unknown;
}

ReadRow read_row(const Json& row, std::int64_t line) {
  switch (row_shape(row)) {
    case RowShape::messages:
      return read_messages(row);
    case RowShape::sharegpt_pairs:
      return read_pairs(row);
    case RowShape::alpaca:
      return read_alpaca(row, line);
    case RowShape::query_response:
      return read_query_response(row, line);
    case RowShape::own_row:
      return read_own(row, line);
    case RowShape::plain_line:
      return read_pair(row, row["line"].get<std::string>(), nullptr, line);
    case RowShape::pretokenised:
      return refused("the row is pre-tokenised: it has ids instead of text");
    case RowShape::unknown:
      break;
  }
  std::string columns;
  for (const auto& item : row.items()) columns += (columns.empty() ? "'" : ", '") + item.key() + "'";
  return refused("none of its columns (" + (columns.empty() ? "it has none" : columns) +
                 ") is known as a question, an answer or messages");
}

std::string answer_text(const Json& value) {
  return value.is_string() ? value.get<std::string>() : dump_json_python(value);
}

}  // namespace minnow
