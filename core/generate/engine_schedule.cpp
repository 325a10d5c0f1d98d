// Who is in work, where their tokens lie, and what a pass feeds.
#include <algorithm>
#include <limits>

#include "core/generate/engine_state.h"

namespace minnow {
namespace {

constexpr std::int64_t kHit = 8;         // tokens of a prompt that count as found
constexpr std::int64_t kWholeInput = 8;  // a shorter rest of the prompt isn't all of the row's input

}  // namespace

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
      row.next.erase(row.next.begin() + 1, row.next.end());
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

}  // namespace minnow
