// PCRE2 knows Python's dialect: named groups as (?P<name>…), \Z, inline flags, look-behind. See pcre2pattern(3).
#include "core/text/full_match.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <array>

#include "core/text/json_values.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr std::uint32_t kMostSteps = 1000000;  // names of modules are short

std::string regex_message(int code) {
  std::array<PCRE2_UCHAR, 256> buffer{};
  pcre2_get_error_message(code, buffer.data(), buffer.size());
  return reinterpret_cast<const char*>(buffer.data());
}

}  // namespace

FullMatch::FullMatch(const std::string& expression, const std::string& subject)
    : expression_(expression), subject_(subject) {
  int error = 0;
  PCRE2_SIZE offset = 0;
  constexpr std::uint32_t options = PCRE2_UTF | PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_NEVER_BACKSLASH_C;
  pcre2_code* code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(expression.data()), expression.size(), options, &error,
                                   &offset, nullptr);
  if (code == nullptr) {
    bad_format(subject, in_quotes(expression) + " is no regular expression: " + regex_message(error) +
                            " (at character " + std::to_string(offset) + ")");
  }
  code_ = std::shared_ptr<pcre2_code>(code, pcre2_code_free);
}

bool FullMatch::operator()(std::string_view text) const {
  const std::shared_ptr<pcre2_match_data> data(pcre2_match_data_create(1, nullptr), pcre2_match_data_free);
  const std::shared_ptr<pcre2_match_context> limits(pcre2_match_context_create(nullptr), pcre2_match_context_free);
  if (!data || !limits) throw Error(ErrorKind::memory, "no memory for matching a name", subject_);
  pcre2_set_match_limit(limits.get(), kMostSteps);
  const int found = pcre2_match(code_.get(), reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), 0, 0, data.get(),
                                limits.get());
  if (found == PCRE2_ERROR_NOMATCH) return false;
  if (found < 0) {
    bad_format(subject_, in_quotes(expression_) + " can't be matched with " + in_quotes(text) + ": " +
                             regex_message(found));
  }
  return true;
}

}  // namespace minnow
