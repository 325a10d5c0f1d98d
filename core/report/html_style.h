// The report's style sheet and its few lines of script: inline, so that the file stands alone.
#pragma once

#include <string_view>

namespace minnow {

/// CSS: accent deep teal, warm neutral greys, one emphasis; prints on A4 without the controls.
extern const std::string_view report_style;

/// JavaScript for the row filters; the page reads whole without it. The page's policy allows this text only (by hash).
extern const std::string_view report_script;

}  // namespace minnow
