// Recognises templates and renders by their rules. The rules were written down from the templates' behaviour and are
// checked against the reference's output (tests/golden/chat_template.json).
#include "core/text/chat_template.h"

#include <array>

#include "core/io/file.h"
#include "core/text/template_compare.h"
#include "core/text/template_text.h"
#include "core/types/error.h"

namespace minnow {
namespace {

namespace fs = std::filesystem;

// SHA-256 of the texts, without a final line break.
constexpr std::array<std::pair<const char*, TemplateKind>, 4> kKnown{{
    {"a55ee1b1660128b7098723e0abcd92caa0788061051c62d51cbe87d9cf1974d8", TemplateKind::hybrid},
    {"87a2728cb8dc9fe424d624542f6060ec05a1d285ebbec578bb078900e33396b5", TemplateKind::base_2025_04},
    {"64f85b198065d0fba2a81f37e10ed68161ce2c19a754c7100e67e0ca2ee9c326", TemplateKind::instruct_2507},
    {"3802169b2a02b81e6adb7ab4f64f91ff02db753c8c3a64a01c35192d3a61d8d7", TemplateKind::thinking_2507},
}};

// Thinking-2507 as published could not be hashed, only rebuilt. So it is also taken by what makes it up: everything
// before the generation prompt is the hybrid's text to the letter (this hash), and the rest, blanks aside, writes
// "<think>\n" whatever happens.
constexpr const char* kHybridBeforePrompt = "114f283b3b9af9bc1d0bdac311c80de1afa07967b52cc36cb8529eec7322e60d";
constexpr std::string_view kPromptMark = "{%- if add_generation_prompt %}";
constexpr std::string_view kThinkingPrompt =
    "{%-ifadd_generation_prompt%}{{-'<|im_start|>assistant\\n<think>\\n'}}{%-endif%}";

std::string without_blanks(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' && c != '\n' && c != '\t' && c != '\r') out += c;
  }
  return out;
}

bool is_thinking_2507(const std::string& text) {
  const std::size_t mark = text.rfind(kPromptMark);
  return mark != std::string::npos && without_blanks(std::string_view(text).substr(mark)) == kThinkingPrompt &&
         sha256_hex(std::string_view(text).substr(0, mark)) == kHybridBeforePrompt;
}

/// A family's name for the refusal of its template.
const char* looks_like(const std::string& text) {
  constexpr std::array<std::pair<const char*, const char*>, 8> kMarks{{
      {"<｜Assistant｜>", "DeepSeek's"},
      {"<|start_header_id|>", "Llama 3's"},
      {"<start_of_turn>", "Gemma's"},
      {"[INST]", "Mistral's or Llama 2's"},
      {"<|assistant|>", "GLM's or Phi's"},
      {"You are Qwen, created by Alibaba Cloud", "Qwen2.5's"},
      {"<think>", "one for a thinking model with <|im_start|> turns"},
      {"<|im_start|>", "one with <|im_start|> turns (ChatML)"},
  }};
  for (const auto& [mark, name] : kMarks) {
    if (text.find(mark) != std::string::npos) return name;
  }
  return "no family's that Minnow knows";
}

/// Jinja takes all line breaks for one kind, and neither a byte order mark nor a last line break says anything.
std::string with_plain_breaks(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') out += text[i];
    else if (i + 1 == text.size() || text[i + 1] != '\n') out += '\n';
  }
  if (!out.empty() && out.back() == '\n') out.pop_back();
  return out;
}

[[noreturn]] void refuse_template(const std::string& text, const std::string& subject, const std::string& difference) {
  if (text.empty()) {
    throw Error(ErrorKind::unsupported,
                subject + ": the chat template is empty; --template builtin takes Qwen3's own rules instead", subject,
                "Use --template builtin if the model was trained by Qwen3's rules, else the model's own template.");
  }
  throw Error(ErrorKind::unsupported,
              subject + ": the chat template (" + std::to_string(text.size()) + " bytes, SHA-256 " +
                  sha256_hex(text).substr(0, 12) + "…, it looks like " + looks_like(text) +
                  ") is not one that Minnow knows, Qwen3's (hybrid, Base, Instruct-2507, Thinking-2507) or its own: " +
                  difference + "; --template builtin takes Qwen3's own rules instead",
              subject, "Use --template builtin if the model was trained by Qwen3's rules, else the model's own template.");
}

std::optional<TemplateKind> recognise(const std::string& text) {
  const std::string hash = sha256_hex(text);
  for (const auto& [known, kind] : kKnown) {
    if (hash == known) return kind;
  }
  if (is_thinking_2507(text)) return TemplateKind::thinking_2507;
  return std::nullopt;
}

