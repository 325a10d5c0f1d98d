// Which tokens are guessed, and which are chosen.
#include <algorithm>

#include "core/generate/engine_state.h"
#include "core/model/config.h"
#include "core/text/tokenizer.h"

namespace minnow {
namespace {

constexpr double kSkeleton = 0.9;       // how likely the task's own text is expected as its tokenizer writes it
constexpr double kSkeletonCases = 2.0;  // and how many cases that counts for

}  // namespace

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

}  // namespace minnow
