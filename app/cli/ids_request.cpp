// Checked reading of requests; every refusal names the line, the member and what stood there.
#include "app/cli/ids_request.h"

#include <limits>

#include "core/types/error.h"

namespace minnow::cli {
namespace {

[[noreturn]] void refuse(const std::string& subject, const std::string& wanted, const Json& found) {
  std::string shown = dump_json(found);
  if (shown.size() > 60) shown = shown.substr(0, 57) + "...";
  throw Error(ErrorKind::data, subject + ": " + wanted + ", this is " + shown, subject);
}

bool is_whole(const Json& value, std::int64_t least, std::int64_t most) {
  if (!value.is_number_integer()) return false;
  if (value.is_number_unsigned() && value.get<std::uint64_t>() > static_cast<std::uint64_t>(most)) return false;
  const auto number = value.get<std::int64_t>();
  return number >= least && number <= most;
}

}  // namespace

std::vector<std::int32_t> ids_of(const Json& request, const std::string& subject) {
  if (!request.is_object()) refuse(subject, "an object with \"ids\" is wanted", request);
  const auto found = request.find("ids");
  if (found == request.end() || !found->is_array()) refuse(subject, "\"ids\" must be an array of token ids", request);
  std::vector<std::int32_t> ids;
  ids.reserve(found->size());
  for (const Json& id : *found) {
    if (!is_whole(id, 0, std::numeric_limits<std::int32_t>::max())) refuse(subject, "a token id is wanted", id);
    ids.push_back(id.get<std::int32_t>());
  }
  return ids;
}

std::int64_t count_of(const Json& request, const char* key, std::int64_t least, std::int64_t otherwise,
                      const std::string& subject) {
  const auto found = request.find(key);
  if (found == request.end() || found->is_null()) return otherwise;
  if (!is_whole(*found, least, 1 << 30)) {
    refuse(subject, std::string("\"") + key + "\" must be a whole number from " + std::to_string(least) + " on",
           *found);
  }
  return found->get<std::int64_t>();
}

bool flag_of(const Json& request, const char* key, bool otherwise, const std::string& subject) {
  const auto found = request.find(key);
  if (found == request.end() || found->is_null()) return otherwise;
  if (!found->is_boolean()) refuse(subject, std::string("\"") + key + "\" must be true or false", *found);
  return found->get<bool>();
}

}  // namespace minnow::cli
