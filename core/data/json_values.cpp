// Resynchronisation: where elements stand on lines of their own with members indented deeper, a line that begins as the
// first element's line did begins the next element, whatever the brackets before it say.
#include "core/data/json_values.h"

#include <algorithm>

#include "core/io/json.h"
#include "core/io/json_brackets.h"

namespace minnow {
namespace {

constexpr int end_of_file = -1;

/// NUL too, which a power cut leaves behind a file's last row.
bool is_blank(int c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\0'; }

}  // namespace

bool JsonValues::fill() {
  buffer_.erase(0, start_);
  start_ = 0;
  return stream_.read(buffer_);
}

int JsonValues::peek(std::size_t at) {
  // fill() moves the buffer's front away, so positions are kept relative to start_.
  const std::size_t ahead = at - start_;
  while (start_ + ahead >= buffer_.size()) {
    if (!fill()) return end_of_file;
  }
  return static_cast<unsigned char>(buffer_[start_ + ahead]);
}

bool JsonValues::skip_separators() {
  for (;;) {
    const int c = peek(start_);
    if (c == end_of_file) return false;
    const bool outer = c == '[' && !opened_;
    if (!is_blank(c) && c != ',' && c != ']' && !outer) break;
    if (outer) opened_ = true;
    if (c == '\n') {
      ++line_;
      line_head_.clear();
    } else {
      line_head_ += static_cast<char>(c);
    }
    ++start_;
  }
  opened_ = true;
  return true;
}

void JsonValues::learn_indentation() {
  learned_ = true;
  if (!std::all_of(line_head_.begin(), line_head_.end(), is_blank)) return;
  std::size_t ahead = 1;  // after '{'
  while (peek(start_ + ahead) == ' ' || peek(start_ + ahead) == '\r') ++ahead;
  if (peek(start_ + ahead) == '\n') {
    std::size_t width = 0;
    while (peek(start_ + ahead + 1 + width) == ' ' || peek(start_ + ahead + 1 + width) == '\t') ++width;
    if (width <= line_head_.size()) return;
  }
  indentation_ = line_head_;
}

bool JsonValues::sibling_follows(std::size_t line_break) {
  if (!indentation_) return false;
  const std::size_t ahead = line_break + 1 - start_;
  for (std::size_t i = 0; i < indentation_->size(); ++i) {
    if (peek(start_ + ahead + i) != static_cast<unsigned char>((*indentation_)[i])) return false;
  }
  return peek(start_ + ahead + indentation_->size()) == '{';
}

void JsonValues::take(std::size_t length, Value& value) {
  value.text = buffer_.substr(start_, length);
  line_ += std::count(value.text.begin(), value.text.end(), '\n');
  const std::size_t last_break = value.text.rfind('\n');
  line_head_ = last_break == std::string::npos ? line_head_ + "x" : "x";  // no longer blanks only
  start_ += length;
}

void JsonValues::scan_scalar(Value& value) {
  std::size_t length = 0;
  JsonBrackets brackets;
  for (int c = peek(start_); c != end_of_file && c != '\n'; c = peek(start_ + length)) {
    if (!brackets.quoted() && (c == ',' || c == ']')) break;
    brackets.pass(static_cast<char>(c));
    ++length;
  }
  take(std::min(length, buffer_.size() - start_), value);
}

void JsonValues::scan_brackets(Value& value) {
  constexpr std::size_t limit = JsonLimits{}.max_bytes;
  std::size_t length = 0;
  JsonBrackets brackets;
  for (;; ++length) {
    if (start_ + length >= buffer_.size()) {
      if (length > limit) {  // not kept any further, only passed over
        value.cut = Cut::too_long;
        const auto kept_from = buffer_.begin() + static_cast<std::ptrdiff_t>(start_);
        line_ += std::count(kept_from, buffer_.end(), '\n');
        start_ = buffer_.size();
        length = 0;
      }
      if (peek(start_ + length) == end_of_file) {
        if (value.cut == Cut::whole) value.cut = Cut::unfinished;
        length = buffer_.size() - start_;
        break;
      }
    }
    const char c = buffer_[start_ + length];
    if (c == '\n') {
      brackets.end_string();  // the text is wrong there, its end can still be found
      if (sibling_follows(start_ + length)) {
        if (value.cut == Cut::whole) value.cut = Cut::broken;
        break;
      }
    } else {
      const bool open = brackets.depth() > 0;
      brackets.pass(c);
      if (open && brackets.depth() == 0) {
        ++length;
        break;
      }
    }
  }
  take(std::min(length, buffer_.size() - start_), value);
}

bool JsonValues::next(Value& value) {
  value = {};
  if (!skip_separators()) return false;
  value.line = line_;
  const int c = peek(start_);
  if (c == '{' || c == '[') {
    if (c == '{' && !learned_) learn_indentation();
    scan_brackets(value);
  } else {
    scan_scalar(value);
  }
  return true;
}

}  // namespace minnow
