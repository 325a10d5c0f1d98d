// One reader per shape; all of them end in checked(), which holds the rules that every conversation must keep.
#include "core/data/row_shape.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/data/column_names.h"
#include "core/data/learning_marks.h"
#include "core/data/message_content.h"
#include "core/data/message_roles.h"
#include "core/data/python_literal.h"
#include "core/data/row_json.h"
#include "core/data/unused_parts.h"
#include "core/types/error.h"

namespace minnow {
namespace {

/// The columns of one row that bear a role. `ambiguous`: two or more could, and none has the role's own name.
struct RoleColumn {
  const Json* value = nullptr;
  bool ambiguous = false;
  std::string names;  ///< its name; the candidates, quoted, where they are several
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
  if (count == 1) found.names = found.names.substr(1, found.names.size() - 2);
  return found;
}

/// A column by exactly this name (in lower case).
const Json* named(const Json& row, std::string_view name) {
  for (const auto& [key, value] : row.items()) {
    if (lower_case(trimmed(key)) == name) return &value;
  }
  return nullptr;
}

ReadRow refused(std::string problem) {
  ReadRow read;
  read.problem = std::move(problem);
  return read;
}

/// A list that may have been written as text (JSON or Python).
std::optional<Json> as_list(const Json& value) {
  if (value.is_array()) return value;
  if (!value.is_string()) return std::nullopt;
  auto parsed = parse_python_literal(value.get_ref<const std::string&>());
  if (!parsed || !parsed->is_array()) return std::nullopt;
  return parsed;
}

/// The row's own system prompt in front, unless its messages begin with one. False: it isn't text (then `read` says so).
bool insert_system(const Json& row, ReadRow& read, std::vector<Message>& messages) {
  const RoleColumn system = column_of(row, ColumnRole::system);
  if (system.value == nullptr || system.value->is_null()) return true;
  std::string fault;
  const auto text = content_text(*system.value, fault);
  if (!text) {
    read.problem = "'" + system.names + "' " + fault;
    return false;
  }
  if (text->empty()) return true;
  if (messages.empty() || messages.front().role != "system") {
    messages.insert(messages.begin(), {"system", *text});
  } else if (messages.front().content != *text) {
    read.unused.push_back("'" + system.names + "' of a row whose messages begin with a system prompt of their own");
  }
  return true;
}

/// What isn't to be learnt is marked in `messages`; behind the last answer that is, nothing need be kept.
void obey_marks(const Json& row, ReadRow& read, std::vector<Message>& messages) {
  const LearningMark mark = row_mark(row, row_shape(row) == RowShape::own_row, messages);
  if (mark.fraction) read.unused.push_back("a weight other than 0 and 1, which counts as 1");
  if (mark.says == LearningMark::Says::unclear) {
    read.problem = "the mark " + mark.shown + " can't be obeyed: one value per message or per answer is needed";
    return;
  }
  const bool leave_all = mark.says == LearningMark::Says::leave;
  const auto is_answer = [](const Message& m) { return m.role == "assistant"; };
  std::ptrdiff_t last = -1;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    if (!is_answer(messages[i])) continue;
    if (leave_all) messages[i].learnt = false;
    if (messages[i].learnt) last = static_cast<std::ptrdiff_t>(i);
  }
  if (std::none_of(messages.begin(), messages.end(), is_answer)) return;
  if (last < 0) {
    if (leave_all || read.mark.empty()) read.mark = mark.shown.empty() ? "a list of marks" : mark.shown;
    return;
  }
  read.mark.clear();
  if (std::any_of(messages.begin() + last + 1, messages.end(), is_answer)) messages.erase(messages.begin() + last + 1, messages.end());
}

/// The rules that every conversation keeps, and what the row's marks say of its answers.
ReadRow checked(const Json& row, ReadRow read, std::vector<Message> messages) {
  if (!read.problem.empty()) return read;
  if (messages.empty()) return refused("the row has no messages");
  if (!insert_system(row, read, messages)) return read;
  for (std::size_t i = 1; i < messages.size(); ++i) {
    if (messages[i].role == "system") {
      return refused("message " + std::to_string(i + 1) + " is a system message; only the first one may be");
    }
  }
  const bool speaks =
      std::any_of(messages.begin(), messages.end(), [](const Message& m) { return m.role != "system"; });
  if (!speaks) return refused("the row has a system message and nothing else");
  obey_marks(row, read, messages);
  if (read.problem.empty()) read.conversation = Conversation{std::move(messages), {}};
  return read;
}

const Json* first_of(const Json& item, std::initializer_list<const char*> keys) {
  for (const char* key : keys) {
    if (item.contains(key)) return &item[key];
  }
  return nullptr;
}

/// Adds what a list of messages says. A fault ends it, in `read.problem`.
void add_messages(const Json& list, ReadRow& read, std::vector<Message>& messages) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Json& item = list[i];
    const std::string where = "message " + std::to_string(i + 1);
    const auto fail = [&](const std::string& what) { read.problem = where + what; };
    if (!item.is_object()) return fail(std::string(" is ") + type_of(item) + ", not an object with a role and content");
    const Json* role = first_of(item, {"role", "from"});
    const Json* content = first_of(item, {"content", "value"});
    if (role == nullptr || !role->is_string()) return fail(" has no role");
    const std::string own = role->get<std::string>();
    const auto standard = standard_role(own);
    if (!standard) return fail(" has the role '" + own + "', which isn't one of user, assistant, system and tool");
    if (!is_prompt_role(*standard) && read.unusable.empty()) {
      read.unusable = where + " has the role '" + own + "'; the roles that can be trained on and asked are system, " +
                      "user and assistant";
    }
    const bool answers = *standard == "assistant" || *standard == "tool_call";
    std::string fault;
    const auto text = content == nullptr ? std::nullopt
                      : answers          ? answer_content(*content, fault)
                                         : content_text(*content, fault);
    if (!text) {
      const bool calls = item.contains("tool_calls") || item.contains("function_call");
      return fail(" (" + own + ") " + (!fault.empty() ? "can't be read: its content " + fault
                                       : calls        ? "has no content but a call of a tool, which can't be learnt"
                                                      : "has no content"));
    }
    const LearningMark mark = message_mark(item);
    if (mark.says == LearningMark::Says::unclear)
      return fail(": the mark " + mark.shown + " can't be obeyed; it must be true or false, 1 or 0");
    if (mark.fraction) read.unused.push_back("a weight other than 0 and 1, which counts as 1");
    const bool left = answers && mark.says == LearningMark::Says::leave;
    if (left) read.mark = mark.shown;
    messages.push_back({*standard, *text, !left});
    for (const auto& [key, value] : item.items()) {
      const bool known = &value == role || &value == content || lower_case(key) == "name";
      if (!known && could_be_meant(lower_case(key), value)) read.unused.push_back("'" + key + "' of a message");
    }
  }
}

