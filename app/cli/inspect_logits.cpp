// inspect logits: what a model says after every token of rows given as ids.
#include <cstdio>

#include "app/cli/ids_request.h"
#include "app/cli/inspect.h"
#include "app/cli/model_options.h"
#include "app/cli/stdin_lines.h"
#include "core/model/logits.h"
#include "core/types/error.h"

namespace minnow::cli {
namespace {

constexpr std::size_t shown_logits = 10;  // per position

struct InspectLogitsAsked {
  LoadOptions model;
  bool full = false;
};

/// Nine digits bring a float back bit for bit. JSON has no infinities: they become null.
std::string number(float value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.9g", static_cast<double>(value));
  return text[0] == 'n' || text[0] == 'i' || text[1] == 'i' || text[1] == 'n' ? "null" : text;
}

std::string top_text(std::span<const float> logits) {
  std::string text;
  for (const auto& [id, value] : top_logits(logits, shown_logits)) {
    text += (text.empty() ? "[" : ",[") + std::to_string(id) + "," + number(value) + "]";
  }
  return text;
}

std::string full_text(std::span<const float> logits) {
  std::string text;
  for (const float value : logits) text += (text.empty() ? "" : ",") + number(value);
  return text;
}

int inspect_logits(const InspectLogitsAsked& asked, Context& context) {
  const auto model = LoadedModel::open(asked.model);
  StdinLines lines(context.stop);
  for (std::string line; lines.next(line);) {
    const auto ids = ids_of(lines.parse(line), lines.subject());
    std::string text;
    const auto take = [&](std::int64_t, std::span<const float> logits) {
      text += (text.empty() ? "[" : ",[") + (asked.full ? full_text(logits) : top_text(logits)) + "]";
    };
    try {
      if (!each_logits(*model, ids, take, context.stop)) break;
    } catch (const Error& e) {
      throw e.at(lines.subject());
    }
    print((asked.full ? "{\"logits\":[" : "{\"top\":[") + text + "]}\n");
  }
  return context.done();
}

}  // namespace

void add_inspect_logits(CLI::App& inspect, Context& context) {
  CLI::App& command = add_command(
      inspect, "logits", "what a model says after every token",
      "Reads {\"ids\":[…]} a line and prints {\"top\":[[[id,value],…10],…per position]}, largest first; with --full\n"
      "{\"logits\":[[…],…]}, all of them. Logits are those before temperature.\n"
      "Example:\n  echo '{\"ids\":[151644,872,198]}' | minnow-cli inspect logits --model Qwen3-0.6B --dtype f32");
  const auto asked = std::make_shared<InspectLogitsAsked>();
  add_model_options(command, asked->model);
  command.add_flag("--full", asked->full, "all logits instead of the ten largest");
  context.on_chosen(command, [&context, asked] { return inspect_logits(*asked, context); });
}

}  // namespace minnow::cli
