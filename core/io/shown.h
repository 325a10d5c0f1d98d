// A name out of a foreign file, made fit for a sentence.
#pragma once

#include <string>
#include <string_view>

namespace minnow {

/// In single quotes, cut after about 100 bytes, control characters escaped, bytes that aren't UTF-8 replaced.
std::string shown(std::string_view name);

}  // namespace minnow
