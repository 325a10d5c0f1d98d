// Characters that look the same and are different code points: radicals for characters (⻄ for 西), full-width for plain
// ASCII (１ for 1), compatibility forms. For comparing what people see, never for what is trained on.
#pragma once

#include <string>
#include <string_view>

namespace minnow {

/// Valid UTF-8 with every look-alike as its usual character: Unicode's form NFKC, and the CJK radicals that it leaves
/// alone as their equivalent unified ideographs (Unicode's EquivalentUnifiedIdeograph.txt). O(n log n).
std::string without_look_alikes(std::string_view text);

}  // namespace minnow
