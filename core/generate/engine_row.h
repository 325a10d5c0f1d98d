// One request on its way through an Engine. Inner header.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

#include "core/generate/drafts.h"
#include "core/generate/engine.h"
#include "core/generate/json_constraint.h"
#include "core/generate/sampling.h"

namespace minnow {

struct EngineRow {
  Ticket ticket = 0;
  EngineRequest request;
  std::int64_t limit = 0;          ///< new tokens at most
  std::int32_t adapter = -1;       ///< the decoder's number
  std::vector<std::int32_t> ids;   ///< prompt and answer
  std::int32_t table = -1;         ///< of the cache, while it is in work
  std::int64_t path = 0;           ///< tokens of the table's path: all that there were when it was let in but the last
  std::vector<std::int32_t> next;  ///< what the next pass feeds behind the path: the last token, then drafts
  bool has_drafts = false;         ///< `draft` is begun
  Drafter::Row draft;              ///< where its guesses come from
  DrawGenerator generator{0};
  JsonConstraint::State json = 0;  ///< how far its JSON is
  std::vector<std::int32_t> seen;  ///< distinct ids of prompt and answer, for the repetition penalty
  std::unordered_set<std::int32_t> seen_set;
  std::string text;  ///< the answer's bytes, where stop strings are looked for
  RowResult result;
  bool done = false;

  std::int64_t answered() const { return static_cast<std::int64_t>(result.completion.ids.size()); }
  std::int64_t room() const { return limit - answered(); }
  /// Tokens behind the path that are in the cache; the last one isn't fed yet.
  std::int64_t fed_behind_path() const { return static_cast<std::int64_t>(ids.size()) - 1 - path; }
  bool wants_logits() const {
    return request.constraint || request.sampling.temperature > 0.0 || request.sampling.repetition_penalty != 1.0;
  }
  void see(std::int32_t id) {
    if (seen_set.insert(id).second) seen.push_back(id);
  }
};

}  // namespace minnow
