// The languages that core speaks.
#pragma once

namespace minnow {

enum class Language { english, chinese };

}  // namespace minnow
