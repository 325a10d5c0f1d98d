// Rendering: one class that walks over the messages as the Jinja templates do. Where the four kinds differ, the code
// says so; everything else is the same in all.
#include <algorithm>

#include "core/text/chat_template.h"
#include "core/text/thinking.h"
#include "core/types/error.h"

namespace minnow {
namespace {

[[noreturn]] void bad(const std::string& sentence, const std::string& subject) {
  throw Error(ErrorKind::data, subject + " " + sentence, subject);
}

std::string name_of(std::size_t index) { return "messages[" + std::to_string(index) + "]"; }

const Json& at(const Json& object, const char* key) {
  static const Json null;
  const auto found = object.find(key);
  return found == object.end() ? null : *found;
}

class Renderer {
 public:
  Renderer(TemplateKind kind, const Json& messages) : kind_(kind), messages_(messages) {}

  void run(const Json& tools) {
    check();
    head(tools);
    const std::size_t last_query = find_last_query();
    for (std::size_t i = 0; i < messages_.size(); ++i) {
      const std::string role = role_of(i);
      if (role == "user" || (role == "system" && i > 0)) {
        scaffold("<|im_start|>" + role + "\n");
        content(text_of(i));
        scaffold("<|im_end|>\n");
      } else if (role == "assistant") {
        assistant(i, last_query);
      } else if (role == "tool") {
        tool_result(i);
      }  // other roles are dropped, as the templates do
    }
  }

  void scaffold(std::string text) { add(std::move(text), false); }
  std::vector<TextPiece> take() { return std::move(pieces_); }

 private:
  void check() const {
    if (!messages_.is_array()) bad("is not a list", "messages");
    if (messages_.empty()) bad("is empty; a conversation has at least one message", "messages");
    for (std::size_t i = 0; i < messages_.size(); ++i) {
      if (!messages_[i].is_object()) bad("is " + dump_json(messages_[i]) + ", not an object", name_of(i));
      const Json& role = at(messages_[i], "role");
      if (!role.is_string()) bad("has the role " + dump_json(role) + ", not a name", name_of(i));
    }
  }

  std::string role_of(std::size_t i) const { return at(messages_[i], "role").get<std::string>(); }

  /// The message's text; of other contents nothing, except that the template of April 2025 fails on them.
  std::string text_of(std::size_t i) const {
    const Json& value = at(messages_[i], "content");
    if (value.is_string()) return value.get<std::string>();
    if (kind_ == TemplateKind::base_2025_04) {
      if (role_of(i) == "tool" && !messages_[i].contains("content")) return "";
      if (role_of(i) == "tool" && value.is_null()) return "None";  // as Jinja prints it
      bad("has the content " + dump_json(value) + "; the chat template of Qwen3-Base takes text only", name_of(i));
    }
    return "";
  }

  void head(const Json& tools) {
    if (!tools.is_null() && !tools.is_array()) bad("is not a list", "tools");
    const bool has_system = role_of(0) == "system";
    const bool has_tools = !tools.empty();
    if (has_system && !at(messages_[0], "content").is_string()) {
      bad("is the system message, but its content " + dump_json(at(messages_[0], "content")) + " is not text",
          name_of(0));
    }
    if (!has_system && !has_tools) return;
    scaffold("<|im_start|>system\n");
    if (has_system) content(text_of(0));
    if (has_tools) {
      scaffold(has_system ? "\n\n" : "");
      tool_list(tools);
    }
    scaffold("<|im_end|>\n");
  }

  void tool_list(const Json& tools) {
    scaffold(
        "# Tools\n\nYou may call one or more functions to assist with the user query.\n\n"
        "You are provided with function signatures within <tools></tools> XML tags:\n<tools>");
    for (const Json& tool : tools) {
      scaffold("\n");
      content(dump_json_python(tool));
    }
    scaffold(
        "\n</tools>\n\nFor each function call, return a json object with function name and arguments within "
        "<tool_call></tool_call> XML tags:\n<tool_call>\n"
        "{\"name\": <function-name>, \"arguments\": <args-json-object>}\n</tool_call>");
  }

  /// The index of the last user message that is not a tool's answer; of the last message if there is none.
  std::size_t find_last_query() const {
    for (std::size_t i = messages_.size(); i-- > 0;) {
      if (role_of(i) != "user" || !at(messages_[i], "content").is_string()) continue;
      const std::string text = text_of(i);
      if (!(text.starts_with("<tool_response>") && text.ends_with("</tool_response>"))) return i;
    }
    return messages_.size() - 1;
  }

