// Questions of the rows in a table, then one pass over the files.
#include "core/evaluate/seen_rows.h"

#include <string>
#include <unordered_map>

#include "core/data/load.h"
#include "core/types/error.h"

namespace minnow {
namespace {

/// Everything that is asked before the last answer, under whatever system prompt.
std::string question_of(const Conversation& row) {
  std::string question;
  for (std::size_t i = 0; i < row.messages.size(); ++i) {
    const Message& message = row.messages[i];
    const bool answer = i + 1 == row.messages.size() && message.role == "assistant";
    if (message.role != "system" && !answer) question += message.role + "\n" + message.content + "\n";
  }
  return question;
}

}  // namespace

std::int64_t seen_rows(const std::vector<Conversation>& rows, const std::vector<std::filesystem::path>& dataset,
                       std::stop_token stop) {
  std::unordered_map<std::string, std::int64_t> unseen;  // question to rows that ask it
  for (const Conversation& row : rows) ++unseen[question_of(row)];
  std::int64_t seen = 0;
  for (const auto& file : dataset) {
    try {
      std::vector<Problem> aside;
      for (const Conversation& row : load_conversations(file, &aside, {}, nullptr, stop)) {
        const auto found = unseen.find(question_of(row));
        if (found == unseen.end()) continue;
        seen += found->second;
        unseen.erase(found);
      }
    } catch (const Error&) {
      // Rows that nobody has any more can't be compared with.
    }
  }
  return seen;
}

}  // namespace minnow
