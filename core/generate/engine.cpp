// Continuous batching: each pass feeds the next token of every row that decodes and the prompts of rows that come in.
#include "core/generate/engine.h"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <string>
#include <unordered_set>

#include "core/generate/decoder.h"
#include "core/generate/drafts.h"
#include "core/generate/json_constraint.h"
#include "core/generate/sampling.h"
#include "core/generate/schedule.h"
#include "core/model/config.h"
#include "core/model/machine.h"
#include "core/types/error.h"
#include "core/types/seconds_since.h"

namespace minnow {
namespace {

constexpr std::int64_t kMinShared = 8;  // shorter common prefixes aren't worth a segment
/// Rows decoded together where the caller doesn't say: a GPU's pass takes hardly longer for many.
constexpr std::int64_t kRows = 32, kGpuRows = 256;
/// Prompt tokens in a pass, which bound activations and the wait for a token; on a GPU more while rows are short, so
/// that the scores of attention stay as small: tokens times those that they see.
constexpr std::int64_t kPromptTokens = 512, kGpuPromptTokens = 4096, kGpuScores = 1 << 21;
constexpr double kMemoryShare = 0.8;  // of what is available, for the cache
constexpr double kGpuMemoryShare = 0.5;

/// A shared prefix while its rows are in work.
struct PrefixState {
  std::int32_t segment = -1;
  std::int64_t fed = 0;
  std::int64_t rows_left = 0;
};

/// One request on its way.
struct Row {
  std::size_t index = 0;
  const GenerateRequest* request = nullptr;
  std::int64_t limit = 0;        ///< new tokens at most
  std::int32_t prefix = -1;      ///< deepest shared prefix
  std::int64_t own_begin = 0;    ///< first prompt token of its own
  std::int64_t fed = 0;          ///< own prompt tokens fed
  std::int32_t segment = -1;
  std::vector<std::int32_t> next;  ///< what the next pass feeds once the prompt is in: the last token, then drafts
  Drafter::Row draft;              ///< where its guesses come from
  Completion completion;
  DrawGenerator generator{0};
  JsonConstraint::State json = 0;  ///< how far its JSON is, where answers are held to that
  std::vector<std::int32_t> seen;  ///< distinct ids of prompt and answer, for the repetition penalty
  std::unordered_set<std::int32_t> seen_set;
  bool done = false;

  std::int64_t own_prompt() const { return static_cast<std::int64_t>(request->prompt_ids.size()) - own_begin; }
  std::int64_t capacity() const { return own_prompt() + limit - 1; }  // the last new token isn't fed
  bool prefilling() const { return fed < own_prompt(); }
  std::int64_t room() const { return limit - static_cast<std::int64_t>(completion.ids.size()); }
  void see(std::int32_t id) {
    if (seen_set.insert(id).second) seen.push_back(id);
  }
};

class Batcher {
 public:
  Batcher(const EngineModel& model, const GenerateJob& job, std::stop_token stop, GenerateStats& stats);
  std::vector<Completion> all();

 private:
  void check_requests() const;
  void hold_to_json();
  std::int64_t cache_places() const;
  void admit();
  bool try_admit(Row& row);
  std::vector<Feed> next_feeds();
  std::int64_t feed_prefixes(std::int32_t prefix, const Row& row, std::int64_t budget, std::vector<Feed>& feeds);
  void draft();
  std::size_t take(Row& row, std::span<const Prediction> predictions);
  bool take(Row& row, const Prediction& prediction);
  std::int32_t choose(Row& row, const Prediction& prediction, float* logprob);
  void finish(Row& row, FinishReason reason);
  void tell() const;
  void release_prefix(std::int32_t prefix);
  void close_prefixes();

