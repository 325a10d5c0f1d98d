// Regular expressions of other programs' configs, in Python's dialect, matched as re.fullmatch does.
#pragma once

#include <memory>
#include <string>
#include <string_view>

struct pcre2_real_code_8;

namespace minnow {

/// A compiled expression. Immutable; any thread may match.
class FullMatch {
 public:
  /// Throws Error(format) naming `subject`, the expression and what is wrong with it.
  FullMatch(const std::string& expression, const std::string& subject);

  /// Whether the whole text matches. Throws Error(format) when that takes too many steps to find out.
  bool operator()(std::string_view text) const;

 private:
  std::string expression_, subject_;
  std::shared_ptr<pcre2_real_code_8> code_;
};

}  // namespace minnow
