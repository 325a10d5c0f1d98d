// Through the JSON writer, which escapes what a terminal or a C string would stumble over.
#include "core/io/shown.h"

#include "core/io/json.h"

namespace minnow {

std::string shown(std::string_view name) {
  constexpr std::size_t longest = 100;
  std::string text = dump_json(Json(std::string(name.substr(0, longest))));
  text.front() = text.back() = '\'';
  if (name.size() > longest) text.insert(text.size() - 1, "…");
  return text;
}

}  // namespace minnow
