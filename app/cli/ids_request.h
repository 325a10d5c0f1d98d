// Members of the JSON lines that inspect and generate read.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/io/json.h"

namespace minnow::cli {

/// The array of token ids under "ids". Throws Error(format), `subject` in front, for anything else.
std::vector<std::int32_t> ids_of(const Json& request, const std::string& subject);

/// A whole number from `least` on under `key`, or `otherwise` where it is missing or null. Throws as ids_of.
std::int64_t count_of(const Json& request, const char* key, std::int64_t least, std::int64_t otherwise,
                      const std::string& subject);

/// true or false under `key`, or `otherwise`. Throws as ids_of.
bool flag_of(const Json& request, const char* key, bool otherwise, const std::string& subject);

}  // namespace minnow::cli
