// Escaping.
#include "core/report/html_text.h"

#include "core/text/unicode.h"

namespace minnow {
namespace {

std::string picture(unsigned char control) {  // U+2400 + code; U+2421 for DEL
  return std::string("\xE2\x90") + static_cast<char>(control == 0x7F ? 0xA1 : 0x80 + control);
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string safe;
  for (const char c : repair_utf8(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '&') safe += "&amp;";
    else if (c == '<') safe += "&lt;";
    else if (c == '>') safe += "&gt;";
    else if (c == '"') safe += "&quot;";
    else if (c == '\'') safe += "&#39;";
    else if ((byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F) safe += picture(byte);
    else safe += c;
  }
  return safe;
}

}  // namespace minnow
