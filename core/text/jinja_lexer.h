// The source of a Jinja template cut into text and tags with Jinja's rules for blanks, and a tag into tokens.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace minnow::jinja {

struct Token {
  enum class Kind { name, text, number, sign, end };
  Kind kind = Kind::end;
  std::string text;
  int line = 0;
};

/// Text between tags, or a tag's inside.
struct Piece {
  enum class Kind { text, block, output };
  Kind kind = Kind::text;
  std::string text;
  int line = 1;
};

/// Without a byte order mark, with \n only at the ends of lines, and without the last of them.
std::string with_plain_line_ends(std::string_view text);

/// Jinja's lexer with trim_blocks (a line break behind a block or comment goes) and lstrip_blocks (blanks in front of
/// one that begins its line go). Throws as jinja_unknown.
std::vector<Piece> cut(std::string_view text);

/// Of a tag's inside, Kind::end last. Throws as jinja_unknown.
std::vector<Token> tokens_of(const Piece& piece);

}  // namespace minnow::jinja
