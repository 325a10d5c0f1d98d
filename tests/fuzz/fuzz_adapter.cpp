// Any bytes as adapter_config.json: refused in a sentence, or a rank, a scale and a set of layers that can be asked for.
#include <cmath>
#include <string>
#include <string_view>

#include "core/model/adapter_config.h"
#include "core/types/error.h"
#include "tests/fuzz/require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::string notes;
  try {
    const minnow::AdapterConfig config(minnow::parse_json(text, "input"), "input",
                                       [&](const std::string& sentence) { notes += sentence + "\n"; });
    require(config.rank() >= 1 && std::isfinite(config.lora_alpha()), "rank and alpha are numbers");
    for (const char* module : {"model.layers.0.self_attn.q_proj", "model.layers.11.mlp.down_proj"}) {
      if (!config.takes(module)) continue;
      require(config.rank_of(module) >= 1 && std::isfinite(config.alpha_of(module)), "a layer's rank and alpha, too");
    }
  } catch (const minnow::Error& error) {
    require(std::string_view(error.what()).find("json.exception") == std::string_view::npos, "no parser's own words");
    require(std::string_view(error.what()).find("input") != std::string_view::npos, "the sentence names the file");
  }
  require(notes.find("json.exception") == std::string::npos, "no parser's own words in notes");
  return 0;
}
