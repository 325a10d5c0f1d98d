// Walks code points and asks utf8proc where a cluster may end.
#include "core/text/graphemes.h"

#include <utf8proc.h>

namespace minnow {

std::vector<std::string_view> graphemes(std::string_view text) {
  std::vector<std::string_view> clusters;
  utf8proc_int32_t before = -1;  // no code point: the start, or a byte that isn't UTF-8
  utf8proc_int32_t state = 0;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    utf8proc_int32_t code = -1;
    const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                                         static_cast<utf8proc_ssize_t>(text.size() - at), &code);
    const bool valid = length > 0;
    if (at > 0 && (!valid || before < 0 || utf8proc_grapheme_break_stateful(before, code, &state))) {
      clusters.push_back(text.substr(begin, at - begin));
      begin = at;
      if (!valid || before < 0) state = 0;
    }
    before = valid ? code : -1;
    at += valid ? static_cast<std::size_t>(length) : 1;
  }
  if (begin < text.size()) clusters.push_back(text.substr(begin));
  return clusters;
}

}  // namespace minnow