  void assistant(std::size_t i, std::size_t last_query) {
    ThoughtAndText parts{{}, text_of(i), false};
    if (kind_ != TemplateKind::instruct_2507) {
      const Json& reasoning = at(messages_[i], "reasoning_content");
      if (reasoning.is_string()) {
        parts.thought = reasoning.get<std::string>();
      } else if (kind_ == TemplateKind::base_2025_04 && !reasoning.is_null()) {
        bad("has the reasoning_content " + dump_json(reasoning) + ", not a text", name_of(i));
      } else {
        parts = split_thinking(parts.text);
      }
    }
    scaffold("<|im_start|>assistant\n");
    const bool last = i + 1 == messages_.size();
    if (kind_ == TemplateKind::instruct_2507) {
      verbatim(parts.text);
    } else if (i > last_query && (last || !parts.thought.empty())) {
      scaffold("<think>\n");
      content(without_outer_breaks(parts.thought));
      scaffold("\n</think>\n\n");
      content(without_leading_breaks(parts.text));
    } else {
      content(parts.text);
    }
    tool_calls(i, !parts.text.empty());
    scaffold("<|im_end|>\n");
  }

  /// An answer as it is, whose own thinking block in front counts as scaffold.
  void verbatim(std::string_view text) {
    const std::size_t close = text.find("</think>");
    if (text.starts_with("<think>") && close != std::string_view::npos) {
      scaffold("<think>");
      content(text.substr(7, close - 7));
      scaffold("</think>");
      text.remove_prefix(close + 8);
    }
    content(text);
  }

  void tool_calls(std::size_t i, bool after_text) {
    const Json& calls = at(messages_[i], "tool_calls");
    if (calls.is_null() || calls.empty()) return;
    if (!calls.is_array()) bad("has tool_calls that are " + dump_json(calls) + ", not a list", name_of(i));
    for (const Json& entry : calls) {
      if (!entry.is_object()) bad("has the tool call " + dump_json(entry) + ", not an object", name_of(i));
      const Json& wrapped = at(entry, "function");
      const Json& call = wrapped.is_object() && !wrapped.empty() ? wrapped : entry;
      const Json& name = at(call, "name");
      const Json& arguments = at(call, "arguments");
      if (!name.is_string() || !call.contains("arguments")) {
        bad("has the tool call " + dump_json(entry) + " without a name and arguments", name_of(i));
      }
      scaffold(after_text ? "\n<tool_call>\n{\"name\": \"" : "<tool_call>\n{\"name\": \"");
      content(name.get<std::string>());
      scaffold("\", \"arguments\": ");
      content(arguments.is_string() ? arguments.get<std::string>() : dump_json_python(arguments));
      scaffold("}\n</tool_call>");
      after_text = true;
    }
  }

  void tool_result(std::size_t i) {
    if (i == 0 || role_of(i - 1) != "tool") scaffold("<|im_start|>user");
    scaffold("\n<tool_response>\n");
    content(text_of(i));
    scaffold("\n</tool_response>");
    if (i + 1 == messages_.size() || role_of(i + 1) != "tool") scaffold("<|im_end|>\n");
  }

  void content(std::string_view text) { add(std::string(text), true); }
  void add(std::string text, bool is_content) {
    if (text.empty()) return;
    if (!pieces_.empty() && pieces_.back().content == is_content) {
      pieces_.back().text += text;
    } else {
      pieces_.push_back({std::move(text), is_content});
    }
  }

  TemplateKind kind_;
  const Json& messages_;
  std::vector<TextPiece> pieces_;
};

}  // namespace

std::vector<TextPiece> ChatTemplate::render_pieces(const Json& messages, const TemplateOptions& options) const {
  Renderer renderer(kind_, messages);
  renderer.run(options.tools);
  if (options.add_generation_prompt) renderer.scaffold(generation_prompt(options.enable_thinking));
  return renderer.take();
}

std::string ChatTemplate::render(const Json& messages, const TemplateOptions& options) const {
  std::string text;
  for (const TextPiece& piece : render_pieces(messages, options)) text += piece.text;
  return text;
}

}  // namespace minnow
