// Keeps the logits of the one side for as many tokens as fit, and compares the other side's as they come.
#include "core/deploy/rounding.h"

#include <algorithm>
#include <cmath>

#include "core/data/load.h"
#include "core/model/logits.h"
#include "core/model/machine.h"
#include "core/types/error.h"

namespace minnow {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostTokens = 64;  // 64 rows of 151,936 logits are 39 MB

/// Token ids with the position of the first one that counts.
struct Asked {
  std::vector<std::int32_t> ids;
  std::size_t first = 0;
};

std::vector<Conversation> rows_beside(const fs::path& adapter) {
  for (const fs::path& folder : {adapter.parent_path(), adapter}) {
    std::error_code ignored;
    if (!fs::is_regular_file(folder / "val_dataset.jsonl", ignored)) continue;
    std::vector<Conversation> rows = load_conversations(folder / "val_dataset.jsonl");
    if (rows.size() > 4) rows.resize(4);
    return rows;
  }
  Conversation chinese, english;
  chinese.messages = {{"user", "请把下面的内容整理成 JSON：订单 A-1024，数量 3，明天上午送到。"},
                      {"assistant", "{\"order\": \"A-1024\", \"count\": 3, \"when\": \"明天上午\"}"}};
  english.messages = {{"user", "Put this into JSON: order A-1024, three pieces, tomorrow morning."},
                      {"assistant", "{\"order\": \"A-1024\", \"count\": 3, \"when\": \"tomorrow morning\"}"}};
  return {chinese, english};
}

std::vector<Asked> asked_of(const LoadedModel& model, const std::vector<Conversation>& rows) {
  std::vector<Asked> all;
  std::size_t tokens = 0;
  for (const Conversation& row : rows) {
    TokenizedExample example;
    try {
      example = model.prompter().example(row);
    } catch (const Error&) {
      continue;  // a row that this template can't show is no use here
    }
    std::size_t first = 0;
    while (first < example.labels.size() && example.labels[first] < 0) ++first;
    first -= first > 0;  // the token before says the first one
    const std::size_t end = std::min({example.input_ids.size(), first + kMostTokens - tokens,
                                      static_cast<std::size_t>(model.config().max_position_embeddings)});
    if (end <= first) continue;
    example.input_ids.resize(end);
    all.push_back({std::move(example.input_ids), first});
    tokens += end - first;
    if (tokens >= kMostTokens) break;
  }
  return all;
}

std::shared_ptr<LoadedModel> open_side(const RoundingSides& sides, bool merged) {
  LoadOptions load;
  load.model = merged ? sides.merged : sides.model;
  if (!merged) load.adapter = sides.adapter;
  load.dtype = "float32";  // so that nothing but the weights' rounding shows
  load.device = "cpu";
  load.prompt_style = sides.prompt_style;
  load.chat_template = merged ? TemplateChoice::automatic : sides.chat_template;
  return LoadedModel::open(load);
}

}  // namespace

Rounding measure_rounding(const RoundingSides& sides, std::stop_token stop) {
  const std::int64_t needed = load_config(sides.model).parameter_count() * 4 / 4 * 5;  // f32 and a quarter beside
  if (needed > available_memory()) throw Error(ErrorKind::memory, "float32 weights take " + std::to_string(needed) + " bytes");
  std::vector<Asked> asked;
  std::vector<std::vector<float>> before;
  {
    const auto source = open_side(sides, false);
    asked = asked_of(*source, rows_beside(sides.adapter));
    for (const Asked& row : asked) {
      const auto keep = [&](std::int64_t position, std::span<const float> logits) {
        if (position >= static_cast<std::int64_t>(row.first)) before.emplace_back(logits.begin(), logits.end());
      };
      if (!each_logits(*source, row.ids, keep, stop)) return {};
    }
  }
  const auto written = open_side(sides, true);
  Rounding found;
  double sum = 0.0;
  for (const Asked& row : asked) {
    const auto compare = [&](std::int64_t position, std::span<const float> logits) {
      if (position < static_cast<std::int64_t>(row.first)) return;
      const std::vector<float>& was = before[static_cast<std::size_t>(found.tokens++)];
      for (std::size_t i = 0; i < was.size(); ++i) {
        const double difference = std::abs(static_cast<double>(was[i]) - static_cast<double>(logits[i]));
        found.largest = std::max(found.largest, difference);
        sum += difference / static_cast<double>(was.size());
      }
      found.same += top_logits(was, 1)[0].first == top_logits(logits, 1)[0].first;
    };
    if (!each_logits(*written, row.ids, compare, stop)) return {};
  }
  if (found.tokens > 0) found.mean = sum / static_cast<double>(found.tokens);
  return found;
}

}  // namespace minnow
