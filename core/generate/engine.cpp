// Continuous batching: each pass feeds the next token of every row that decodes and the prompts of rows that come in.
#include "core/generate/engine.h"

#include <algorithm>
#include <deque>
#include <unordered_map>

#include "core/generate/decoder.h"
#include "core/generate/engine_row.h"
#include "core/generate/kv_cache.h"
#include "core/model/config.h"
#include "core/model/loaded_model.h"
#include "core/model/machine.h"
#include "core/text/tokenizer.h"
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
constexpr std::int64_t kHit = 8;             // tokens of a prompt that count as found
constexpr std::int64_t kWholeInput = 8;      // a shorter rest of the prompt isn't all of the row's input
constexpr double kSkeleton = 0.9;            // how likely the task's own text is expected as its tokenizer writes it
constexpr double kSkeletonCases = 2.0;       // and how many cases that counts for

}  // namespace

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
  std::int64_t prompt_tokens = kPromptTokens;  ///< in a pass
  std::unique_ptr<Decoder> decoder;
  std::unique_ptr<KvCache> cache;
  std::vector<std::shared_ptr<const LoraSet>>
      adapters;  ///< by the decoder's numbers; the cache's tree of one is the next number
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
  if (!on_cpu) prompt_tokens = std::clamp(kGpuScores / longest, kPromptTokens, kGpuPromptTokens);
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

void Engine::Impl::admit() {
  while (static_cast<std::int64_t>(active.size()) < most_rows && !waiting.empty()) {
    Row& row = *waiting.front();
    start();
    bool admitted = try_admit(row);
    if (!admitted && active.empty()) {  // as in make_room
      cache->clear();
      admitted = try_admit(row);
    }
    if (!admitted) return;
    waiting.pop_front();
    active.push_back(&row);
  }
}

/// Gives the row a table for all tokens that it has but the last, which brings its next prediction.
bool Engine::Impl::try_admit(Row& row) {
  row.adapter = adapter_of(row.request.adapter);
  const auto known = std::span<const std::int32_t>(row.ids).first(row.ids.size() - 1);
  // Rows that decode shall not be preempted for one that comes in: a block for each.
  const auto table = cache->open(row.adapter + 1, known, row.room(), static_cast<std::int64_t>(active.size()));
  if (!table) return false;
  row.table = *table;
  row.path = static_cast<std::int64_t>(known.size());
  row.next.assign(1, row.ids.back());
  if (row.has_drafts) return true;  // it was preempted
  row.has_drafts = true;
  stats.cached_tokens += cache->computed(row.table);
  stats.prefix_hits += cache->computed(row.table) >= kHit;
  const std::vector<std::int32_t>& prompt = row.request.prompt_ids;
  std::int64_t own = row.request.input_begin;
  if (own < 0) {
    own = cache->found(row.table);
    if (own + kWholeInput > row.path) own = 0;  // the same prompt again
  }
  row.draft = Drafter::begin(std::span(prompt).subspan(static_cast<std::size_t>(own)), prompt);
  return true;
}

/// The row's places go to others. It waits before all that haven't begun; what it had may still be there then.
void Engine::Impl::preempt(Row& row) {
  leave_cache(row, true);
  waiting.push_front(&row);
  std::erase(active, &row);
  ++stats.preemptions;
}

void Engine::Impl::leave_cache(Row& row, bool keep) {
  if (row.table < 0) return;
  const std::int64_t fed = row.fed_behind_path();
  cache->fit(row.table, fed);
  cache->close(
      row.table,
      std::span<const std::int32_t>(row.ids).subspan(static_cast<std::size_t>(row.path), static_cast<std::size_t>(fed)),
      keep ? std::numeric_limits<std::int64_t>::max() : std::max<std::int64_t>(0, row.request.input_begin));
  row.table = -1;
}

/// Places for what the next pass feeds; where there are none, drafts go, then the rows that came last.
void Engine::Impl::make_room() {
  for (std::size_t i = 0; i < active.size();) {
    Row& row = *active[i];
    if (cache->fit(row.table, row.fed_behind_path() + static_cast<std::int64_t>(row.next.size()))) {
      ++i;
    } else if (row.next.size() > 1) {
      row.next.resize(1);
    } else {
      const bool alone = active.size() == 1;
      preempt(*active.back());
      if (!alone) continue;
      cache->clear();  // parts of blocks are lost where prompts part; an empty cache holds any row that was let in
      all_decode = false;
      admit();
    }
  }
}

