// One check per type; null counts as absent.
#include "core/project/json_reading.h"

#include <limits>

#include "core/types/error.h"

namespace minnow {
namespace {

/// The member, or null if it is absent.
const Json* member(const Json& json, const char* key, const std::string& subject) {
  if (!json.is_object())
    throw Error(ErrorKind::format,
                subject + ": a JSON object is needed where " + dump_json(json).substr(0, 60) + " stands", subject);
  const auto found = json.find(key);
  return found == json.end() || found->is_null() ? nullptr : &*found;
}

[[noreturn]] void refuse(const Json& value, const char* key, const std::string& subject, const char* wanted) {
  throw Error(ErrorKind::format,
              subject + ": '" + key + "' is " + dump_json(value).substr(0, 60) + ", it must be " + wanted, subject);
}

}  // namespace

void read_member(const Json& json, const char* key, const std::string& subject, std::string& to) {
  const Json* value = member(json, key, subject);
  if (value == nullptr) return;
  if (!value->is_string()) refuse(*value, key, subject, "text");
  to = value->get<std::string>();
}

void read_member(const Json& json, const char* key, const std::string& subject, std::filesystem::path& to) {
  std::string text = to.string();
  read_member(json, key, subject, text);
  to = text;
}

void read_member(const Json& json, const char* key, const std::string& subject, bool& to) {
  const Json* value = member(json, key, subject);
  if (value == nullptr) return;
  if (!value->is_boolean()) refuse(*value, key, subject, "true or false");
  to = value->get<bool>();
}

void read_member(const Json& json, const char* key, const std::string& subject, std::int64_t& to) {
  const Json* value = member(json, key, subject);
  if (value == nullptr) return;
  const bool fits = value->is_number_unsigned()
                        ? value->get<std::uint64_t>() <= std::numeric_limits<std::int64_t>::max()
                        : value->is_number_integer();
  if (!fits) refuse(*value, key, subject, "a whole number");
  to = value->get<std::int64_t>();
}

void read_member(const Json& json, const char* key, const std::string& subject, int& to) {
  std::int64_t wide = to;
  read_member(json, key, subject, wide);
  if (wide < std::numeric_limits<int>::min() || wide > std::numeric_limits<int>::max()) {
    refuse(Json(wide), key, subject, "a whole number below 2^31");
  }
  to = static_cast<int>(wide);
}

void read_member(const Json& json, const char* key, const std::string& subject, double& to) {
  const Json* value = member(json, key, subject);
  if (value == nullptr) return;
  if (!value->is_number()) refuse(*value, key, subject, "a number");
  to = value->get<double>();
}

}  // namespace minnow
