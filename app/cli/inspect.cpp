// inspect: looks into tokenizer, template, model and machine. tokens and template read JSON lines on stdin; logits is
// in inspect_logits.cpp, model and environment in inspect_model.cpp.
#include "app/cli/inspect.h"

#include <memory>

#include "app/cli/ids_request.h"
#include "app/cli/stdin_lines.h"
#include "core/text/chat_template.h"
#include "core/text/tokenizer.h"
#include "core/types/error.h"

namespace minnow::cli {
namespace {

/// --model alone: these two need no weights.
std::shared_ptr<std::filesystem::path> folder_option(CLI::App& command) {
  auto folder = std::make_shared<std::filesystem::path>();
  command.add_option("--model", *folder, "folder of a dense Qwen3 model")->required()->type_name("DIR");
  return folder;
}

int inspect_tokens(const std::filesystem::path& folder, Context& context) {
  const auto tokenizer = Tokenizer::load(folder);
  StdinLines lines(context.stop);
  for (std::string line; lines.next(line);) {
    const Json text = lines.parse(line);
    if (!text.is_string()) {
      throw Error(ErrorKind::data, lines.subject() + ": a JSON string is wanted, this is " + text.type_name());
    }
    const auto ids = tokenizer->encode(text.get_ref<const std::string&>());
    print_json({{"ids", ids}, {"decoded", tokenizer->decode(ids)}});
  }
  return context.done();
}

int inspect_template(const std::filesystem::path& folder, Context& context) {
  const auto tokenizer = Tokenizer::load(folder);
  const ChatTemplate chat = ChatTemplate::load(folder);
  StdinLines lines(context.stop);
  for (std::string line; lines.next(line);) {
    const Json request = lines.parse(line);
    if (!request.is_object() || !request.contains("messages") || !request["messages"].is_array()) {
      throw Error(ErrorKind::data, lines.subject() + ": an object with an array 'messages' is wanted");
    }
    TemplateOptions options;
    options.add_generation_prompt = flag_of(request, "add_generation_prompt", false, lines.subject());
    if (request.contains("enable_thinking") && !request["enable_thinking"].is_null()) {
      options.enable_thinking = flag_of(request, "enable_thinking", false, lines.subject());
    }
    if (request.contains("tools")) options.tools = request["tools"];
    const std::string text = [&] {
      try {
        return chat.render(request["messages"], options);
      } catch (const Error& error) {
        throw error.at(lines.subject());
      }
    }();
    Json result{{"text", text}, {"ids", tokenizer->encode(text)}};
    // What people wrote never becomes a control token in training and asking, where the rendered text alone can't tell.
    const auto apart = tokenizer->encode(chat.render_pieces(request["messages"], options));
    if (apart != result["ids"].get<std::vector<std::int32_t>>()) {
      result["ids_in_training"] = apart;
      note(lines.subject() + ": a message holds control tokens; 'ids' takes them as such, training and asking take them " +
           "for ordinary text ('ids_in_training')");
    }
    print_json(result);
  }
  return context.done();
}

}  // namespace

void add_inspect(CLI::App& app, Context& context) {
  CLI::App& inspect = add_command(app, "inspect", "look into tokenizer, template, logits, model and machine",
                                  "Examples:\n"
                                  "  echo '\"你好\"' | minnow-cli inspect tokens --model Qwen3-0.6B\n"
                                  "  minnow-cli inspect model --model Qwen3-0.6B\n"
                                  "  minnow-cli inspect environment");
  inspect.require_subcommand(1);

  CLI::App& tokens =
      add_command(inspect, "tokens", "token ids of texts, and what they decode to",
                  "Reads JSON strings, one a line, and prints {\"ids\":[…],\"decoded\":\"…\"} a line.\n"
                  "Example:\n  echo '\"你好<|im_end|>\"' | minnow-cli inspect tokens --model Qwen3-0.6B");
  const auto tokens_folder = folder_option(tokens);
  context.on_chosen(tokens, [&context, tokens_folder] { return inspect_tokens(*tokens_folder, context); });

  CLI::App& chat = add_command(
      inspect, "template", "conversations as the chat template renders them",
      "Reads {\"messages\":[…],\"tools\":…,\"add_generation_prompt\":…,\"enable_thinking\":…} a line (all but "
      "messages\n"
      "may be missing) and prints {\"text\":\"…\",\"ids\":[…]} a line. Where a message itself holds control tokens "
      "(<|im_end|>),\n"
      "\"ids\" has them as such and \"ids_in_training\" has what Minnow trains on and asks: ordinary text.\n"
      "Example:\n  echo '{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"add_generation_prompt\":true}' |\n"
      "    minnow-cli inspect template --model Qwen3-0.6B");
  const auto chat_folder = folder_option(chat);
  context.on_chosen(chat, [&context, chat_folder] { return inspect_template(*chat_folder, context); });

  add_inspect_logits(inspect, context);
  add_inspect_model(inspect, context);
  add_inspect_environment(inspect, context);
}

}  // namespace minnow::cli