/// Guesses for a row: what its constraint leaves no choice in, the task's own text, what the drafter knows.
std::vector<Guess> Engine::Impl::guesses(Row& row) const {
  const auto most = static_cast<int>(std::min<std::int64_t>(row.request.max_draft_tokens, row.room() - 1));
  JsonConstraint* const constraint = row.request.constraint.get();
  if (!constraint) return drafter.guess(row.draft, most);
  std::vector<Guess> all;
  Drafter::Row ahead = row.draft;
  JsonConstraint::State state = row.json;
  for (double chain = 1.0; static_cast<int>(all.size()) < most;) {
    const TokenMask& mask = constraint->allowed(state, row.room() - static_cast<std::int64_t>(all.size()));
    Guess guess{mask.only(), 1.0};
    if (guess.id < 0) {
      guess = drafter.next_guess(ahead);
      guess.probability = std::min(guess.probability, 0.999);
      const auto& skeleton = constraint->skeleton(state);
      const double expected = (skeleton_right + kSkeleton * kSkeletonCases) / (skeleton_all + kSkeletonCases);
      if (!skeleton.empty() && expected > guess.probability) guess = {skeleton[0], expected};
      if (guess.probability > 0.0 && !mask.allows(guess.id)) break;
    }
    chain *= guess.probability;
    if (chain < kLeastChance) break;
    all.push_back(guess);
    state = constraint->after(state, guess.id);
    Drafter::advance(ahead, guess.id);
  }
  return all;
}

/// Puts guesses behind the last token of the rows that decode, as many as pay.
void Engine::Impl::draft() {
  const auto count = static_cast<std::int64_t>(active.size());
  const bool doubtful = pace.wants_guesses(count);
  std::int64_t most = 0;
  std::vector<std::vector<Guess>> all;
  for (Row* row : active) {
    const bool wanted = row->request.drafts && row->room() > 1 && (doubtful || row->request.constraint);
    all.push_back(wanted ? guesses(*row) : std::vector<Guess>());
    most += row->request.max_draft_tokens;
  }
  // Where a pass of few tokens is bit for bit the same whatever is in it, drafts don't make it one of many.
  const std::int64_t narrow = decoder->narrow_tokens();
  if (narrow > 0) most = narrow - count;
  if (doubtful) {
    pace.cut(all, most);
  } else {
    DraftPace::keep_certain(all, most);
  }
  for (std::size_t i = 0; i < active.size(); ++i) {
    for (const Guess& guess : all[i]) active[i]->next.push_back(guess.id);
    stats.draft_tokens += static_cast<std::int64_t>(all[i].size());
  }
}

std::vector<Feed> Engine::Impl::next_feeds() {
  struct Part {
    Row* row;
    Feed feed;
  };
  std::vector<Part> parts;
  std::int64_t budget = prompt_tokens;
  std::vector<Row*> incomplete;
  // `missing` tokens of the row's path up to `end`; with `last` what it feeds behind the path.
  const auto add = [&](Row& row, std::int64_t missing, std::int64_t end, bool last) {
    Feed feed;
    if (last) {
      feed.wanted = static_cast<std::int64_t>(row.next.size());
      end += row.fed_behind_path() + feed.wanted;
    }
    feed.count = missing + feed.wanted;
    feed.ids = missing > 0 ? row.ids.data() + end - feed.count : row.next.data();
    feed.runs = cache->runs(row.table, end);
    feed.adapter = row.adapter;
    feed.logits = row.wants_logits();
    stats.prefilled_tokens += missing + (last && row.answered() == 0);
    parts.push_back({&row, std::move(feed)});
  };
  for (Row* row : active) {
    if (cache->missing_from(row->table) < row->path) {
      incomplete.push_back(row);
    } else {
      add(*row, 0, row->path, true);
    }
  }
  stats.decode_passes += !parts.empty();
  for (Row* row : incomplete) {
    if (budget <= 0) break;  // another row's path may be whole, but rows go in order
    // Rows before it may have planned all that it misses. Its last token counts too.
    const std::int64_t from = cache->missing_from(row->table), count = std::min(budget, row->path - from);
    const bool all = from + count == row->path && budget > count;
    if (count == 0 && !all) continue;
    cache->plan(row->table, count);
    add(*row, count, from + count, all);
    budget -= count + all;
  }
  std::stable_sort(parts.begin(), parts.end(),
                   [](const Part& a, const Part& b) { return a.feed.adapter < b.feed.adapter; });
  std::vector<Feed> feeds;
  fed_rows.clear();
  for (Part& part : parts) {
    if (part.feed.wanted > 0) fed_rows.push_back(part.row);
    feeds.push_back(std::move(part.feed));
  }
  return feeds;
}

