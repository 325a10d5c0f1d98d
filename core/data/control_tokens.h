// Control tokens of chat formats in what people wrote. Training takes them for ordinary text, which is right for text
// that happens to hold them and wrong for a label to which somebody's export has added them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace minnow {

/// The different ones in a text, in the order of appearance: <|im_end|> and all of that form, <think>, <tool_call>, the
/// fill-in-the-middle tokens, [INST] …
std::vector<std::string> control_tokens_in(std::string_view text);

/// The control token or end mark that a text ends with (</s>, <eos> … too); empty if it ends otherwise.
std::string_view token_at_end(std::string_view text);

}  // namespace minnow
