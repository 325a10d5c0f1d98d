// Splits rows into train, validation and test: by count or share, the same for the same seed everywhere,
// near-duplicates kept on one side so that what is measured hasn't been trained on.
#pragma once

#include <cstdint>
#include <vector>

#include "core/types/row.h"

namespace minnow {

/// How large a part should be: a count if it isn't negative, else a share of all rows.
struct SplitPart {
  std::int64_t count = -1;
  double share = 0.0;
};

struct SplitOptions {
  SplitPart validation{-1, 0.1};
  SplitPart test{-1, 0.1};
  std::int64_t train_count = -1;  ///< rows to train on; negative: all that remain. Others are left out (Split::none)
  std::uint64_t seed = 42;
};

struct SplitResult {
  std::vector<Split> splits;  ///< per row
  std::int64_t train = 0, validation = 0, test = 0, none = 0;
};

/// `groups`: per row, the number of its group (NearDuplicates::groups); a group never is on two sides. `fixed`: empty,
/// or per row a split that it has already and keeps (Split::none: free); free rows follow a fixed row of their group,
/// in the order test, validation, train. A part gets exactly its size where groups of one row are enough to fill it,
/// else as many rows as fit; groups of more than a tenth of a part go there only when nothing smaller is left. Throws
/// Error(usage), with the figures, for parts larger than the rows or shares that aren't within 0 and 1.
SplitResult split_rows(const std::vector<std::int64_t>& groups, const SplitOptions& options,
                       const std::vector<Split>& fixed = {});

}  // namespace minnow
