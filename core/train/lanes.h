// Lanes: micro-batches of a small model side by side, one thread each. Where a layer takes microseconds, handing every
// product to all threads costs more than it saves; whole micro-batches don't wait for one another. Inner header.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/model/config.h"
#include "core/model/lora.h"

namespace minnow {

/// How many micro-batches of this model are best computed at once: all threads for one whose stack is small enough to
/// stay in the caches, else 1 (each product is then shared among the threads).
int lanes_of(const Qwen3Config& config, const std::string& device, int threads);

/// body(lane) for every lane, each on a thread of its own with ATen's and BLAS's parallelism off; returns when all are
/// done and rethrows what the first of them threw. Lane 0 is the calling thread. With one lane: body(0), as ever.
void side_by_side(int lanes, const std::function<void(int lane)>& body);

/// One adapter for each lane: the same weights, gradients of their own for the lanes behind the first.
class LoraLanes {
 public:
  /// `lora` is lane 0's and must outlive this; its gradients must exist.
  LoraLanes(LoraSet& lora, int lanes);
  LoraSet& operator[](int lane) { return lane == 0 ? first_ : others_[static_cast<std::size_t>(lane - 1)]; }
  /// Zeroes every lane's gradients.
  void begin_step();
  /// Adds the gradients of all lanes to lane 0's, in the order of the lanes.
  void collect();

 private:
  LoraSet& first_;
  std::vector<LoraSet> others_;
};

}  // namespace minnow
