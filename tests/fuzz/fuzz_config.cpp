// Any bytes as config.json: refused in a sentence that names the file, or a shape that a model can have.
#include <string>
#include <string_view>

#include "core/model/config.h"
#include "core/types/error.h"
#include "tests/fuzz/require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const minnow::Qwen3Config config = minnow::parse_config(minnow::parse_json(text, "input"), "input");
    require(config.hidden_size > 0 && config.num_hidden_layers > 0 && config.vocab_size > 0, "sizes are positive");
    require(config.num_attention_heads > 0 && config.num_key_value_heads > 0 && config.head_dim > 0, "heads too");
    config.parameter_count();
  } catch (const minnow::Error& error) {
    require(std::string_view(error.what()).find("json.exception") == std::string_view::npos, "no parser's own words");
  }
  return 0;
}
