// Compiles and runs the split pattern. See pcre2api(3) and pcre2unicode(3).
#include "core/text/split_pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

#include "core/types/error.h"

namespace minnow {
namespace {

// White_Space of Unicode. PCRE2's own \s under UCP also takes U+180E, which has not been a space since Unicode 6.3.
constexpr std::string_view kWhiteSpace =
    "\\x09-\\x0d\\x20\\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}";

// Letters and numbers by the Unicode version that added them, after 14.0 (the oldest PCRE2 we build with knows 14.0).
struct Addition {
  int version;  // 151 is 15.1
  char category;
  std::uint32_t first, last;
};
constexpr std::array<Addition, 45> kAdditions{{
    {150, 'L', 0x1123F, 0x11240}, {150, 'L', 0x11F02, 0x11F02}, {150, 'L', 0x11F04, 0x11F10},
    {150, 'L', 0x11F12, 0x11F33}, {150, 'L', 0x1342F, 0x1342F}, {150, 'L', 0x13441, 0x13446},
    {150, 'L', 0x1B132, 0x1B132}, {150, 'L', 0x1B155, 0x1B155}, {150, 'L', 0x1DF25, 0x1DF2A},
    {150, 'L', 0x1E030, 0x1E06D}, {150, 'L', 0x1E4D0, 0x1E4EB}, {150, 'L', 0x2B739, 0x2B739},
    {150, 'L', 0x31350, 0x323AF}, {150, 'N', 0x11F50, 0x11F59}, {150, 'N', 0x1D2C0, 0x1D2D3},
    {150, 'N', 0x1E4F0, 0x1E4F9}, {151, 'L', 0x2EBF0, 0x2EE5D}, {160, 'L', 0x1C89, 0x1C8A},
    {160, 'L', 0xA7CB, 0xA7CD},   {160, 'L', 0xA7DA, 0xA7DC},   {160, 'L', 0x105C0, 0x105F3},
    {160, 'N', 0x10D40, 0x10D49}, {160, 'L', 0x10D4A, 0x10D65}, {160, 'L', 0x10D6F, 0x10D85},
    {160, 'L', 0x10EC2, 0x10EC4}, {160, 'L', 0x11380, 0x11389}, {160, 'L', 0x1138B, 0x1138B},
    {160, 'L', 0x1138E, 0x1138E}, {160, 'L', 0x11390, 0x113B5}, {160, 'L', 0x113B7, 0x113B7},
    {160, 'L', 0x113D1, 0x113D1}, {160, 'L', 0x113D3, 0x113D3}, {160, 'N', 0x116D0, 0x116E3},
    {160, 'L', 0x11BC0, 0x11BE0}, {160, 'N', 0x11BF0, 0x11BF9}, {160, 'L', 0x13460, 0x143FA},
    {160, 'L', 0x16100, 0x1611D}, {160, 'N', 0x16130, 0x16139}, {160, 'L', 0x16D40, 0x16D6C},
    {160, 'N', 0x16D70, 0x16D79}, {160, 'L', 0x18CFF, 0x18CFF}, {160, 'N', 0x1CCF0, 0x1CCF9},
    {160, 'L', 0x1E5D0, 0x1E5ED}, {160, 'L', 0x1E5F0, 0x1E5F0}, {160, 'N', 0x1E5F1, 0x1E5FA},
}};

// PCRE2 gives up after 10 million steps of one match, a guard against hostile patterns. A run of blanks takes a step
// per blank, so texts from this size on get a limit in proportion.
constexpr std::size_t kLongText = 500000;

// What a class needs besides \p{category} when PCRE2 knows Unicode `known` only.
std::string additions(char category, int known) {
  std::string text;
  for (const Addition& addition : kAdditions) {
    if (addition.category != category || addition.version <= known) continue;
    char range[40];
    std::snprintf(range, sizeof range, "\\x{%X}-\\x{%X}", static_cast<unsigned>(addition.first),
                  static_cast<unsigned>(addition.last));
    text += range;
  }
  return text;
}

std::string pcre2_message(int code) {
  std::array<PCRE2_UCHAR, 256> buffer{};
  pcre2_get_error_message(code, buffer.data(), buffer.size());
  return reinterpret_cast<const char*>(buffer.data());
}

}  // namespace

std::string with_reference_classes(std::string_view regex, std::string_view unicode_version) {
  int major = 0, minor = 0;
  std::sscanf(std::string(unicode_version).c_str(), "%d.%d", &major, &minor);
  const int known = major * 10 + minor;
  std::string out;
  bool in_class = false;
  // Writes a class as members of the surrounding [...] or as a class of its own.
  const auto put = [&](bool negated, const std::string& members) {
    out += in_class ? members : (negated ? "[^" : "[") + members + "]";
  };
  for (std::size_t i = 0; i < regex.size(); ++i) {
    const std::string_view rest = regex.substr(i);
    if (rest.size() >= 2 && rest[0] == '\\') {
      const bool property = (rest[1] == 'p' || rest[1] == 'P') && rest.size() >= 5 && rest[2] == '{' &&
                            rest[4] == '}' && (rest[3] == 'L' || rest[3] == 'N');
      const bool negated = rest[1] == 'S' || rest[1] == 'P';
      if (negated &&
          in_class) {  // a union with a complement cannot be spelled out; PCRE2's own comes within a few marks
        out += rest.substr(0, 2);
      } else if (rest[1] == 's' || rest[1] == 'S') {
        put(negated, std::string(kWhiteSpace));
      } else if (property) {
        put(negated, "\\p{" + std::string(1, rest[3]) + "}" + additions(rest[3], known));
        i += 3;
      } else {
        out += rest.substr(0, 2);
      }
      ++i;
      continue;
    }
    if (rest[0] == '[' && !in_class) {
      in_class = true;
      out += '[';
      if (rest.size() > 1 && rest[1] == '^') out += regex[++i];
      if (i + 1 < regex.size() && regex[i + 1] == ']') out += regex[++i];  // a ] right at the start is a member
      continue;
    }
    if (rest[0] == ']') in_class = false;
    out += rest[0];
  }
  return out;
}

std::string pcre2_unicode_version() {
  std::array<char, 24> version{};
  pcre2_config(PCRE2_CONFIG_UNICODE_VERSION, version.data());
  return version.data();
}

SplitPattern::SplitPattern(const std::string& regex, const std::string& subject) : regex_(regex), subject_(subject) {
  const std::string pattern = with_reference_classes(regex, pcre2_unicode_version());
  int error = 0;
  PCRE2_SIZE offset = 0;
  pcre2_code* code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(),
                                   PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C, &error, &offset, nullptr);
  if (code == nullptr) {
    throw Error(ErrorKind::unsupported,
                subject + ": the split pattern cannot be used: " + pcre2_message(error) + " (at byte " +
                    std::to_string(offset) + " of " + std::to_string(pattern.size()) + " of its PCRE2 form)",
                subject);
  }
  code_ = std::shared_ptr<pcre2_code>(code, pcre2_code_free);
  pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);  // where there is no JIT, pcre2_match interprets the pattern
}

