// The pre-tokeniser's regular expression from tokenizer.json, run by PCRE2 (JIT, UTF, UCP). PCRE2's classes are brought
// to what the reference tokenizer uses: \s is Unicode's White_Space, \p{L} and \p{N} are Unicode 16's (facts sheet: the
// counts 141,028 and 1,911), whatever Unicode version the installed PCRE2 knows.
#pragma once

#include <memory>
#include <string>
#include <string_view>

struct pcre2_real_code_8;
struct pcre2_real_match_context_8;
struct pcre2_real_match_data_8;

namespace minnow {

/// A compiled pattern. Immutable, so any number of threads may use it at once, each through its own SplitCursor.
class SplitPattern {
 public:
  /// Compiles `regex`. Throws Error(unsupported) naming `subject` and the place in the pattern if PCRE2 refuses it.
  SplitPattern(const std::string& regex, const std::string& subject);

  const std::string& regex() const { return regex_; }  ///< as it stood in the file

 private:
  friend class SplitCursor;
  std::string regex_;
  std::string subject_;
  std::shared_ptr<pcre2_real_code_8> code_;
};

/// Walks over one text: every match is a piece, and so is the text between two matches ("Isolated"). Not thread-safe.
class SplitCursor {
 public:
  /// `text` must be valid UTF-8 and outlive the cursor.
  SplitCursor(const SplitPattern& pattern, std::string_view text);

  /// The next piece, never empty; false at the end. All pieces joined are the text.
  /// Throws Error(unsupported) when matching exceeds PCRE2's limits (a hostile pattern).
  bool next(std::string_view& piece);

 private:
  bool match(std::size_t from);

  const SplitPattern& pattern_;
  std::string_view text_;
  std::shared_ptr<pcre2_real_match_data_8> match_data_;
  std::shared_ptr<pcre2_real_match_context_8> context_;  ///< null: PCRE2's own limits
  std::size_t done_ = 0;                                 ///< everything before is handed out
  std::size_t begin_ = 0, end_ = 0;                      ///< a match found but not handed out, when end_ > done_
};

/// The pattern as it is given to PCRE2, for tests: classes spelled out where PCRE2's differ from the reference.
/// `unicode_version` is PCRE2's, "14.0.0".
std::string with_reference_classes(std::string_view regex, std::string_view unicode_version);

/// The Unicode version of the installed PCRE2.
std::string pcre2_unicode_version();

}  // namespace minnow
