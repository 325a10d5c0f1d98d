// What an Engine works with. Its parts: engine.cpp (requests, a step, the sinks), engine_schedule.cpp (who is in work
// and what a pass feeds), engine_choice.cpp (which tokens are chosen and guessed). Inner header.
#pragma once

#include <deque>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/generate/decoder.h"
#include "core/generate/engine_row.h"
#include "core/generate/kv_cache.h"

namespace minnow {

struct Engine::Impl {
  using Row = EngineRow;
  /// What a sink is to hear. Told when the step's work is done, so that sinks may do what they like.
  struct Event {
    Row* row = nullptr;
    std::int32_t id = -1;  ///< -1: the row is done
  };

  Impl(EngineModel what, EngineLimits given);
  void check(const EngineRequest& r, std::int64_t limit, const std::string& name) const;
  std::int32_t adapter_of(const std::shared_ptr<const LoraSet>& set);
  void start();
  void end_late_rows();
  void admit();
  bool try_admit(Row& row);
  void preempt(Row& row);
  void leave_cache(Row& row, bool keep);
  void make_room();
  void draft();
  std::vector<Guess> guesses(Row& row) const;
  std::vector<Feed> next_feeds();
  std::size_t take(Row& row, std::span<const Prediction> predictions);
  bool take(Row& row, const Prediction& prediction);
  std::int32_t choose(Row& row, const Prediction& prediction, float* logprob) const;
  bool meets_stop_string(Row& row, std::int32_t id) const;
  void finish(Row& row, RowEnd end);
  void tell();

  EngineModel model;
  std::shared_ptr<const LoadedModel> shared;  ///< what `model` points into, where the engine shares it
  const Qwen3Config& config;
  const bool on_cpu;
  std::int64_t most_rows, longest, places;
  std::int64_t prompt_tokens = 0;  ///< in a pass
  std::unique_ptr<Decoder> decoder;
  std::unique_ptr<KvCache> cache;
  /// By the decoder's numbers; the cache's tree of one is the next number.
  std::vector<std::shared_ptr<const LoraSet>> adapters;
  std::unordered_map<Ticket, std::unique_ptr<Row>> rows;  ///< until their end is told
  std::deque<Row*> waiting;
  std::vector<Row*> active;    ///< in the order of admission
  std::vector<Row*> fed_rows;  ///< whose predictions the pass brings, in the order of the feeds
  bool all_decode = false;     ///< the pass is a plain step, but for drafts: no row's prompt is in it
  std::deque<Event> events;
  bool telling = false;
  Drafter drafter;
  DraftPace pace;
  double skeleton_right = 0.0, skeleton_all = 0.0;
  EngineStats stats;
  std::int64_t left = 0;  ///< rows that aren't done
  Ticket last_ticket = 0;
};

}  // namespace minnow
