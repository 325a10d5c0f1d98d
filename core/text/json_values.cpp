// See json_values.h.
#include "core/text/json_values.h"

#include "core/text/unicode.h"
#include "core/types/error.h"

namespace minnow {

const Json& value_at(const Json& object, const char* key) {
  static const Json null;
  if (!object.is_object()) return null;
  const auto found = object.find(key);
  return found == object.end() ? null : *found;
}

bool is_off(const Json& value) {
  return value.is_null() || value == Json(false) || value == Json("") || (value.is_number() && value == Json(0));
}

std::string in_quotes(std::string_view text) {
  constexpr std::size_t kMost = 60;
  return dump_json(Json(repair_utf8(text.substr(0, kMost)) + (text.size() > kMost ? "…" : "")));
}

std::string short_dump(const Json& value) {
  constexpr std::size_t kMost = 100;
  const std::string text = dump_json(value);
  return text.size() > kMost ? repair_utf8(text.substr(0, kMost)) + "…" : text;
}

void bad_format(const std::string& subject, const std::string& sentence) {
  throw Error(ErrorKind::format, subject + ": " + sentence, subject);
}

void not_supported(const std::string& subject, const std::string& sentence) {
  throw Error(ErrorKind::unsupported, subject + ": " + sentence, subject);
}

}  // namespace minnow
