// What may stand where a row has a question or an answer, as text: one rule for `content`, `value`, `response`,
// `output`, `history` and labels.
#pragma once

#include <optional>
#include <string>

#include "core/io/json.h"

namespace minnow {

/// "an object", "a list", "text", "a number", "true or false", "null".
const char* type_of(const Json& value);

/// The text of a question or a prompt: text, a number, or the text parts of a list of parts. Otherwise nothing, and
/// `fault` says what it is instead ("is an object, it must be text"); it is empty for null.
std::optional<std::string> content_text(const Json& content, std::string& fault);

/// The text of an answer: as a question's, but an object, or a list of anything but typed parts, is the answer's JSON.
std::optional<std::string> answer_content(const Json& content, std::string& fault);

/// Text of an answer: a string as it is, any other value as JSON spelled like Python's json.dumps(ensure_ascii=False).
std::string answer_text(const Json& value);

}  // namespace minnow
