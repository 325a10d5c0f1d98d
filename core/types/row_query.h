// RowQuery: which rows a person wants to see, in what order, and how many rows there would be of each value.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/types/row.h"

namespace minnow {

/// What rows can be put in order by.
enum class RowOrder { position, input, state, split, problems, confidence, field };

/// Empty sets and texts restrict nothing; what is set must all hold.
struct RowQuery {
  std::string text;  ///< words between blanks, each in the input or a value of the label; ASCII case doesn't count
  std::set<RowState> states;
  std::set<Split> splits;
  std::set<std::string> problems;  ///< rows with any of these codes; "" means rows without problems
  std::map<std::string, std::set<std::string>> values;  ///< per field's key, the values allowed
  RowOrder order = RowOrder::position;
  std::string order_field;  ///< key, for RowOrder::field
  bool descending = false;

  bool operator==(const RowQuery&) const = default;
  /// Whether every row is wanted.
  bool is_everything() const {
    return text.empty() && states.empty() && splits.empty() && problems.empty() && values.empty();
  }
};

/// One value of a facet and its rows: those that would be left if of this facet only this value were wanted.
struct FacetValue {
  std::string value;  ///< as in files: "needs_review", "train", "invalid_json", "云南省"; "" for rows without any
  std::int64_t rows = 0;
};

/// "state", "split", "problem", or a field of the task.
struct Facet {
  std::string name;
  bool is_field = false;
  std::vector<FacetValue> values;  ///< states and splits in their own order, others most rows first
  std::int64_t other_rows = 0;     ///< rows of values that were too many to list
};

struct RowQueryResult {
  std::int64_t total = 0;  ///< rows that were looked at
  std::int64_t matches = 0;
  std::vector<Facet> facets;
  bool stopped = false;  ///< the stop token ended it; what was found so far counts
};

}  // namespace minnow
