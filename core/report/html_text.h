// Text made safe for the report's pages.
#pragma once

#include <string>
#include <string_view>

namespace minnow {

/// Text made safe inside elements and quoted attributes: & < > " ' escaped, bytes that aren't UTF-8 and control characters
/// (but tab and line feed) replaced by U+FFFD or their picture (U+2400 on).
std::string escape_html(std::string_view text);

}  // namespace minnow