ReadRow read_messages(const Json& row) {
  const RoleColumn column = column_of(row, ColumnRole::messages);
  if (column.ambiguous) return refused(column.names + " could each be the messages; say which column it is");
  const auto list = as_list(*column.value);
  if (!list) return refused("'" + column.names + "' isn't a list of messages");
  ReadRow read;
  std::vector<Message> messages;
  add_messages(*list, read, messages);
  return checked(row, std::move(read), std::move(messages));
}

ReadRow read_pairs(const Json& row) {
  const auto list = as_list(*column_of(row, ColumnRole::messages).value);
  ReadRow read;
  std::vector<Message> messages;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const Json& item = (*list)[i];
    const std::string where = "pair " + std::to_string(i + 1);
    if (!item.is_object()) return refused(where + " isn't an object with 'human' and 'assistant'");
    const Json* asked = first_of(item, {"human", "user"});
    const Json* answered = first_of(item, {"assistant", "gpt", "bot"});
    std::string fault;
    const auto question = asked == nullptr ? std::nullopt : content_text(*asked, fault);
    const auto answer = answered == nullptr ? std::nullopt : answer_content(*answered, fault);
    if (!question || !answer) {
      const std::string part = question ? "its answer" : "its question";
      return refused(where + (fault.empty() ? " lacks " + part : ": " + part + " " + fault));
    }
    const LearningMark mark = message_mark(item);
    if (mark.says == LearningMark::Says::unclear) return refused(where + ": the mark " + mark.shown + " can't be obeyed");
    const bool left = mark.says == LearningMark::Says::leave;
    if (left) read.mark = mark.shown;
    messages.push_back({"user", *question});
    messages.push_back({"assistant", *answer, !left});
  }
  return checked(row, std::move(read), std::move(messages));
}

