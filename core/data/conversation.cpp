// The one place where a row's system prompt is chosen.
#include "core/data/conversation.h"

#include "core/io/json.h"

namespace minnow {

Conversation conversation_of(const Row& row, const Task& task) {
  Conversation conversation;
  const std::string& system = row.system.empty() ? task.concise_prompt : row.system;
  if (!system.empty()) conversation.messages.push_back({"system", system});
  conversation.messages.push_back({"user", row.input});
  if (!row.label.empty()) conversation.messages.push_back({"assistant", row.label});
  conversation.source = "row " + row.id;
  return conversation;
}

std::string messages_line(const Conversation& conversation) {
  Json messages = Json::array();
  for (const Message& message : conversation.messages) {
    messages.push_back(Json{{"role", message.role}, {"content", message.content}});
  }
  return dump_json(Json{{"messages", messages}});
}

}  // namespace minnow