SplitCursor::SplitCursor(const SplitPattern& pattern, std::string_view text)
    : pattern_(pattern), text_(text), match_data_(pcre2_match_data_create(1, nullptr), pcre2_match_data_free) {
  if (!match_data_) throw Error(ErrorKind::memory, "no memory for splitting a text", pattern.subject_);
  if (text.size() < kLongText) return;
  context_ = std::shared_ptr<pcre2_match_context>(pcre2_match_context_create(nullptr), pcre2_match_context_free);
  if (!context_) throw Error(ErrorKind::memory, "no memory for splitting a text", pattern.subject_);
  pcre2_set_match_limit(context_.get(),
                        static_cast<std::uint32_t>(std::min<std::size_t>(text.size() * 16, 0xFFFFFFFF)));
}

// Looks for the next non-empty match at or after `from`.
bool SplitCursor::match(std::size_t from) {
  const auto* subject = reinterpret_cast<PCRE2_SPTR>(text_.data());
  constexpr std::uint32_t options = PCRE2_NO_UTF_CHECK | PCRE2_NOTEMPTY;
  int rc = pcre2_match(pattern_.code_.get(), subject, text_.size(), from, options, match_data_.get(), context_.get());
  if (rc == PCRE2_ERROR_JIT_STACKLIMIT) {  // the interpreter keeps its stack on the heap
    rc = pcre2_match(pattern_.code_.get(), subject, text_.size(), from, options | PCRE2_NO_JIT, match_data_.get(),
                     context_.get());
  }
  if (rc == PCRE2_ERROR_NOMATCH) return false;
  if (rc < 0) {
    throw Error(ErrorKind::unsupported,
                pattern_.subject_ + ": the split pattern failed at byte " + std::to_string(from) + " of a text of " +
                    std::to_string(text_.size()) + " bytes: " + pcre2_message(rc),
                pattern_.subject_);
  }
  const PCRE2_SIZE* bounds = pcre2_get_ovector_pointer(match_data_.get());
  begin_ = bounds[0];
  end_ = bounds[1];
  return end_ > begin_ && begin_ >= from;  // \K could move the start; such a pattern splits nothing more
}

bool SplitCursor::next(std::string_view& piece) {
  if (done_ >= text_.size()) return false;
  if (end_ <= done_ && !match(done_)) {
    begin_ = end_ = text_.size();
  }
  const std::size_t stop = begin_ > done_ ? begin_ : end_;
  piece = text_.substr(done_, stop - done_);
  done_ = stop;
  return true;
}

}  // namespace minnow
