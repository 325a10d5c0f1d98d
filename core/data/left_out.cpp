// Counting and saying.
#include "core/data/left_out.h"

namespace minnow {

bool LeftOut::leaves(RowState state) {
  const bool unreviewed = state == RowState::needs_review && !include_unreviewed, no_label = state == RowState::failed;
  needs_review += unreviewed;
  failed += no_label;
  return unreviewed || no_label;
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
