// RowSource: how a view pages through rows without owning them; the one interface in core/types.
#pragma once

#include <cstdint>
#include <vector>

#include "core/types/row.h"

namespace minnow {

/// Rows read at once by whoever walks them all.
inline constexpr std::int64_t kRowsPerPage = 512;

/// Rows by position. Thread: any; implementations say what they lock. `revision` changes whenever any row may have.
class RowSource {
 public:
  virtual ~RowSource() = default;
  virtual std::int64_t count() const = 0;
  virtual std::vector<Row> rows(std::int64_t first, std::int64_t count) const = 0;
  virtual std::uint64_t revision() const = 0;
};

}  // namespace minnow