  const EngineModel& model_;
  const GenerateJob& job_;
  std::stop_token stop_;
  GenerateStats& stats_;
  const Qwen3Config& config_;
  const bool on_cpu_;
  std::size_t batch_;
  std::int64_t prompt_tokens_ = kPromptTokens;  ///< in a pass
  bool want_logits_ = false;
  std::unique_ptr<JsonConstraint> constraint_;  ///< null: any token may come
  std::vector<Row> rows_;
  PromptPlan plan_;
  std::vector<PrefixState> prefixes_;
  std::unique_ptr<Decoder> decoder_;
  std::size_t next_row_ = 0;      ///< in plan_.order
  std::vector<Row*> active_;      ///< in the order of admission
  std::vector<Row*> fed_rows_;    ///< rows whose predictions the pass brings, in the order of the feeds
  bool all_decode_ = false;       ///< the pass is a plain step, but for drafts: no row's prompt is in it
  Drafter drafter_;
  DraftPace pace_;
  std::int64_t done_ = 0;
};

Batcher::Batcher(const EngineModel& model, const GenerateJob& job, std::stop_token stop, GenerateStats& stats)
    : model_(model), job_(job), stop_(stop), stats_(stats), config_(Decoder::config(*model.weights)),
      on_cpu_(Decoder::on_cpu(*model.weights)),
      batch_(static_cast<std::size_t>(job.options.batch_size > 0 ? job.options.batch_size
                                      : on_cpu_                  ? kRows
                                                                 : kGpuRows)) {
  check_requests();
  if (job.options.constrain_json) hold_to_json();
  const auto& requests = *job.requests;
  std::vector<std::span<const std::int32_t>> prompts;
  for (const GenerateRequest& r : requests) prompts.emplace_back(r.prompt_ids);
  plan_ = plan_prompts(prompts, kMinShared);
  for (const SharedPrefix& p : plan_.prefixes) prefixes_.push_back({-1, 0, p.rows});
  rows_.resize(requests.size());
  for (std::size_t i = 0; i < requests.size(); ++i) {
    Row& row = rows_[i];
    const GenerateRequest& r = requests[i];
    row.index = i;
    row.request = &r;
    const auto prompt = static_cast<std::int64_t>(r.prompt_ids.size());
    row.limit = std::max<std::int64_t>(0, std::min(r.max_new_tokens, config_.max_position_embeddings - prompt));
    row.prefix = plan_.last_prefix[i];
    row.own_begin = plan_.shared_tokens[i];
    row.draft = Drafter::begin(std::span(r.prompt_ids).subspan(static_cast<std::size_t>(row.own_begin)), r.prompt_ids);
    row.generator = DrawGenerator(r.sampling.seed);
    if (r.sampling.repetition_penalty != 1.0) {
      for (const std::int32_t id : r.prompt_ids) row.see(id);
    }
    want_logits_ |= r.sampling.temperature > 0.0 || r.sampling.repetition_penalty != 1.0;
    stats_.prompt_tokens += prompt;
  }
}

void Batcher::check_requests() const {
  for (std::size_t i = 0; i < job_.requests->size(); ++i) {
    const auto& ids = (*job_.requests)[i].prompt_ids;
    if (ids.empty()) {
      throw Error(ErrorKind::usage, "request " + std::to_string(i + 1) + " has an empty prompt; at least one token is needed");
    }
    for (const std::int32_t id : ids) {
      if (id < 0 || id >= config_.vocab_size) {
        throw Error(ErrorKind::usage, "request " + std::to_string(i + 1) + " has token id " + std::to_string(id) +
                                          "; the model's ids are 0 to " + std::to_string(config_.vocab_size - 1));
      }
    }
  }
}

void Batcher::hold_to_json() {
  if (!model_.tokenizer || !job_.task) {
    throw Error(ErrorKind::usage, "answers can't be held to a task's JSON without a tokenizer and a task");
  }
  constraint_ = std::make_unique<JsonConstraint>(*job_.task, *model_.tokenizer, model_.stop_ids, config_.vocab_size);
  want_logits_ = true;
  const std::int64_t fewest = constraint_->fewest(constraint_->start());
  for (const GenerateRequest& r : *job_.requests) {
    if (r.max_new_tokens > 0 && r.max_new_tokens < fewest) {
      throw Error(ErrorKind::usage, "max_new_tokens is " + std::to_string(r.max_new_tokens) + "; the task's JSON takes at least " +
                                        std::to_string(fewest) + " tokens", "max_new_tokens");
    }
  }
}

/// Room for the batch's largest rows and the prefixes that can be open beside them, bounded by the memory there is.
std::int64_t Batcher::cache_places() const {
  std::vector<std::int64_t> own;
  std::int64_t deepest = 0, shared = 0, largest = 0;
  for (const Row& row : rows_) {
    if (row.limit == 0) continue;
    own.push_back(row.capacity());
    deepest = std::max(deepest, row.own_begin);
    largest = std::max(largest, row.own_begin + row.capacity());
  }
  for (const SharedPrefix& p : plan_.prefixes) shared += p.length;
  const std::size_t count = std::min(batch_, own.size());
  std::partial_sort(own.begin(), own.begin() + static_cast<std::ptrdiff_t>(count), own.end(), std::greater<>());
  const auto room_for = [&](std::size_t rows) {
    const std::int64_t prefixes = std::min(shared, static_cast<std::int64_t>(rows + 1) * deepest);
    return std::accumulate(own.begin(), own.begin() + static_cast<std::ptrdiff_t>(rows), prefixes);
  };
  const std::int64_t places = room_for(count), each = Decoder::bytes_per_place(*model_.weights);
  if (!on_cpu_) {
    // libtorch keeps what it took from a device before, so more may be had than is free: some rows are tried anyway.
    const double free = static_cast<double>(available_memory("cuda"));
    const auto affordable = static_cast<std::int64_t>(kGpuMemoryShare * free) / each;
    return std::min(places, std::max(affordable, room_for(std::min<std::size_t>(count, kRows))));
  }
  const auto affordable = static_cast<std::int64_t>(kMemoryShare * static_cast<double>(available_memory())) / each;
  if (largest > affordable) {
    throw Error(ErrorKind::memory, "the key/value cache of a row of " + std::to_string(largest) + " tokens needs " +
                                       std::to_string((largest * each) >> 20) + " MB, " +
                                       std::to_string((affordable * each) >> 20) + " MB can be had");
  }
  return std::min(places, affordable);
}

std::vector<Completion> Batcher::all() {
  const auto start = std::chrono::steady_clock::now();
  std::int64_t longest = 1;
  for (const Row& row : rows_) {
    longest = std::max(longest, static_cast<std::int64_t>(row.request->prompt_ids.size()) + row.limit);
  }
  if (!on_cpu_) prompt_tokens_ = std::clamp(kGpuScores / longest, kPromptTokens, kGpuPromptTokens);
  for (Row& row : rows_) {
    if (row.limit == 0) finish(row, FinishReason::length);
  }
  tell();  // the work begins here: whoever works out a rate counts from now on
  if (done_ < static_cast<std::int64_t>(rows_.size())) {
    decoder_ = std::make_unique<Decoder>(*model_.weights, model_.adapter, cache_places(), longest);
  }
  while (done_ < static_cast<std::int64_t>(rows_.size())) {
    if (stop_.stop_requested()) break;
    admit();
    const std::vector<Feed> feeds = next_feeds();
    const auto before = std::chrono::steady_clock::now();
    const auto predictions = decoder_->pass(feeds, want_logits_, stop_);
    if (!predictions) break;
    ++stats_.forward_passes;
    if (all_decode_) {
      pace_.took(static_cast<std::int64_t>(predictions->size()), seconds_since(before));
    }
    std::size_t at = 0;
    for (Row* row : fed_rows_) at += take(*row, predictions->subspan(at));
    std::erase_if(active_, [](const Row* row) { return row->done; });
  }
  for (Row& row : rows_) {
    if (!row.done) finish(row, FinishReason::cancelled);
  }
  stats_.seconds += seconds_since(start);
  std::vector<Completion> completions;
  for (Row& row : rows_) completions.push_back(std::move(row.completion));
  return completions;
}

void Batcher::admit() {
  while (active_.size() < batch_ && next_row_ < plan_.order.size()) {
    Row& row = rows_[plan_.order[next_row_]];
    if (!row.done) {
      bool admitted = try_admit(row);
      if (!admitted && active_.empty()) {  // the free places lie scattered between open prefixes: begin anew
        close_prefixes();
        admitted = try_admit(row);
      }
      if (!admitted) return;
      active_.push_back(&row);
    }
    ++next_row_;
  }
}

/// Opens the row's segment and those of its prefixes that aren't; nothing stays open when there is no room.
bool Batcher::try_admit(Row& row) {
  std::vector<std::int32_t> path;
  for (std::int32_t p = row.prefix; p >= 0; p = plan_.prefixes[static_cast<std::size_t>(p)].parent) path.push_back(p);
  std::int32_t parent = -1;
  std::vector<std::int32_t> opened;
  bool room = true;
  for (auto p = path.rbegin(); p != path.rend() && room; ++p) {
    PrefixState& state = prefixes_[static_cast<std::size_t>(*p)];
    if (state.segment < 0) {
      const auto segment = decoder_->open(parent, plan_.prefixes[static_cast<std::size_t>(*p)].length);
      room = segment.has_value();
      if (!room) break;
      state.segment = *segment;
      state.fed = 0;
      opened.push_back(*p);
    }
    parent = state.segment;
  }
  const auto own = room ? decoder_->open(parent, row.capacity()) : std::nullopt;
  if (own) {
    row.segment = *own;
    return true;
  }
  for (auto p = opened.rbegin(); p != opened.rend(); ++p) {
    decoder_->close(prefixes_[static_cast<std::size_t>(*p)].segment);
    prefixes_[static_cast<std::size_t>(*p)].segment = -1;
  }
  return false;
}

void Batcher::close_prefixes() {
  for (std::size_t p = prefixes_.size(); p-- > 0;) {
    if (prefixes_[p].segment < 0) continue;
    decoder_->close(prefixes_[p].segment);
    prefixes_[p].segment = -1;
  }
}

/// Feeds what is missing of a prefix and those above it; returns the budget that is left, or -1 when the prefix isn't
/// complete after this pass.
std::int64_t Batcher::feed_prefixes(std::int32_t prefix, const Row& row, std::int64_t budget, std::vector<Feed>& feeds) {
  if (prefix < 0) return budget;
  const SharedPrefix& plan = plan_.prefixes[static_cast<std::size_t>(prefix)];
  budget = feed_prefixes(plan.parent, row, budget, feeds);
  if (budget < 0) return -1;
  PrefixState& state = prefixes_[static_cast<std::size_t>(prefix)];
  const std::int64_t count = std::min(budget, plan.length - state.fed);
  if (count > 0) {
    feeds.push_back({state.segment, row.request->prompt_ids.data() + plan.depth + state.fed, count, 0});
    state.fed += count;
    stats_.prefilled_tokens += count;
  }
  return state.fed < plan.length ? -1 : budget - count;
}

std::vector<Feed> Batcher::next_feeds() {
  std::vector<Feed> feeds;
  fed_rows_.clear();
  std::int64_t budget = prompt_tokens_;
  all_decode_ = std::none_of(active_.begin(), active_.end(), [](const Row* row) { return row->prefilling(); });
  if (all_decode_ && job_.options.drafts && pace_.wants_guesses(static_cast<std::int64_t>(active_.size()))) draft();
  for (Row* row : active_) {
    if (!row->prefilling()) {
      const auto count = static_cast<std::int64_t>(row->next.size());
      feeds.push_back({row->segment, row->next.data(), count, count});
      fed_rows_.push_back(row);
    }
  }
  stats_.decode_passes += !feeds.empty();
  for (Row* row : active_) {
    if (!row->prefilling() || budget <= 0) continue;
    budget = feed_prefixes(row->prefix, *row, budget, feeds);
    if (budget <= 0) break;  // another row's prefix may be whole, but rows go in order
    const std::int64_t count = std::min(budget, row->own_prompt() - row->fed);
    const bool last = row->fed + count == row->own_prompt();
    feeds.push_back({row->segment, row->request->prompt_ids.data() + row->own_begin + row->fed, count, last ? 1 : 0});
    row->fed += count;
    budget -= count;
    stats_.prefilled_tokens += count;
    if (last) fed_rows_.push_back(row);
  }
  return feeds;
}

/// The token for a prediction and its log-probability at temperature 1, before penalties and constraint.
std::int32_t Batcher::choose(Row& row, const Prediction& p, float* logprob) {
  const SamplingOptions& s = row.request->sampling;
  const TokenMask* mask = constraint_ ? &constraint_->allowed(row.json, row.room()) : nullptr;
  if (s.temperature <= 0.0 && s.repetition_penalty == 1.0) {
    const std::int32_t id = !mask || mask->allows(p.best) ? p.best : mask->best(p.logits, config_.vocab_size);
    *logprob = id == p.best ? p.best_logprob() : p.logits[id] - p.logsumexp;
    return id;
  }
  std::vector<float> logits(p.logits, p.logits + config_.vocab_size);
  if (mask) mask->apply(logits.data(), config_.vocab_size);
  apply_repetition_penalty(logits, row.seen, s.repetition_penalty);
  const std::int32_t id =
      s.temperature > 0.0
          ? draw(candidates(logits, s), row.generator.next())
          : static_cast<std::int32_t>(std::max_element(logits.begin(), logits.end()) - logits.begin());
  *logprob = p.logits[id] - p.logsumexp;
  return id;
}

/// Puts guesses behind the last token of the rows that decode, as many as pay.
void Batcher::draft() {
  std::vector<std::vector<Guess>> guesses;
  for (const Row* row : active_) {
    const auto most = std::min<std::int64_t>(job_.options.max_draft_tokens, row->room() - 1);
    guesses.push_back(drafter_.guess(row->draft, static_cast<int>(most)));
  }
  // Where a pass of few tokens is bit for bit the same whatever is in it, drafts don't make it one of many.
  const std::int64_t narrow = decoder_->narrow_tokens(), rows = static_cast<std::int64_t>(active_.size());
  pace_.cut(guesses, narrow > 0 ? narrow - rows : rows * job_.options.max_draft_tokens);
  for (std::size_t i = 0; i < active_.size(); ++i) {
    for (const Guess& guess : guesses[i]) active_[i]->next.push_back(guess.id);
    stats_.draft_tokens += static_cast<std::int64_t>(guesses[i].size());
  }
}

/// Takes the row's predictions, which begin at the first one given: the first, and the next for every draft that it
/// confirms. Returns how many were the row's.
std::size_t Batcher::take(Row& row, std::span<const Prediction> predictions) {
  const std::vector<std::int32_t> fed = std::move(row.next);
  const std::size_t count = std::max<std::size_t>(1, fed.size());  // one after the prompt
  for (std::size_t i = 0; i < count && take(row, predictions[i]) && i + 1 < count; ++i) {
    if (fed[i + 1] == row.next.front()) {
      ++stats_.draft_accepted;
      continue;
    }
    decoder_->truncate(row.segment, decoder_->length(row.segment) - static_cast<std::int64_t>(count - i - 1));
    break;
  }
  return count;
}

/// Chooses the row's next token. False when that was its last.
bool Batcher::take(Row& row, const Prediction& prediction) {
  float logprob = 0.0f;
  const std::int32_t id = choose(row, prediction, &logprob);
  row.completion.ids.push_back(id);
  row.completion.logprobs.push_back(logprob);
  ++stats_.new_tokens;
  if (row.request->sampling.repetition_penalty != 1.0) row.see(id);
  if (constraint_) row.json = constraint_->after(row.json, id);
  row.next.assign(1, id);
  if (job_.options.drafts) drafter_.chosen(row.draft, id);
  if (job_.on_token) job_.on_token(row.index, id);
  const bool stops = (constraint_ || !row.request->ignore_eos) &&
                     std::find(model_.stop_ids.begin(), model_.stop_ids.end(), id) != model_.stop_ids.end();
  if (stops) {
    finish(row, FinishReason::stop);
  } else if (static_cast<std::int64_t>(row.completion.ids.size()) >= row.limit) {
    finish(row, FinishReason::length);
  }
  return !row.done;
}

/// Frees the prefix and those above it when no row needs them any more.
void Batcher::release_prefix(std::int32_t prefix) {
  for (std::int32_t p = prefix; p >= 0; p = plan_.prefixes[static_cast<std::size_t>(p)].parent) {
    PrefixState& state = prefixes_[static_cast<std::size_t>(p)];
    if (--state.rows_left > 0 || state.segment < 0) continue;
    decoder_->close(state.segment);
    state.segment = -1;
  }
}

void Batcher::finish(Row& row, FinishReason reason) {
  row.done = true;
  row.completion.reason = reason;
  ++done_;
  if (row.segment >= 0) decoder_->close(row.segment);
  row.segment = -1;
  release_prefix(row.prefix);
  if (job_.on_row) job_.on_row(row.index, row.completion);
  tell();
}

void Batcher::tell() const {
  if (job_.on_progress) job_.on_progress({"generating", "rows", done_, static_cast<std::int64_t>(rows_.size())});
}

}  // namespace

std::vector<Completion> generate(const EngineModel& model, const GenerateJob& job, std::stop_token stop,
                                 GenerateStats* stats) {
  GenerateStats local;
  Batcher batcher(model, job, stop, stats ? *stats : local);
  return batcher.all();
}

}  // namespace minnow