/// The "default" of a list of {name, template}; a "tool_use" one must follow the same rules.
std::string text_from_list(const Json& list, const std::string& source) {
  std::string chosen;
  std::string for_tools;
  for (const Json& entry : list) {
    if (!entry.is_object() || !entry.contains("name") || !entry.contains("template") ||
        !entry["template"].is_string()) {
      throw Error(ErrorKind::format, source + ": chat_template is a list, but not of objects with name and template",
                  source);
    }
    if (entry["name"] == Json("default")) chosen = entry["template"].get<std::string>();
    if (entry["name"] == Json("tool_use")) for_tools = entry["template"].get<std::string>();
  }
  if (chosen.empty())
    throw Error(ErrorKind::unsupported, source + ": chat_template is a list without a \"default\"", source);
  if (!for_tools.empty() &&
      ChatTemplate::from_text(for_tools, source).kind() != ChatTemplate::from_text(chosen, source).kind()) {
    throw Error(ErrorKind::unsupported,
                source + ": the \"tool_use\" chat template follows other rules than the \"default\" one", source);
  }
  return chosen;
}

}  // namespace

const char* to_string(TemplateKind kind) {
  switch (kind) {
    case TemplateKind::hybrid:
      return "hybrid";
    case TemplateKind::base_2025_04:
      return "base-2025-04";
    case TemplateKind::instruct_2507:
      return "instruct-2507";
    case TemplateKind::thinking_2507:
      return "thinking-2507";
  }
  return "";
}

ChatTemplate ChatTemplate::load(const fs::path& folder, TemplateChoice choice) {
  if (choice == TemplateChoice::builtin) return of_builtin();
  const fs::path jinja = folder / "chat_template.jinja";
  if (fs::exists(jinja)) return from_text(read_file(jinja, JsonLimits{}.max_bytes), jinja.string());
  const fs::path config_path = folder / "tokenizer_config.json";
  const std::string source = config_path.string();
  if (fs::exists(config_path)) {
    const Json config = read_json_file(config_path);
    const auto found = config.is_object() ? config.find("chat_template") : config.end();
    if (config.is_object() && found != config.end() && !found->is_null()) {
      if (found->is_string()) return from_text(found->get<std::string>(), source);
      if (found->is_array()) return from_text(text_from_list(*found, source), source);
      throw Error(ErrorKind::format, source + ": chat_template is neither a text nor a list of texts", source);
    }
  }
  if (!Tokenizer::load(folder)->added_token_id("<think>")) {
    throw Error(ErrorKind::unsupported,
                folder.string() +
                    ": the folder has no chat template, and its tokenizer has no <think> token as a hybrid Qwen3's",
                folder.string());
  }
  return of_builtin();
}

ChatTemplate ChatTemplate::of_builtin() {
  ChatTemplate hybrid;
  hybrid.text_ = minnow_template_text(PromptStyle::swift_3_5);  // the hybrid's own default: nothing before the answer
  return hybrid;
}

ChatTemplate ChatTemplate::from_text(std::string text, const std::string& subject) {
  text = with_plain_breaks(text);
  ChatTemplate known;
  for (const PromptStyle style : {PromptStyle::no_think, PromptStyle::swift_3_5}) {
    if (text == minnow_template_text(style)) known.minnow_style_ = style;
  }
  if (!known.minnow_style_) {
    if (const auto kind = recognise(text)) {
      known.kind_ = *kind;
    } else {
      TemplateFindings found = compare_template(text);
      if (!found.same) refuse_template(text, subject, found.difference);
      known = *found.same;
    }
  }
  known.text_ = std::move(text);
  return known;
}

ChatTemplate ChatTemplate::of_kind(TemplateKind kind) {
  ChatTemplate rules;
  rules.kind_ = kind;
  return rules;
}

std::string ChatTemplate::generation_prompt(std::optional<bool> enable_thinking) const {
  const std::string turn = "<|im_start|>assistant\n";
  switch (kind_) {
    case TemplateKind::instruct_2507:
      return turn;
    case TemplateKind::thinking_2507:
      return turn + "<think>\n";
    case TemplateKind::hybrid:
    case TemplateKind::base_2025_04:
      break;
  }
  const bool thinking_by_default = minnow_style_ != PromptStyle::no_think;
  return enable_thinking.value_or(thinking_by_default) ? turn : turn + "<think>\n\n</think>\n\n";
}

std::string ChatTemplate::text_for_merged(PromptStyle style) const {
  const std::string trained = style == PromptStyle::no_think ? generation_prompt(false) : "<|im_start|>assistant\n";
  return generation_prompt(std::nullopt) == trained && !text_.empty() ? text_ : minnow_template_text(style);
}

}  // namespace minnow
