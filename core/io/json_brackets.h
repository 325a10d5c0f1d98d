// Follows the brackets of a JSON text character by character; those within strings don't count. For whoever cuts a text
// into values before it is known to be JSON.
#pragma once

namespace minnow {

class JsonBrackets {
 public:
  /// Goes past one character.
  void pass(char c) {
    if (quoted_) {
      if (escaped_) escaped_ = false;
      else if (c == '\\') escaped_ = true;
      else if (c == '"') quoted_ = false;
    } else if (c == '"') {
      quoted_ = true;
    } else if (c == '{' || c == '[') {
      ++depth_;
    } else if (c == '}' || c == ']') {
      --depth_;
    }
  }
  /// A string whose end is missing ends here: what a raw line break says, which JSON has none of in strings.
  void end_string() { quoted_ = escaped_ = false; }

  int depth() const { return depth_; }      ///< open brackets; below 0 where more were closed than opened
  bool quoted() const { return quoted_; }   ///< within a string

 private:
  int depth_ = 0;
  bool quoted_ = false, escaped_ = false;
};

}  // namespace minnow