/// Earlier turns: [[question, answer], …] or messages, perhaps as text. A fault ends it, in `read.problem`.
void add_history(const Json& row, ReadRow& read, std::vector<Message>& messages) {
  const Json* history = column_of(row, ColumnRole::history).value;
  if (history == nullptr || history->is_null()) return;
  if (history->is_string() && trimmed(history->get_ref<const std::string&>()).empty()) return;
  const auto list = as_list(*history);
  if (list && !list->empty() && list->front().is_object()) return add_messages(*list, read, messages);
  const std::string wanted = "'history' isn't a list of [question, answer] pairs";
  if (!list) {
    read.problem = wanted;
    return;
  }
  for (const Json& pair : *list) {
    std::string fault;
    const bool two = pair.is_array() && pair.size() == 2;
    const auto question = two ? content_text(pair[0], fault) : std::nullopt;
    const auto answer = two ? answer_content(pair[1], fault) : std::nullopt;
    if (!question || !answer) {
      read.problem = fault.empty() ? wanted : "a turn of 'history' " + fault;
      return;
    }
    messages.push_back({"user", *question});
    messages.push_back({"assistant", *answer});
  }
}

/// Question and answer into a conversation. Either may be missing, not both.
ReadRow read_pair(const Json& row, ReadRow read, const std::optional<std::string>& query,
                  const std::optional<std::string>& answer) {
  std::vector<Message> messages;
  add_history(row, read, messages);
  if (query) messages.push_back({"user", *query});
  if (answer) messages.push_back({"assistant", *answer});
  if (!query && !answer) return refused("the row has neither a question nor an answer");
  return checked(row, std::move(read), std::move(messages));
}

/// The answer in a response column. A list of texts holds several answers, of which the line chooses one; any other
/// list is itself the answer.
std::optional<std::string> response_text(const RoleColumn& column, std::int64_t line, ReadRow& read) {
  const Json* value = column.value;
  if (value == nullptr || value->is_null()) return std::nullopt;
  const auto is_text = [](const Json& item) { return item.is_string(); };
  if (!value->is_array() || value->empty() || !std::all_of(value->begin(), value->end(), is_text))
    return answer_text(*value);
  if (value->size() > 1) read.unused.push_back("all but one of the answers listed in '" + column.names + "'");
  // Fibonacci hashing spreads neighbouring line numbers over the answers.
  const auto pick = static_cast<std::uint64_t>(line) * 0x9e3779b97f4a7c15u >> 32;
  return (*value)[static_cast<std::size_t>(pick % value->size())].get<std::string>();
}

/// The text of a column that is question or part of one; null is none. False: it is something else (`read` says what).
bool question_text(const std::string& name, const Json* value, ReadRow& read, std::optional<std::string>& text) {
  if (value == nullptr || value->is_null()) return true;
  std::string fault;
  text = content_text(*value, fault);
  if (!text) read.problem = "'" + name + "' " + fault;
  return text.has_value();
}

