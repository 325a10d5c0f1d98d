// The one place where a row's system prompt is chosen.
#include "core/data/conversation.h"

#include <string_view>

#include "core/io/json.h"

namespace minnow {
namespace {

constexpr std::string_view row_word = "row ";

}  // namespace

Conversation conversation_of(const Row& row, const Task& task) {
  Conversation conversation;
  const std::string& system = row.system.empty() ? task.concise_prompt : row.system;
  if (!system.empty()) conversation.messages.push_back({"system", system});
  conversation.messages.push_back({"user", row.input});
  if (!row.label.empty()) conversation.messages.push_back({"assistant", row.label});
  conversation.source = std::string(row_word) + row.id;
  return conversation;
}

std::string row_id_of(const std::string& source) {
  return source.starts_with(row_word) ? source.substr(row_word.size()) : source;
}

std::string messages_line(const Conversation& conversation) {
  Json messages = Json::array();
  for (const Message& message : conversation.messages) {
    messages.push_back(Json{{"role", message.role}, {"content", message.content}});
    if (!message.learnt) messages.back()["loss"] = false;
  }
  return dump_json(Json{{"messages", messages}});
}

}  // namespace minnow
