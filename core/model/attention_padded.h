// Attention for devices on which a call costs more than its arithmetic (GPUs): pieces of like size are padded and
// computed as one batch of products. Inner header (includes ATen).
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>
#include <vector>

#include "core/model/attention.h"
#include "core/model/token_run.h"

namespace minnow {

/// Queries of `count` tokens from `first` on. They see `runs`, root first; the last `count` places of them are their own,
/// which they see causally.
struct AttentionPiece {
  std::int64_t first = 0, count = 0;
  std::vector<TokenRun> runs;
  std::int64_t keys() const;  ///< that it sees
};

/// The nodes of a packed tree as pieces whose places are the stream's tokens.
std::vector<AttentionPiece> pieces_of(const PackedBatch& batch);

class PaddedAttention {
 public:
  /// `pieces` cover the tokens 0 .. tokens of a stream, each once; `options`: the model's dtype and device. `gradient`:
  /// backward will be called; places are then the stream's tokens.
  PaddedAttention(std::span<const AttentionPiece> pieces, std::int64_t tokens, const AttentionShape& shape,
                  const at::TensorOptions& options, bool gradient);

  /// q [N, H*E]; keys, values [places, K, E], any strides → [N, H*E].
  at::Tensor forward(const at::Tensor& q, const at::Tensor& keys, const at::Tensor& values) const;

  /// dy, q [N, H*E]; keys, values [N, K, E] → gradients token-major, [N, H*E] and [N, K*E]. The probabilities are
  /// computed anew. A token that several pieces see gets the sum of what they add, always in the same order.
  AttentionGrad backward(const at::Tensor& dy, const at::Tensor& q, const at::Tensor& keys,
                         const at::Tensor& values) const;

 private:
  /// Pieces padded to L queries and T keys each.
  struct Group {
    std::int64_t pieces = 0, L = 0, T = 0;
    at::Tensor queries;  ///< tokens [pieces * L]; padding repeats a piece's first
    at::Tensor keys;     ///< places [pieces * T], likewise
    at::Tensor bias;     ///< [K * pieces, G * L, T]: 0, or -infinity where a query doesn't see a key
    at::Tensor padding;  ///< bool [pieces * L, 1], queries that aren't there
  };
  at::Tensor gather_queries(const Group& group, const at::Tensor& x) const;
  at::Tensor gather_keys(const Group& group, const at::Tensor& x) const;
  at::Tensor probabilities(const Group& group, const at::Tensor& queries, const at::Tensor& keys) const;
  at::Tensor from_queries(const Group& group, const at::Tensor& x) const;
  at::Tensor from_keys(const Group& group, const at::Tensor& x) const;
  at::Tensor summed(const std::vector<at::Tensor>& slots) const;

  AttentionShape shape_;
  std::vector<Group> groups_;
  at::Tensor query_slot_;    ///< [N], where a token's query lies among all groups' queries
  at::Tensor key_slot_;      ///< [N], the first place among all groups' keys that holds a token
  at::Tensor shared_;        ///< tokens that several places hold
  at::Tensor shared_slots_;  ///< [shared, most], all of those places
  at::Tensor shared_there_;  ///< [shared, 1, most], 1 where shared_slots_ isn't padding
};

}  // namespace minnow
