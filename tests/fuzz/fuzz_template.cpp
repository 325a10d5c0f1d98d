// Any bytes as a conversation for the chat templates, {"messages": …, "tools": …, …}: refused in a sentence or
// rendered, by every kind of template, and the pieces joined are the text. The same bytes as a template's text are no
// known one.
#include <string>
#include <string_view>

#include "core/text/chat_template.h"
#include "core/types/error.h"
#include "tests/fuzz/require.h"

namespace {

void render(const minnow::Json& input, minnow::TemplateKind kind) {
  minnow::TemplateOptions options;
  options.add_generation_prompt = input.value("add_generation_prompt", minnow::Json()) == minnow::Json(true);
  options.enable_thinking = input.value("enable_thinking", minnow::Json()) == minnow::Json(true);
  options.tools = input.value("tools", minnow::Json());
  const minnow::Json messages = input.value("messages", minnow::Json());
  const minnow::ChatTemplate rules = minnow::ChatTemplate::of_kind(kind);
  try {
    std::string joined;
    for (const minnow::TextPiece& piece : rules.render_pieces(messages, options)) joined += piece.text;
    require(joined == rules.render(messages, options), "pieces joined are the text");
  } catch (const minnow::Error& error) {
    require(error.kind() == minnow::ErrorKind::data, "a bad conversation is a matter of data");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    minnow::ChatTemplate::from_text(std::string(text), "input");
    require(false, "an unknown template is refused");
  } catch (const minnow::Error& error) {
    require(error.kind() == minnow::ErrorKind::unsupported, "an unknown template is unsupported");
  }
  try {
    const minnow::Json input = minnow::parse_json(text, "input");
    if (!input.is_object()) return 0;
    for (const auto kind : {minnow::TemplateKind::hybrid, minnow::TemplateKind::base_2025_04,
                            minnow::TemplateKind::instruct_2507, minnow::TemplateKind::thinking_2507}) {
      render(input, kind);
    }
  } catch (const minnow::Error& error) {
    require(error.kind() == minnow::ErrorKind::format, "what is no JSON is a matter of format");
  }
  return 0;
}
