// Cuts the rows of an optimiser step into micro-batches of at most `token_budget` computed tokens. Torch-free.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/types/example.h"

namespace minnow {

struct CutOptions {
  std::int64_t token_budget =
      4096;                      ///< tokens through the stack at once; a longer row still gets a micro-batch of its own
  std::int64_t min_shared = 16;  ///< shortest prefix worth sharing; 0 = share nothing
  bool pad = false;              ///< the naive path: every row as long as the longest
  int lanes = 1;                 ///< micro-batches computed at once; they share the budget and come out about equal
};

/// Groups of positions in `rows`. Rows with common prefixes come together; the order inside is by their tokens.
std::vector<std::vector<std::size_t>> cut_micro_batches(std::span<const TokenizedExample* const> rows,
                                                        const CutOptions& options);

}  // namespace minnow