ReadRow read_alpaca(const Json& row, std::int64_t line) {
  ReadRow read;
  std::optional<std::string> instruction, input;
  if (!question_text("instruction", named(row, "instruction"), read, instruction)) return read;
  if (!question_text("input", named(row, "input"), read, input)) return read;
  const std::string first = instruction.value_or(""), second = input.value_or("");
  const RoleColumn response = column_of(row, ColumnRole::response);
  if (response.ambiguous) return refused(response.names + " could each be the answer; say which column it is");
  const std::string query = first.empty() || second.empty() ? first + second : first + "\n" + second;
  const auto answer = response_text(response, line, read);
  return read_pair(row, std::move(read), query, answer);
}

ReadRow read_query_response(const Json& row, std::int64_t line) {
  const RoleColumn query = column_of(row, ColumnRole::query);
  const RoleColumn response = column_of(row, ColumnRole::response);
  if (query.ambiguous) return refused(query.names + " could each be the question; say which column it is");
  if (response.ambiguous) return refused(response.names + " could each be the answer; say which column it is");
  ReadRow read;
  std::optional<std::string> text;
  if (!question_text(query.names, query.value, read, text)) return read;
  const auto answer = response_text(response, line, read);
  return read_pair(row, std::move(read), text, answer);
}

ReadRow read_own(const Json& row) {
  const RoleColumn query = column_of(row, ColumnRole::query);
  const RoleColumn label = column_of(row, ColumnRole::label);
  ReadRow read;
  std::optional<std::string> input, answer;
  if (!question_text(query.names, query.value, read, input)) return read;
  if (!input) return refused("the row has no input text");
  if (!label.value->is_null()) answer = answer_text(*label.value);
  if (answer && answer->empty()) answer.reset();
  read = read_pair(row, std::move(read), input, answer);
  if (const Json* state = named(row, "state"); read.conversation && state != nullptr && state->is_string()) {
    try {
      read.state = row_state_from(state->get<std::string>());
    } catch (const Error&) {
      // Somebody else's column of that name.
    }
  }
  return read;
}

ReadRow read_shape(RowShape shape, const Json& row, std::int64_t line) {
  switch (shape) {
    case RowShape::messages:
      return read_messages(row);
    case RowShape::sharegpt_pairs:
      return read_pairs(row);
    case RowShape::alpaca:
      return read_alpaca(row, line);
    case RowShape::query_response:
      return read_query_response(row, line);
    case RowShape::own_row:
      return read_own(row);
    case RowShape::plain_line:
      return read_pair(row, {}, row["line"].get<std::string>(), std::nullopt);
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

/// Columns that the reader of this shape passes over though somebody could have meant something by them.
void add_unused_columns(RowShape shape, const Json& row, std::vector<std::string>& unused) {
  std::vector<ColumnRole> roles{ColumnRole::system};
  const bool in_messages = shape == RowShape::messages || shape == RowShape::sharegpt_pairs;
  if (in_messages) roles.push_back(ColumnRole::messages);
  if (!in_messages) roles.insert(roles.end(), {ColumnRole::query, ColumnRole::history});
  if (!in_messages) roles.push_back(shape == RowShape::own_row ? ColumnRole::label : ColumnRole::response);
  std::vector<const Json*> used;
  for (const ColumnRole role : roles) used.push_back(column_of(row, role).value);
  if (shape == RowShape::alpaca) used.insert(used.end(), {named(row, "instruction"), named(row, "input")});
  for (const auto& [key, value] : row.items()) {
    const std::string name = lower_case(trimmed(key));
    if (std::find(used.begin(), used.end(), &value) != used.end() || !could_be_meant(name, value)) continue;
    if (!is_row_mark(name, value, shape == RowShape::own_row)) unused.push_back("'" + key + "'");
  }
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
  const RowShape shape = row_shape(row);
  ReadRow read = read_shape(shape, row, line);
  if (read.conversation && shape != RowShape::plain_line) add_unused_columns(shape, row, read.unused);
  return read;
}

}  // namespace minnow
