// UnusedParts: what rows hold that is neither question, prompt nor answer to their reader, counted so that it can be
// said once a file.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/io/json.h"

namespace minnow {

/// One thread at a time.
class UnusedParts {
 public:
  /// The parts of one row, each a phrase: "'context'", "'reasoning_content' of a message".
  void add_row(const std::vector<std::string>& parts);
  bool empty() const { return rows_.empty(); }
  /// "…: not used of the rows are 'context' (3 rows) and 'images' (1 row)", with `where` in front; empty when there is
  /// nothing to say.
  std::string sentence(const std::string& where) const;

 private:
  std::map<std::string, std::int64_t> rows_;  // by phrase
};

/// Whether a column that nobody read could have been meant as question, prompt or answer: it holds text, a list or an
/// object, and its name (lower case) isn't one of bookkeeping (id, source, split, …).
bool could_be_meant(std::string_view lower_case_name, const Json& value);

}  // namespace minnow
