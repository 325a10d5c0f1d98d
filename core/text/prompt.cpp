// Both styles as lists of segments, each tokenised by itself; prompts and examples are made from the same lists.
#include "core/text/prompt.h"

#include <array>

#include "core/text/thinking.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr const char* kEnd = "<|im_end|>";

[[noreturn]] void bad(const std::string& sentence) { throw Error(ErrorKind::data, sentence); }

Json to_json(const std::vector<Message>& messages) {
  Json list = Json::array();
  for (const Message& message : messages) list.push_back({{"role", message.role}, {"content", message.content}});
  return list;
}

void check_roles(const std::vector<Message>& messages) {
  if (messages.empty()) bad("no message stands before the answer");
  for (const Message& message : messages) {
    if (message.role != "system" && message.role != "user" && message.role != "assistant") {
      bad("a message has the role '" + message.role + "'; the roles are system, user and assistant");
    }
  }
}

/// Without Unicode's white space at either end, as Python's str.strip().
std::string_view stripped(std::string_view text) {
  // The white space beyond ASCII, as UTF-8.
  constexpr std::array<std::string_view, 19> kWide{"\u0085", "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003",
                                                   "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200a",
                                                   "\u2028", "\u2029", "\u202f", "\u205f", "\u3000"};
  const auto ascii = [](char c) { return c == ' ' || (c >= 9 && c <= 13) || (c >= 28 && c <= 31); };
  for (bool again = true; again && !text.empty();) {
    again = ascii(text.front());
    if (again) text.remove_prefix(1);
    for (const std::string_view wide : kWide) {
      if (!text.starts_with(wide)) continue;
      text.remove_prefix(wide.size());
      again = true;
    }
  }
  for (bool again = true; again && !text.empty();) {
    again = ascii(text.back());
    if (again) text.remove_suffix(1);
    for (const std::string_view wide : kWide) {
      if (!text.ends_with(wide)) continue;
      text.remove_suffix(wide.size());
      again = true;
    }
  }
  return text;
}

/// An earlier answer as swift 3.5 keeps it.
std::string swift_history(std::string_view answer) {
  const std::size_t close = answer.rfind("</think>");
  if (close != std::string_view::npos) answer.remove_prefix(close + std::string_view("</think>").size());
  return std::string(stripped(answer));
}

/// Neighbours of the same role joined, as swift joins them: end to end.
std::vector<Message> joined(const std::vector<Message>& messages) {
  std::vector<Message> list;
  for (const Message& message : messages) {
    if (!list.empty() && list.back().role == message.role && message.role != "system") {
      if (message.role == "assistant" && list.back().learnt != message.learnt) {
        bad("two answers follow one another, of which one is marked not to be learnt; style swift-3.5 joins them");
      }
      list.back().content += message.content;
    } else {
      list.push_back(message);
    }
  }
  return list;
}

/// An answer that may begin with a thinking block, whose tags are the model's own tokens.
std::vector<TextPiece> with_real_tags(std::string_view answer) {
  constexpr std::string_view kOpen = "<think>";
  constexpr std::string_view kClose = "</think>";
  std::vector<TextPiece> pieces;
  const std::size_t close = answer.find(kClose);
  if (answer.starts_with(kOpen) && close != std::string_view::npos) {
    pieces.push_back({std::string(kOpen), false});
    pieces.push_back({std::string(answer.substr(kOpen.size(), close - kOpen.size())), true});
    pieces.push_back({std::string(kClose), false});
    answer.remove_prefix(close + kClose.size());
  }
  pieces.push_back({std::string(answer), true});
  return pieces;
}

}  // namespace

Prompter::Prompter(std::shared_ptr<const Tokenizer> tokenizer, ChatTemplate chat_template, PromptStyle style)
    : tokenizer_(std::move(tokenizer)), template_(std::move(chat_template)), style_(style) {
  std::vector<const char*> needed{"<|im_start|>", kEnd};
  if (style == PromptStyle::no_think && template_.kind() != TemplateKind::instruct_2507) {
    needed.insert(needed.end(), {"<think>", "</think>"});
  }
  for (const char* token : needed) {
    if (!tokenizer_->added_token_id(token)) {
      throw Error(ErrorKind::unsupported,
                  std::string("the tokenizer has no added token ") + token + ", which prompts of style " +
                      to_string(style) + " need",
                  token);
    }
  }
}

