// A chat message and a conversation, as data rows have them.
#pragma once

#include <string>
#include <vector>

namespace minnow {

struct Message {
  std::string role;     ///< system, user or assistant
  std::string content;
  bool learnt = true;   ///< of the assistant's: false where the row says that this answer is context only
};

/// One training or test row as messages; the last assistant message is the wanted answer.
struct Conversation {
  std::vector<Message> messages;
  std::string source;   ///< "file.jsonl:17", for sentences about it
};

}  // namespace minnow
