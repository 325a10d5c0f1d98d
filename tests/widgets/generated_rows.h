// Rows that exist only while they are looked at, so that a million of them cost a test nothing.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/types/error.h"
#include "core/types/row_source.h"

namespace minnow {

/// Thread-safe. Counts what it was asked for.
class GeneratedRows final : public RowSource {
 public:
  explicit GeneratedRows(std::int64_t count) : count_(count) {}
  std::int64_t count() const override { return count_; }
  std::vector<Row> rows(std::int64_t first, std::int64_t count) const override {
    ++reads;
    {
      const std::lock_guard guard(mutex_);
      readers_.push_back(std::this_thread::get_id());
    }
    while (held) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    if (broken) throw Error(ErrorKind::io, "rows.jsonl: the disk is gone", "rows.jsonl");
    std::vector<Row> page;
    for (std::int64_t i = first; i < std::min(count_.load(), first + count); ++i) page.push_back(row(i));
    handed_out += static_cast<std::int64_t>(page.size());
    return page;
  }
  std::uint64_t revision() const override { return revision_; }

  static Row row(std::int64_t i) {
    Row row;
    row.id = "r" + std::to_string(i);
    row.input = "订单" + std::to_string(i) + "，云南大理，13800138000";
    row.label = R"({"province": "云南省", "phone": "13800138000"})";
    row.state = static_cast<RowState>(i % 4);
    row.split = static_cast<Split>(i % 4);
    if (i % 4 == 2) row.problems.push_back({"phone_shape", "phone", "it hasn't the shape of a phone number"});
    return row;
  }
  void resize(std::int64_t count) {
    count_ = count;
    ++revision_;
  }
  std::vector<std::thread::id> readers() const {
    const std::lock_guard guard(mutex_);
    return readers_;
  }

  mutable std::atomic<std::int64_t> reads = 0, handed_out = 0;
  std::atomic<bool> held = false, broken = false;

 private:
  std::atomic<std::int64_t> count_;
  std::atomic<std::uint64_t> revision_ = 1;
  mutable std::mutex mutex_;
  mutable std::vector<std::thread::id> readers_;
};

}  // namespace minnow
