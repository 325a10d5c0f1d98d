// The order in which the reference (ms-swift 3.5) splits and shuffles a dataset, row for row. The order within each
// epoch (torch.randperm) is the trainer's, for it needs libtorch.
#pragma once

#include <cstdint>
#include <vector>

namespace minnow {

/// Which rows, as positions in the file, train and which validate, both in the order in which they are used.
struct DatasetOrder {
  std::vector<std::int64_t> train;
  std::vector<std::int64_t> validation;
};

/// Rows that swift's split_dataset_ratio takes away: max(floor(rows * ratio), 1), and 0 for a ratio of 0.
std::int64_t swift_validation_rows(std::int64_t rows, double ratio);

/// Minnow's own default: the larger of 1 % and 100 rows, but at most a tenth of the rows; 1 from two rows on.
std::int64_t default_validation_rows(std::int64_t rows);

/// Splits `rows` rows as swift does for one --dataset: validation rows first out of one permutation, then both halves
/// shuffled again. `seed` is swift's data_seed. validation_rows 0: only the shuffle. shuffle false: file order, the
/// last rows validate. Throws Error(data) if no training row would be left.
DatasetOrder dataset_order(std::int64_t rows, std::int64_t validation_rows, std::uint32_t seed = 42,
                           bool shuffle = true);

}  // namespace minnow
