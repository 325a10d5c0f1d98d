// Cuts the rows of an optimiser step into micro-batches of at most `token_budget` computed tokens. Torch-free.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/train/memory.h"
#include "core/types/example.h"
#include "core/types/train_options.h"

namespace minnow {

struct CutOptions {
  std::int64_t token_budget =
      4096;                      ///< tokens through the stack at once; a longer row still gets a micro-batch of its own
  std::int64_t min_shared = 16;  ///< shortest prefix worth sharing (measured on delivery rows); 0 = share nothing
  bool pad = false;              ///< the naive path: every row as long as the longest
  int lanes = 1;                 ///< micro-batches computed at once; they share the budget and come out about equal
};

/// How a run with these settings cuts its steps. Rows share prefixes where nothing (padding, dropout) sets them apart.
CutOptions cut_options_of(const TrainOptions& options, const MemoryPlan& memory, int lanes);

/// Tokens of a row that carry a loss; the first has nothing to be predicted from.
std::int64_t supervised_tokens(const TokenizedExample& row);

/// Groups of positions in `rows`. Rows with common prefixes come together; the order inside is by their tokens.
std::vector<std::vector<std::size_t>> cut_micro_batches(std::span<const TokenizedExample* const> rows,
                                                        const CutOptions& options);

}  // namespace minnow
