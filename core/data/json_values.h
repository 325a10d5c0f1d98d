// Cuts a JSON array of rows (or rows one after another) into its elements' texts while the file streams by, so that a
// file of any size needs the memory of one row. Knows only brackets, strings and line breaks; io's reader judges each
// text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/data/encoding.h"

namespace minnow {

/// One thread at a time.
class JsonValues {
 public:
  explicit JsonValues(TextStream stream) : stream_(std::move(stream)) {}

  enum class Cut {
    whole,       ///< brackets closed
    broken,      ///< the next element began (by its indentation) before this one's brackets closed
    unfinished,  ///< the file ended first
    too_long     ///< longer than 64 MiB; `text` has only its end
  };
  struct Value {
    std::int64_t line = 0;  ///< 1-based line it begins on
    std::string text;
    Cut cut = Cut::whole;
  };

  bool next(Value& value);  ///< false at the end. Throws Error(io)
  const TextStream& stream() const { return stream_; }

 private:
  bool fill();               ///< more text into the buffer; false at the end of the file
  int peek(std::size_t at);  ///< a byte, or -1 at the end of the file
  bool skip_separators();    ///< to the next value; false at the end
  void learn_indentation();  ///< from the first element
  bool sibling_follows(std::size_t line_break);
  void take(std::size_t length, Value& value);
  void scan_scalar(Value& value);
  void scan_brackets(Value& value);

  TextStream stream_;
  std::string buffer_;  // from start_ on: the value being cut and what follows it
  std::size_t start_ = 0;
  std::int64_t line_ = 1;  // of buffer_[start_]
  bool opened_ = false;    // the outer '[' (or the first value) has been seen
  std::string line_head_;  // what stands before start_ on its line, while only blanks do
  std::optional<std::string> indentation_;
  bool learned_ = false;
};

}  // namespace minnow
