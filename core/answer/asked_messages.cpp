// Own prompt, trained prompt, task's prompt: the first that there is.
#include "core/answer/asked_messages.h"

namespace minnow {

std::vector<Message> asked_messages(const Conversation& row, const Task& task, EvaluateSides side,
                                    const std::optional<std::string>& trained) {
  std::vector<Message> messages(row.messages.begin(), row.messages.end());
  if (!messages.empty() && messages.back().role == "assistant") messages.pop_back();
  const bool has_system = !messages.empty() && messages.front().role == "system";
  if (side == EvaluateSides::before && !task.detailed_prompt.empty()) {
    if (has_system)
      messages.front().content = task.detailed_prompt;
    else
      messages.insert(messages.begin(), {"system", task.detailed_prompt});
    return messages;
  }
  if (has_system) return messages;
  const bool known = trained && (side != EvaluateSides::before || !trained->empty());
  const std::string& system = known ? *trained : task.concise_prompt;
  if (!system.empty()) messages.insert(messages.begin(), {"system", system});
  return messages;
}

std::vector<Message> asked_messages(const std::string& input, const Task& task, EvaluateSides side,
                                    const std::optional<std::string>& trained) {
  Conversation row;
  row.messages = {{"user", input}};
  return asked_messages(row, task, side, trained);
}

std::string system_of(const std::vector<Message>& messages) {
  return messages.empty() || messages.front().role != "system" ? std::string() : messages.front().content;
}

}  // namespace minnow
