// PositionRows: some rows of another RowSource, in any order; what a filter or a sort yields.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "core/types/row_source.h"

namespace minnow {

/// Any thread; positions may be appended while others read. Positions are those of the base when they were found: once
/// rows of the base have gone, or came anywhere but at its end, find them anew.
class PositionRows final : public RowSource {
 public:
  explicit PositionRows(std::shared_ptr<const RowSource> base) : base_(std::move(base)) {}

  void append(std::span<const std::uint32_t> positions);
  /// The base's position of the row at `at`; -1 when there is none.
  std::int64_t position(std::int64_t at) const;
  /// Where the base's position stands here; -1 when it doesn't.
  std::int64_t index_of(std::int64_t position) const;

  std::int64_t count() const override;
  std::vector<Row> rows(std::int64_t first, std::int64_t count) const override;
  std::uint64_t revision() const override { return base_->revision(); }

 private:
  std::shared_ptr<const RowSource> base_;
  mutable std::mutex mutex_;  // positions_
  std::vector<std::uint32_t> positions_;
};

}  // namespace minnow
