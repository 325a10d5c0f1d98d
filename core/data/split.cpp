// Groups are dealt in one shuffled order: test first, then validation, the rest trains.
#include "core/data/split.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/data/numpy_random.h"
#include "core/types/error.h"

namespace minnow {
namespace {

std::int64_t wanted_rows(const SplitPart& part, std::int64_t rows, const char* name) {
  if (part.count >= 0) return part.count;
  if (!(part.share >= 0.0 && part.share <= 1.0)) {
    throw Error(ErrorKind::usage,
                std::string("The ") + name + " share is " + std::to_string(part.share) + ", it must be within 0 and 1");
  }
  return std::llround(part.share * static_cast<double>(rows));
}

/// The rows of each group, groups numbered 0, 1, …
std::vector<std::vector<std::int64_t>> members_of(const std::vector<std::int64_t>& groups) {
  std::vector<std::vector<std::int64_t>> members;
  for (std::size_t row = 0; row < groups.size(); ++row) {
    const auto group = static_cast<std::size_t>(groups[row]);
    if (group >= members.size()) members.resize(group + 1);
    members[group].push_back(static_cast<std::int64_t>(row));
  }
  return members;
}

/// Deals groups that have no side yet.
class Dealer {
 public:
  Dealer(std::vector<std::vector<std::int64_t>> members, std::uint64_t seed)
      : members_(std::move(members)),
        side_(members_.size(), Split::none),
        order_(numpy_permutation(seed, static_cast<std::int64_t>(members_.size()))) {}

  void fix(std::size_t group, Split split) { side_[group] = split; }
  std::int64_t size_of(std::size_t group) const { return static_cast<std::int64_t>(members_[group].size()); }

  /// Gives `split` groups until it has `rows` more, first those of at most `largest` rows, then any that still fit.
  void fill(Split split, std::int64_t rows, std::int64_t largest) {
    for (const std::int64_t limit : {largest, rows}) {
      for (const std::int64_t at : order_) {
        const auto group = static_cast<std::size_t>(at);
        if (rows <= 0) return;
        if (side_[group] != Split::none || size_of(group) > std::min(limit, rows)) continue;
        side_[group] = split;
        rows -= size_of(group);
      }
    }
  }

  std::vector<Split> splits(std::size_t rows) const {
    std::vector<Split> splits(rows, Split::none);
    for (std::size_t group = 0; group < members_.size(); ++group) {
      for (const std::int64_t row : members_[group]) splits[static_cast<std::size_t>(row)] = side_[group];
    }
    return splits;
  }

 private:
  std::vector<std::vector<std::int64_t>> members_;
  std::vector<Split> side_;
  std::vector<std::int64_t> order_;
};

}  // namespace

SplitResult split_rows(const std::vector<std::int64_t>& groups, const SplitOptions& options,
                       const std::vector<Split>& fixed) {
  const auto rows = static_cast<std::int64_t>(groups.size());
  const std::int64_t test = wanted_rows(options.test, rows, "test");
  const std::int64_t validation = wanted_rows(options.validation, rows, "validation");
  const std::int64_t train = std::max<std::int64_t>(options.train_count, 0);
  if (test + validation + train > rows) {
    throw Error(ErrorKind::usage, "There are " + std::to_string(rows) + " rows; " + std::to_string(train) +
                                      " to train on, " + std::to_string(validation) + " for validation and " +
                                      std::to_string(test) + " for the test were asked for");
  }
  const auto members = members_of(groups);
  Dealer dealer(members, options.seed);
  std::int64_t fixed_rows[4] = {0, 0, 0, 0};
  if (!fixed.empty()) {
    for (std::size_t group = 0; group < members.size(); ++group) {
      for (const Split split : {Split::test, Split::validation, Split::train}) {
        const bool has = std::any_of(members[group].begin(), members[group].end(),
                                     [&](std::int64_t row) { return fixed[static_cast<std::size_t>(row)] == split; });
        if (!has) continue;
        dealer.fix(group, split);
        fixed_rows[static_cast<int>(split)] += dealer.size_of(group);
        break;
      }
    }
  }
  const auto fill = [&](Split split, std::int64_t wanted) {
    dealer.fill(split, wanted - fixed_rows[static_cast<int>(split)], std::max<std::int64_t>(wanted / 10, 1));
  };
  fill(Split::test, test);
  fill(Split::validation, validation);
  if (options.train_count < 0) {
    dealer.fill(Split::train, rows, rows);
  } else {
    fill(Split::train, train);
  }
  SplitResult result{dealer.splits(groups.size())};
  for (std::size_t row = 0; row < fixed.size(); ++row) {
    if (fixed[row] != Split::none) result.splits[row] = fixed[row];
  }
  const auto count = [&result](Split split) { return std::count(result.splits.begin(), result.splits.end(), split); };
  result.train = count(Split::train);
  result.validation = count(Split::validation);
  result.test = count(Split::test);
  result.none = count(Split::none);
  return result;
}

}  // namespace minnow
