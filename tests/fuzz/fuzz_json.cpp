// Any bytes as JSON: refused in a sentence, or a value that both writers write so that it reads back the same.
#include <string>
#include <string_view>

#include "core/io/json.h"
#include "core/types/error.h"
#include "tests/fuzz/require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  minnow::Json value;
  try {
    value = minnow::parse_json(text, "input");
  } catch (const minnow::Error& error) {
    require(error.kind() == minnow::ErrorKind::format, "bad JSON is a matter of format");
    const std::string_view said = error.what();
    require(said.starts_with("input: not valid JSON at line ") || said.starts_with("input: JSON is wanted"),
            "the sentence says where, or what it is");
    return 0;
  }
  require(minnow::parse_json(minnow::dump_json(value), "compact") == value, "the compact form reads back");
  require(minnow::parse_json(minnow::dump_json_python(value), "python") == value, "Python's form reads back");
  try {
    require(minnow::parse_json(text, "input", {.reject_duplicates = true}) == value, "limits don't change values");
  } catch (const minnow::Error& error) {
    require(std::string(error.what()).find("occurs twice") != std::string::npos, "only a repeated key is refused now");
  }
  return 0;
}
