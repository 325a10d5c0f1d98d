// Any bytes as tokenizer.json: refused in a sentence, or a tokenizer with which every text comes back as it went in.
#include <string>
#include <string_view>

#include "core/text/tokenizer.h"
#include "core/text/unicode.h"
#include "core/types/error.h"
#include "tests/fuzz/require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string sample = "the  大理市 aaaaa e\u0301\u0316 12<|im_end|>\r\n<think>";
  try {
    const auto tokenizer = minnow::Tokenizer::from_json(text, "input");
    const std::string back = tokenizer->decode(tokenizer->encode(sample, false));
    require(back == sample || back == minnow::nfc(sample), "text comes back");
    for (const std::int32_t id : tokenizer->encode(sample)) {
      require(id >= 0 && id < tokenizer->size() && !tokenizer->token_view(id).empty(), "ids have tokens");
    }
  } catch (const minnow::Error& error) {
    require(std::string_view(error.what()).rfind("input: ", 0) == 0, "the sentence names the file");
  }
  return 0;
}
