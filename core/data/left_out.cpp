// Counting and saying.
#include "core/data/left_out.h"

namespace minnow {

bool LeftOut::leaves(RowState state) {
  const bool unreviewed = state == RowState::needs_review && !include_unreviewed, no_label = state == RowState::failed;
  needs_review += unreviewed;
  failed += no_label;
  return unreviewed || no_label;
}

bool LeftOut::leaves_marked(const std::string& mark) {
  if (!mark.empty()) ++marked[mark];
  return !mark.empty();
}

std::vector<std::string> LeftOut::sentences(const std::string& where) const {
  std::vector<std::string> all;
  if (std::string said = sentence(where); !said.empty()) all.push_back(std::move(said));
  std::int64_t rows = 0;
  std::string marks;
  for (const auto& [mark, count] : marked) {
    rows += count;
    marks += (marks.empty() ? "" : ", ") + mark + " (" + std::to_string(count) + ")";
  }
  if (rows > 0) {
    all.push_back(where + std::to_string(rows) + (rows == 1 ? " row is" : " rows are") +
                  " marked not to be learnt and left out: " + marks);
  }
  if (std::string said = unused.sentence(where); !said.empty()) all.push_back(std::move(said));
  return all;
}

std::string set_aside_sentence(const std::string& file, const std::vector<Problem>& set_aside) {
  if (set_aside.empty()) return {};
  const bool one = set_aside.size() == 1;
  return file + ": " + std::to_string(set_aside.size()) + (one ? " row" : " rows") + " can't be read or used and " +
         (one ? "is" : "are") + " left out; the first: " + set_aside.front().sentence;
}

std::string LeftOut::sentence(const std::string& where) const {
  const auto rows = [](std::int64_t n, const char* one, const char* many) {
    return std::to_string(n) + (n == 1 ? std::string(" row ") + one : std::string(" rows ") + many);
  };
  std::string text;
  if (needs_review > 0) {
    text = where + rows(needs_review, "needs review and is", "need review and are") +
           " left out; accept them first, or take them along with --include_unreviewed";
  }
  if (failed > 0) {
    text += (text.empty() ? where : std::string(". ")) + rows(failed, "has", "have") +
            " no usable answer from the teacher and " + (failed == 1 ? "is" : "are") + " left out";
  }
  return text;
}

}  // namespace minnow
