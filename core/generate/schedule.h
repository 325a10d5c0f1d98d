// Which rows share which prompt prefixes, and in which order they are admitted. No tensors.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace minnow {

/// A prefix that several rows share: tokens [depth, depth + length) of each of them.
struct SharedPrefix {
  std::int32_t parent = -1;  ///< index of the shared prefix before it; -1 at a root
  std::int64_t depth = 0;
  std::int64_t length = 0;
  std::int64_t rows = 0;     ///< how many rows go through it
};

struct PromptPlan {
  std::vector<SharedPrefix> prefixes;        ///< parents before children
  std::vector<std::int32_t> last_prefix;     ///< per row: its deepest shared prefix, or -1
  std::vector<std::int64_t> shared_tokens;   ///< per row: tokens of its prompt that lie in shared prefixes
  std::vector<std::size_t> order;            ///< rows, those of a prefix together, groups by their first row
};

/// Prefixes of at least `min_shared` tokens are shared; the last token of a prompt never is, since its prediction is the
/// row's own.
PromptPlan plan_prompts(std::span<const std::span<const std::int32_t>> prompts, std::int64_t min_shared);

}  // namespace minnow