/// The token for a prediction and its log-probability at temperature 1, before penalties and constraint.
std::int32_t Engine::Impl::choose(Row& row, const Prediction& p, float* logprob) const {
  const SamplingOptions& s = row.request.sampling;
  const TokenMask* mask = row.request.constraint ? &row.request.constraint->allowed(row.json, row.room()) : nullptr;
  if (s.temperature <= 0.0 && s.repetition_penalty == 1.0) {
    const std::int32_t id = !mask || mask->allows(p.best) ? p.best : mask->best(p.logits, config.vocab_size);
    *logprob = id == p.best ? p.best_logprob() : p.logits[id] - p.logsumexp;
    return id;
  }
  std::vector<float> logits(p.logits, p.logits + config.vocab_size);
  if (mask) mask->apply(logits.data(), config.vocab_size);
  apply_repetition_penalty(logits, row.seen, s.repetition_penalty);
  const std::int32_t id =
      s.temperature > 0.0 ? draw(candidates(logits, s), row.generator.next())
                          : static_cast<std::int32_t>(std::max_element(logits.begin(), logits.end()) - logits.begin());
  *logprob = p.logits[id] - p.logsumexp;
  return id;
}

/// Takes the row's predictions, which begin at the first one given: the first, and the next for every draft that it
/// confirms. Returns how many were the row's.
std::size_t Engine::Impl::take(Row& row, std::span<const Prediction> predictions) {
  const std::vector<std::int32_t> fed = std::move(row.next);
  for (std::size_t i = 0; i < fed.size() && take(row, predictions[i]) && i + 1 < fed.size(); ++i) {
    if (fed[i + 1] != row.ids.back()) break;
    ++stats.draft_accepted;
  }
  return fed.size();
}

/// Chooses the row's next token. False when that was its last.
bool Engine::Impl::take(Row& row, const Prediction& prediction) {
  float logprob = 0.0f;
  const std::int32_t id = choose(row, prediction, &logprob);
  row.result.completion.ids.push_back(id);
  row.result.completion.logprobs.push_back(logprob);
  row.ids.push_back(id);
  row.next.assign(1, id);
  ++stats.new_tokens;
  if (row.request.sampling.repetition_penalty != 1.0) row.see(id);
  if (JsonConstraint* const constraint = row.request.constraint.get()) {
    if (const auto& skeleton = constraint->skeleton(row.json); !skeleton.empty()) {
      skeleton_right += id == skeleton[0];
      ++skeleton_all;
    }
    row.json = constraint->after(row.json, id);
  }
  if (row.request.drafts) drafter.chosen(row.draft, id);
  events.push_back({&row, id});
  const auto is_in = [&](const std::vector<std::int32_t>& ids) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
  };
  if (is_in(row.request.stop_ids) || ((row.request.constraint || !row.request.ignore_eos) && is_in(model.stop_ids))) {
    finish(row, RowEnd::stop_id);
  } else if (meets_stop_string(row, id)) {
    finish(row, RowEnd::stop_string);
  } else if (row.room() <= 0) {
    finish(row, RowEnd::length);
  }
  return !row.done;
}

bool Engine::Impl::meets_stop_string(Row& row, std::int32_t id) const {
  if (row.request.stop_strings.empty()) return false;
  const std::size_t before = row.text.size();
  row.text += model.tokenizer->token_bytes(id);
  return std::any_of(row.request.stop_strings.begin(), row.request.stop_strings.end(), [&](const std::string& s) {
    return !s.empty() && row.text.find(s, before - std::min(before, s.size() - 1)) != std::string::npos;
  });
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
      for (EngineRow* row : e.active) row->next.resize(1);
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
