// Runs a RowQuery over any RowSource in one pass: positions that match, their order, and the counts of every facet.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>

#include "core/types/progress.h"
#include "core/types/row_query.h"
#include "core/types/row_source.h"
#include "core/types/task.h"

namespace minnow {

/// More positions of the answer, in the order wanted. Rows in their own order come while the search goes on, so that a
/// view fills at once; any other order comes in one piece at the end.
using PositionSink = std::function<void(std::span<const std::uint32_t> positions)>;

/// Facets are state, split, problem, and each of the task's fields of kind province or city. Rows in another order are
/// put there by the first 24 bytes of what they are ordered by, equal ones by position: 28 bytes a row in memory, and
/// 4 otherwise. Reads pages of 512 rows; checks `stop` at each. Progress is in rows. Throws what `rows` throws.
RowQueryResult query_rows(const RowSource& rows, const Task& task, const RowQuery& query, const PositionSink& found,
                          const ProgressSink& progress = {}, std::stop_token stop = {});

}  // namespace minnow
