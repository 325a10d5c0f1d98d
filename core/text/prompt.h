// THE prompt: the only place where a conversation becomes the ids that a model reads. Training, validation score,
// evaluation, Try, the server and the local teacher all ask here, so what a model is trained on is what it is asked.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/chat_template.h"
#include "core/text/tokenizer.h"
#include "core/types/example.h"
#include "core/types/message.h"
#include "core/types/task.h"

namespace minnow {

/// Immutable; any number of threads may use one.
///
/// What rows and people wrote is encoded without control tokens: "<|im_end|>" in an address is ordinary characters,
/// while the scaffold around it has the real token. For text without control tokens the ids are those of
/// Tokenizer::encode(rendered text). The one exception: a thinking block in front of an answer that a style keeps
/// (<think>…</think>) has the real tags, since that is what the model writes.
///
/// Style no_think: the template's own prompt with add_generation_prompt and enable_thinking=false (hybrid and Base end
/// in an empty thinking block, Instruct-2507 in nothing, Thinking-2507 in "<think>\n"). Earlier turns are history as
/// the template shows it, and only the last answer is trained on. Style swift_3_5: as ms-swift 3.5 to 3.7 trained and
/// asked, whatever the template: nothing before an answer; every answer is trained on unless it is marked otherwise
/// (Message::learnt); of earlier answers only what follows the last </think>, stripped; a first system message counts
/// if it is not empty; neighbours of the same role are joined; a missing first user message is an empty one.
class Prompter {
 public:
  /// Throws Error(unsupported) if the tokenizer lacks a control token that the style's prompts need.
  Prompter(std::shared_ptr<const Tokenizer> tokenizer, ChatTemplate chat_template, PromptStyle style);

  /// The ids to feed before the answer. `before_answer`: everything before it, roles system, user and assistant.
  /// Throws Error(data) for no messages, another role, or (swift_3_5) a later system message or an assistant at the
  /// end.
  std::vector<std::int32_t> prompt_ids(const std::vector<Message>& before_answer) const;

  /// The same as text, for people; its encoding may differ where a content holds control tokens.
  std::string prompt_text(const std::vector<Message>& before_answer) const;

  /// The ids to learn after the prompt: the answer and <|im_end|>, nothing more. Under no_think an empty thinking block
  /// in front of the answer is left out, as the prompt has it already; with Thinking-2507 the thinking comes first and
  /// then "</think>". Throws Error(data) for an answer with thinking under no_think, or without under Thinking-2507.
  std::vector<std::int32_t> target_ids(std::string_view answer) const;

  /// A conversation whose last message is the assistant's: prompt (label -100) and target, tokenised apart and joined.
  /// Up to where the last answer begins, input_ids are prompt_ids(messages before it), for every conversation.
  /// Throws Error(data) naming conversation.source: no assistant answer at the end, and as the functions above.
  TokenizedExample example(const Conversation& conversation) const;

  /// Ids that end an answer: <|im_end|> and <|endoftext|>, as generation_config.json of hybrid Qwen3 has them.
  std::vector<std::int32_t> stop_ids() const;

  PromptStyle style() const { return style_; }
  const Tokenizer& tokenizer() const { return *tokenizer_; }
  const ChatTemplate& chat_template() const { return template_; }

 private:
  /// A part of the sequence that is tokenised by itself.
  struct Segment {
    std::vector<TextPiece> pieces;
    bool supervised = false;
  };

  /// Everything before the last answer.
  std::vector<Segment> prompt_segments(const std::vector<Message>& before_answer) const;
  std::vector<Segment> swift_segments(const std::vector<Message>& before_answer) const;
  std::vector<TextPiece> target_pieces(std::string_view answer) const;
  TokenizedExample build(const std::vector<Message>& messages) const;

  std::shared_ptr<const Tokenizer> tokenizer_;
  ChatTemplate template_;
  PromptStyle style_;
};

}  // namespace minnow
