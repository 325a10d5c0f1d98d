// User-perceived characters (extended grapheme clusters, Unicode UAX #29) by utf8proc: what marks and diffs work on, so
// that a mark never splits an accented letter, a Hangul syllable or a joined emoji.
#pragma once

#include <string_view>
#include <vector>

namespace minnow {

/// The grapheme clusters of `text`, in order; joined they are `text`. The views point into it. A byte that isn't UTF-8
/// is a cluster of its own. Clusters are those of the installed utf8proc's Unicode version.
std::vector<std::string_view> graphemes(std::string_view text);

}  // namespace minnow
