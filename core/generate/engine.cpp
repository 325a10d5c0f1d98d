// Requests, a step, and the sinks.
#include "core/generate/engine.h"

#include <algorithm>

#include "core/generate/engine_state.h"
#include "core/model/config.h"
#include "core/model/loaded_model.h"
#include "core/model/machine.h"
#include "core/types/error.h"
#include "core/types/seconds_since.h"

namespace minnow {
namespace {

/// Rows decoded together where the caller doesn't say: a GPU's pass takes hardly longer for many.
constexpr std::int64_t kRows = 32, kGpuRows = 256;
/// Prompt tokens in a pass, which bound activations and the wait for a token; on a GPU more while rows are short, so
/// that the scores of attention stay as small: tokens times those that they see.
constexpr std::int64_t kPromptTokens = 512, kGpuPromptTokens = 4096, kGpuScores = 1 << 21;
constexpr std::int64_t kTokensOfRow = 1024;  // of cache, where the caller doesn't say
constexpr double kMemoryShare = 0.25;        // of what is available, for such a cache

}  // namespace

Engine::Impl::Impl(EngineModel what, EngineLimits given)
    : model(std::move(what)),
      config(Decoder::config(*model.weights)),
      on_cpu(Decoder::on_cpu(*model.weights)),
      most_rows(rows_together(model, given)),
      longest(given.longest > 0 ? given.longest : config.max_position_embeddings) {
  places = given.cache_tokens;
  if (places <= 0) {
    const double available = static_cast<double>(on_cpu ? available_memory() : available_memory("cuda"));
    places = std::min(most_rows * kTokensOfRow,
                      static_cast<std::int64_t>(kMemoryShare * available) / Decoder::bytes_per_place(*model.weights));
  }
  places = KvCache::blocks_for(places) * KvCache::kBlock;
  prompt_tokens = on_cpu ? kPromptTokens : std::clamp(kGpuScores / longest, kPromptTokens, kGpuPromptTokens);
}

void Engine::Impl::check(const EngineRequest& r, std::int64_t limit, const std::string& name) const {
  const auto& ids = r.prompt_ids;
  if (ids.empty()) throw Error(ErrorKind::usage, name + " has an empty prompt; at least one token is needed");
  for (const std::int32_t id : ids) {
    if (id < 0 || id >= config.vocab_size) {
      throw Error(ErrorKind::usage, name + " has token id " + std::to_string(id) + "; the model's ids are 0 to " +
                                        std::to_string(config.vocab_size - 1));
    }
  }
  if (!r.stop_strings.empty() && !model.tokenizer) {
    throw Error(ErrorKind::usage, name + " has stop strings, which can't be found without a tokenizer");
  }
  if (r.constraint) {
    const std::int64_t fewest = r.constraint->fewest(r.constraint->start());
    if (r.max_new_tokens > 0 && r.max_new_tokens < fewest) {
      throw Error(ErrorKind::usage,
                  "max_new_tokens is " + std::to_string(r.max_new_tokens) + "; the task's JSON takes at least " +
                      std::to_string(fewest) + " tokens",
                  "max_new_tokens");
    }
  }
  const std::int64_t all = static_cast<std::int64_t>(ids.size()) + limit - 1;  // the last new token isn't fed
  const std::int64_t each = Decoder::bytes_per_place(*model.weights);
  if (limit > 0 && (all > places || all >= longest)) {
    throw Error(ErrorKind::memory, "the key/value cache of a row of " + std::to_string(all) + " tokens needs " +
                                       std::to_string((all * each) >> 20) + " MB, the engine's is made for " +
                                       std::to_string(std::min(places, longest)) + " tokens (" +
                                       std::to_string((places * each) >> 20) + " MB)");
  }
}

std::int32_t Engine::Impl::adapter_of(const std::shared_ptr<const LoraSet>& set) {
  if (!set) return -1;
  for (std::size_t i = 0; i < adapters.size(); ++i) {
    if (adapters[i] == set) return static_cast<std::int32_t>(i);
  }
  const std::int32_t number = decoder->add(*set);
  adapters.resize(std::max(adapters.size(), static_cast<std::size_t>(number) + 1));
  adapters[static_cast<std::size_t>(number)] = set;
  return number;
}

/// Cache and decoder, when the first row comes.
void Engine::Impl::start() {
  if (decoder) return;
  decoder = std::make_unique<Decoder>(*model.weights, places, longest);
  cache = std::make_unique<KvCache>(places / KvCache::kBlock);
}

void Engine::Impl::end_late_rows() {
  std::optional<std::chrono::steady_clock::time_point> now;  // asked for only where a row has a deadline
  const auto end_late = [&](auto& some) {
    std::erase_if(some, [&](Row* row) {
      if (!row->request.deadline) return false;
      if (!now) now = std::chrono::steady_clock::now();
      if (*now < *row->request.deadline) return false;
      finish(*row, RowEnd::deadline);
      return true;
    });
  };
  end_late(active);
  end_late(waiting);
}

/// The row is done; whoever calls takes it out of `active` or `waiting`.
void Engine::Impl::finish(Row& row, RowEnd end) {
  row.done = true;
  row.result.end = end;
  row.result.completion.reason = end == RowEnd::length                                  ? FinishReason::length
                                 : end == RowEnd::stop_id || end == RowEnd::stop_string ? FinishReason::stop
                                                                                        : FinishReason::cancelled;
  leave_cache(row, row.request.keep);
  --left;
  events.push_back({&row, -1});
}

/// Calls the sinks. When one throws, the rest is told next time.
void Engine::Impl::tell() {
  if (telling) return;
  telling = true;
  struct Guard {
    bool& flag;
    ~Guard() { flag = false; }
  } guard{telling};
  while (!events.empty()) {
    const Event event = events.front();
    events.pop_front();
    if (event.id >= 0) {
      if (event.row->request.on_token) event.row->request.on_token(event.row->ticket, event.id);
      continue;
    }
    const auto at = rows.find(event.row->ticket);
    const std::unique_ptr<Row> row = std::move(at->second);
    rows.erase(at);
    if (row->request.on_done) row->request.on_done(row->ticket, row->result);
  }
}

Engine::Engine(EngineModel model, EngineLimits limits) : impl_(std::make_unique<Impl>(std::move(model), limits)) {}

Engine::Engine(std::shared_ptr<const LoadedModel> model, EngineLimits limits)
    : Engine(EngineModel{&model->weights(), nullptr, model->stop_ids(), model->tokenizer().get()}, limits) {
  impl_->shared = std::move(model);
}

Engine::~Engine() = default;

Ticket Engine::submit(EngineRequest request, const std::string& name) {
  Impl& e = *impl_;
  const auto prompt = static_cast<std::int64_t>(request.prompt_ids.size());
  const std::int64_t limit =
      std::max<std::int64_t>(0, std::min(request.max_new_tokens, e.config.max_position_embeddings - prompt));
  e.check(request, limit, name);
  auto row = std::make_unique<EngineRow>();
  row->ticket = ++e.last_ticket;
  row->limit = limit;
  row->ids = request.prompt_ids;
  row->generator = DrawGenerator(request.sampling.seed);
  if (request.sampling.repetition_penalty != 1.0) {
    for (const std::int32_t id : request.prompt_ids) row->see(id);
  }
  row->request = std::move(request);
  if (row->request.constraint) row->json = row->request.constraint->start();
  e.stats.prompt_tokens += prompt;
  ++e.left;
  EngineRow& there = *(e.rows[row->ticket] = std::move(row));
  if (limit == 0) {
    e.finish(there, RowEnd::length);
  } else {
    e.waiting.push_back(&there);
  }
  return there.ticket;
}

bool Engine::cancel(Ticket ticket) {
  Impl& e = *impl_;
  const auto at = e.rows.find(ticket);
  if (at == e.rows.end() || at->second->done) return false;
  EngineRow* const row = at->second.get();
  e.finish(*row, RowEnd::cancelled);
  std::erase(e.active, row);
  std::erase(e.waiting, row);
  e.tell();
  return true;
}

bool Engine::step(std::stop_token stop) {
  Impl& e = *impl_;
  const auto start = std::chrono::steady_clock::now();
  e.end_late_rows();
  e.admit();
  if (!e.active.empty()) {
    e.all_decode = std::all_of(e.active.begin(), e.active.end(),
                               [&](const EngineRow* row) { return e.cache->missing_from(row->table) == row->path; });
    if (e.all_decode &&
        std::any_of(e.active.begin(), e.active.end(), [](const EngineRow* row) { return row->request.drafts; })) {
      e.draft();
    }
    e.make_room();
    const std::vector<Feed> feeds = e.next_feeds();
    const auto before = std::chrono::steady_clock::now();
    std::optional<std::span<const Prediction>> predictions;
    try {
      predictions = e.decoder->pass(feeds, stop);
    } catch (...) {
      e.cache->end_pass(false);
      throw;
    }
    e.cache->end_pass(predictions.has_value());
    if (predictions) {
      ++e.stats.forward_passes;
      if (e.all_decode) e.pace.took(static_cast<std::int64_t>(predictions->size()), seconds_since(before));
      std::size_t at = 0;
      for (EngineRow* row : e.fed_rows) at += e.take(*row, predictions->subspan(at));
      std::erase_if(e.active, [](const EngineRow* row) { return row->done; });
    } else {
      for (EngineRow* row : e.active) row->next.erase(row->next.begin() + 1, row->next.end());
    }
  }
  e.stats.seconds += seconds_since(start);
  e.tell();
  return e.left > 0;
}

std::int64_t Engine::rows_together(const EngineModel& model, const EngineLimits& limits) {
  if (limits.rows > 0) return limits.rows;
  return Decoder::on_cpu(*model.weights) ? kRows : kGpuRows;
}

std::int64_t Engine::rows() const { return impl_->left; }

void Engine::forget(const LoraSet& adapter) {
  Impl& e = *impl_;
  for (std::size_t i = 0; i < e.adapters.size(); ++i) {
    if (e.adapters[i].get() != &adapter) continue;
    e.cache->forget(static_cast<std::int32_t>(i) + 1);
    e.decoder->remove(static_cast<std::int32_t>(i));
    e.adapters[i].reset();
  }
}

const EngineStats& Engine::stats() const { return impl_->stats; }
std::int64_t Engine::taken_blocks() const { return impl_->cache ? impl_->cache->taken() : 0; }
std::int64_t Engine::cached_blocks() const { return impl_->cache ? impl_->cache->cached() : 0; }

}  // namespace minnow
