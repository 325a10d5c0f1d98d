// Text, parts of text, numbers, objects.
#include "core/data/message_content.h"

#include <algorithm>

namespace minnow {

const char* type_of(const Json& value) {
  if (value.is_object()) return "an object";
  if (value.is_array()) return "a list";
  if (value.is_string()) return "text";
  if (value.is_boolean()) return "true or false";
  return value.is_null() ? "null" : "a number";
}

std::optional<std::string> content_text(const Json& content, std::string& fault) {
  if (content.is_string()) return content.get<std::string>();
  if (content.is_number() || content.is_boolean()) return content.dump();
  if (content.is_null()) return std::nullopt;
  if (!content.is_array()) {
    fault = std::string("is ") + type_of(content) + ", it must be text";
    return std::nullopt;
  }
  std::string text;
  for (const Json& part : content) {
    const auto piece = part.is_object() ? part.find("text") : part.end();
    if (part.is_object() && piece != part.end() && piece->is_string()) {
      text += piece->get_ref<const std::string&>();
      continue;
    }
    const bool typed = part.is_object() && part.contains("type") && part["type"].is_string();
    fault = "is a list with " +
            (typed ? "a part of type '" + part["type"].get<std::string>() + "'" : std::string(type_of(part))) +
            " in it; its parts must be text";
    return std::nullopt;
  }
  return text;
}

std::optional<std::string> answer_content(const Json& content, std::string& fault) {
  if (content.is_object()) return answer_text(content);
  std::string ignored;
  if (auto text = content_text(content, ignored)) return text;
  const auto is_typed = [](const Json& part) { return part.is_object() && part.contains("type"); };
  if (content.is_array() && std::none_of(content.begin(), content.end(), is_typed)) return answer_text(content);
  return content_text(content, fault);
}

std::string answer_text(const Json& value) {
  return value.is_string() ? value.get<std::string>() : dump_json_python(value);
}

}  // namespace minnow
