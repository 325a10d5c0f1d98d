// Small helpers for reading a tokenizer's JSON files: look-ups that never fail, and refusals that show the value.
#pragma once

#include <string>
#include <string_view>

#include "core/io/json.h"

namespace minnow {

/// object[key]; null where there is no such key or no object.
const Json& value_at(const Json& object, const char* key);

/// Null, false, "" and 0 all mean that a feature is off.
bool is_off(const Json& value);

/// `text` in quotes for a sentence: escaped, cut after 60 bytes.
std::string in_quotes(std::string_view text);

/// A value for a sentence: its JSON, cut after 100 bytes.
std::string short_dump(const Json& value);

/// Throws Error(format) or Error(unsupported): "subject: sentence".
[[noreturn]] void bad_format(const std::string& subject, const std::string& sentence);
[[noreturn]] void not_supported(const std::string& subject, const std::string& sentence);

}  // namespace minnow
