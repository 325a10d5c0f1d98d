// The chat templates of dense Qwen3 models, rendered natively. A folder's template is known by the SHA-256 of its text,
// or by rendering as a known one; any other is refused, never guessed at. No template of another party is copied into this program.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/io/json.h"
#include "core/text/tokenizer.h"
#include "core/types/task.h"

namespace minnow {

/// Whose rules a template follows.
enum class TemplateKind {
  hybrid,         ///< Qwen3 of 2025: thinking can be switched off
  base_2025_04,   ///< the first version, in Base folders: the same, but takes text contents only
  instruct_2507,  ///< no thinking at all; answers are kept as they are
  thinking_2507   ///< always thinking: the generation prompt ends in <think>
};
const char* to_string(TemplateKind kind);  ///< "hybrid", "base-2025-04", "instruct-2507", "thinking-2507"

/// What apply_chat_template of the reference takes beside the messages.
struct TemplateOptions {
  bool add_generation_prompt = false;
  std::optional<bool> enable_thinking;  ///< nullopt: not passed
  Json tools;                           ///< null or an array of tools
};

/// Immutable; any number of threads may render at once.
class ChatTemplate {
 public:
  /// Takes chat_template.jinja if the folder has one, else chat_template in tokenizer_config.json (a text, or a list of
  /// named ones, of which "default" and "tool_use" count). A folder with no template at all is taken for a hybrid one
  /// if its tokenizer has the added token <think>. Throws Error(unsupported) for an unknown text or none,
  /// Error(format).
  /// With TemplateChoice::builtin no text is looked at: the hybrid's rules, in Minnow's own words.
  static ChatTemplate load(const std::filesystem::path& folder,
                           TemplateChoice choice = TemplateChoice::automatic);

  /// Recognises `text`, by its bytes or else by what it makes of a set of conversations (template_compare.h); `subject`
  /// opens the sentence of a refusal. Kinds of line breaks, a final one and a byte order mark don't count.
  static ChatTemplate from_text(std::string text, const std::string& subject);

  /// The rules alone, without a source text: for comparisons and tests.
  static ChatTemplate of_kind(TemplateKind kind);

  TemplateKind kind() const { return kind_; }
  const std::string& text() const { return text_; }  ///< the template's source; ours where the folder had none

  /// The style with which a model was trained whose folder Minnow wrote; nullopt for every other folder.
  std::optional<PromptStyle> minnow_style() const { return minnow_style_; }

  /// The source to put into a merged folder, so that its generation prompt without any switch is that of `style`: this
  /// template's own text where it already is, else ours.
  std::string text_for_merged(PromptStyle style) const;

  /// The conversation as text, character for character as the reference renders it: an unknown role is dropped without
  /// a trace, a content that is not text is empty (base_2025_04: refused). `messages` is an array of objects with role,
  /// content and perhaps reasoning_content and tool_calls. Throws Error(data) where the reference fails: no messages, a
  /// first system message without text, a tool call without arguments.
  std::string render(const Json& messages, const TemplateOptions& options) const;

  /// The same in pieces: what the template writes, and what the messages hold (contents, reasoning, names, JSON).
  std::vector<TextPiece> render_pieces(const Json& messages, const TemplateOptions& options) const;

 private:
  ChatTemplate() = default;
  static ChatTemplate of_builtin();
  std::string generation_prompt(std::optional<bool> enable_thinking) const;

  TemplateKind kind_ = TemplateKind::hybrid;
  std::string text_;
  std::optional<PromptStyle> minnow_style_;
};

}  // namespace minnow