std::vector<Prompter::Segment> Prompter::swift_segments(const std::vector<Message>& before_answer) const {
  std::vector<Message> messages = joined(before_answer);
  Segment prompt;
  if (messages.front().role == "system") {
    if (!messages.front().content.empty()) {
      prompt.pieces.push_back({"<|im_start|>system\n", false});
      prompt.pieces.push_back({messages.front().content, true});
      prompt.pieces.push_back({"<|im_end|>\n", false});
    }
    messages.erase(messages.begin());
  }
  if (messages.empty() || messages.front().role == "assistant") messages.insert(messages.begin(), Message{"user", ""});

  std::vector<Segment> segments;
  for (const Message& message : messages) {
    if (message.role == "system")
      bad("a system message stands after the first message, where style swift-3.5 has no place for one");
    if (message.role == "user") {
      prompt.pieces.push_back({"<|im_start|>user\n", false});
      prompt.pieces.push_back({message.content, true});
      prompt.pieces.push_back({"<|im_end|>\n<|im_start|>assistant\n", false});
    } else {
      segments.push_back(std::move(prompt));
      segments.push_back({{{swift_history(message.content), true}, {kEnd, false}}, message.learnt});
      prompt = Segment{{{"\n", false}}, false};
    }
  }
  if (messages.back().role == "assistant")
    bad("the last message before the answer is the assistant's own; style swift-3.5 answers a user");
  segments.push_back(std::move(prompt));
  return segments;
}

std::vector<Prompter::Segment> Prompter::prompt_segments(const std::vector<Message>& before_answer) const {
  check_roles(before_answer);
  if (style_ == PromptStyle::swift_3_5) return swift_segments(before_answer);
  TemplateOptions options;
  options.add_generation_prompt = true;
  options.enable_thinking = false;
  return {{template_.render_pieces(to_json(before_answer), options), false}};
}

std::vector<std::int32_t> Prompter::prompt_ids(const std::vector<Message>& before_answer) const {
  std::vector<std::int32_t> ids;
  for (const Segment& segment : prompt_segments(before_answer)) {
    const auto part = tokenizer_->encode(segment.pieces);
    ids.insert(ids.end(), part.begin(), part.end());
  }
  return ids;
}

std::string Prompter::prompt_text(const std::vector<Message>& before_answer) const {
  std::string text;
  for (const Segment& segment : prompt_segments(before_answer)) {
    for (const TextPiece& piece : segment.pieces) text += piece.text;
  }
  return text;
}

std::vector<TextPiece> Prompter::target_pieces(std::string_view answer) const {
  std::vector<TextPiece> pieces;
  if (style_ == PromptStyle::swift_3_5) {
    pieces = with_real_tags(answer);
  } else {
    const ThoughtAndText parts = split_thinking(answer);
    const std::string_view thought = without_outer_breaks(parts.thought);
    if (template_.kind() == TemplateKind::thinking_2507) {
      if (stripped(thought).empty()) {
        bad("the answer has no thinking in <think>…</think>, and a Thinking-2507 model cannot be trained to answer "
            "without");
      }
      pieces = {{std::string(thought), true}, {"\n</think>\n\n", false}, {parts.text, true}};
    } else if (!stripped(thought).empty()) {
      bad("the answer carries thinking before </think>, which style no_think does not train; remove it, or use style "
          "swift-3.5");
    } else {
      pieces = {{parts.text, true}};
    }
  }
  pieces.push_back({kEnd, false});
  return pieces;
}

std::vector<std::int32_t> Prompter::target_ids(std::string_view answer) const {
  return tokenizer_->encode(target_pieces(answer));
}

TokenizedExample Prompter::build(const std::vector<Message>& messages) const {
  if (messages.empty() || messages.back().role != "assistant") {
    bad(messages.empty() ? "the conversation is empty; there is no assistant answer to learn"
                         : "the conversation ends with the " + messages.back().role +
                               "'s message; there is no assistant answer to learn");
  }
  const std::vector<Message> rounds = style_ == PromptStyle::swift_3_5 ? joined(messages) : messages;
  std::vector<Message> before(rounds.begin(), rounds.end() - 1);
  if (before.empty() && style_ == PromptStyle::swift_3_5)
    before.push_back({"user", ""});  // as swift does for a lone answer
  std::vector<Segment> segments = prompt_segments(before);
  segments.push_back({target_pieces(rounds.back().content), rounds.back().learnt});

  TokenizedExample example;
  for (const Segment& segment : segments) {
    const auto ids = tokenizer_->encode(segment.pieces);
    example.input_ids.insert(example.input_ids.end(), ids.begin(), ids.end());
    if (segment.supervised) {
      example.labels.insert(example.labels.end(), ids.begin(), ids.end());
    } else {
      example.labels.insert(example.labels.end(), ids.size(), -100);
    }
  }
  return example;
}

TokenizedExample Prompter::example(const Conversation& conversation) const {
  try {
    TokenizedExample example = build(conversation.messages);
    example.source = conversation.source;
    return example;
  } catch (const Error& error) {
    throw Error(error.kind(), conversation.source + ": " + error.what(), conversation.source);
  }
}

std::vector<std::int32_t> Prompter::stop_ids() const {
  std::vector<std::int32_t> ids;
  for (const char* token : {kEnd, "<|endoftext|>"}) {
    if (const auto id = tokenizer_->added_token_id(token)) ids.push_back(*id);
  }
  return ids;
}

}  // namespace minnow
