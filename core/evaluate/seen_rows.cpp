// One pass over the files.
#include "core/evaluate/seen_rows.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "core/data/import.h"
#include "core/types/error.h"

namespace minnow {

std::int64_t seen_rows(const std::vector<Conversation>& rows, const std::vector<std::filesystem::path>& dataset,
                       std::stop_token stop) {
  std::unordered_map<std::string, std::int64_t> unseen;  // question to rows that ask it
  for (const Conversation& row : rows) {
    const auto question = std::find_if(row.messages.begin(), row.messages.end(),
                                       [](const Message& message) { return message.role == "user"; });
    if (question != row.messages.end()) ++unseen[question->content];
  }
  std::int64_t seen = 0;
  for (const auto& file : dataset) {
    try {
      import_rows(
          file, {},
          [&](Row&& row) {
            if (const auto found = unseen.find(row.input); found != unseen.end()) {
              seen += found->second;
              unseen.erase(found);
            }
          },
          {}, stop);
    } catch (const Error&) {
      // Rows that nobody has any more can't be compared with.
    }
  }
  return seen;
}

}  // namespace minnow
