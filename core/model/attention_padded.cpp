// Padded attention: indices once per pass, then a dozen calls per layer and group.
#include "core/model/attention_padded.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <limits>
#include <numeric>

namespace minnow {
namespace {

/// A group may compute so much more than its pieces need; below kSmall it doesn't matter.
constexpr std::int64_t kMostPadding = 2;
constexpr std::int64_t kSmall = 1 << 18;
/// Of queries and keys of a group: quick products of bf16 want it of every dimension.
constexpr std::int64_t kMultiple = 8;

std::int64_t rounded(std::int64_t n, std::int64_t multiple) { return (n + multiple - 1) / multiple * multiple; }

at::Tensor on_device(std::vector<std::int64_t>& values, at::IntArrayRef shape, at::Device device) {
  return at::from_blob(values.data(), shape, at::kLong).to(device, false, true);
}

/// Pieces by their keys, cut where padding would cost too much.
std::vector<std::vector<std::size_t>> cut(std::span<const AttentionPiece> pieces) {
  std::vector<std::size_t> order(pieces.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return pieces[a].keys() < pieces[b].keys(); });
  std::vector<std::vector<std::size_t>> groups;
  std::int64_t needed = 0, L = 0;
  for (const std::size_t i : order) {
    const std::int64_t T = pieces[i].keys();
    const std::int64_t longest = std::max(L, pieces[i].count), more = needed + pieces[i].count * T;
    const std::int64_t padded = groups.empty() ? 0 : static_cast<std::int64_t>(groups.back().size() + 1) * longest * T;
    if (groups.empty() || (padded > kSmall && padded > kMostPadding * more)) {
      groups.push_back({i});
      needed = pieces[i].count * T;
      L = pieces[i].count;
    } else {
      groups.back().push_back(i);
      needed = more;
      L = longest;
    }
  }
  return groups;
}

}  // namespace

std::int64_t AttentionPiece::keys() const {
  std::int64_t count = 0;
  for (const TokenRun& run : runs) count += run.length;
  return count;
}

std::vector<AttentionPiece> pieces_of(const PackedBatch& batch) {
  std::vector<AttentionPiece> pieces;
  for (const TreeNode& node : batch.nodes) {
    AttentionPiece piece{node.begin, node.length, {{node.begin, node.length}}};
    for (std::int32_t p = node.parent; p >= 0; p = batch.nodes[static_cast<std::size_t>(p)].parent) {
      const TreeNode& above = batch.nodes[static_cast<std::size_t>(p)];
      piece.runs.push_back({above.begin, above.length});
    }
    std::reverse(piece.runs.begin(), piece.runs.end());
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

PaddedAttention::PaddedAttention(std::span<const AttentionPiece> pieces, std::int64_t tokens,
                                 const AttentionShape& shape, const at::TensorOptions& options, bool gradient)
    : shape_(shape) {
  const at::Device device = options.device();
  std::vector<std::int64_t> query_slot(static_cast<std::size_t>(tokens));
  std::vector<std::vector<std::int64_t>> key_slots(gradient ? static_cast<std::size_t>(tokens) : 0);
  std::int64_t queries_before = 0, keys_before = 0;
  for (const std::vector<std::size_t>& members : cut(pieces)) {
    Group group;
    group.pieces = static_cast<std::int64_t>(members.size());
    for (const std::size_t m : members) {
      group.L = std::max(group.L, pieces[m].count);
      group.T = std::max(group.T, pieces[m].keys());
    }
    group.L = rounded(group.L, group.L > 1 ? kMultiple : 1);
    group.T = rounded(group.T, kMultiple);
    std::vector<std::int64_t> queries, keys, last;  // last: of the keys that a query sees
    for (const std::size_t m : members) {
      const AttentionPiece& piece = pieces[m];
      const std::int64_t seen = piece.keys();
      for (std::int64_t l = 0; l < group.L; ++l) {
        const bool there = l < piece.count;
        if (there) query_slot[static_cast<std::size_t>(piece.first + l)] = queries_before + std::ssize(queries);
        queries.push_back(piece.first + (there ? l : 0));
        last.push_back(there ? seen - piece.count + l : -1);
      }
      for (const TokenRun& run : piece.runs) {
        for (std::int64_t t = run.begin; t < run.begin + run.length; ++t) {
          if (gradient) key_slots[static_cast<std::size_t>(t)].push_back(keys_before + std::ssize(keys));
          keys.push_back(t);
        }
      }
      keys.resize(keys.size() + static_cast<std::size_t>(group.T - seen), piece.runs.front().begin);
    }
    queries_before += std::ssize(queries);
    keys_before += std::ssize(keys);
    group.queries = on_device(queries, {std::ssize(queries)}, device);
    group.keys = on_device(keys, {std::ssize(keys)}, device);
    const at::Tensor limit = on_device(last, {group.pieces, 1, group.L, 1}, device);
    group.padding = (limit < 0).view({group.pieces * group.L, 1});
    const at::Tensor hidden =
        at::arange(group.T, limit.options()) > limit.clamp_min(0);  // padding sees a key, so that it's finite
    group.bias = at::zeros(hidden.sizes(), options)
                     .masked_fill_(hidden, -std::numeric_limits<float>::infinity())
                     .expand({shape.K, group.pieces, shape.H / shape.K, group.L, group.T})
                     .reshape({shape.K * group.pieces, shape.H / shape.K * group.L, group.T});
    groups_.push_back(std::move(group));
  }
  query_slot_ = on_device(query_slot, {tokens}, device);
  if (!gradient) return;
  std::vector<std::int64_t> first, shared, slots, there;
  std::size_t most = 0;
  for (const auto& of_token : key_slots) most = std::max(most, of_token.size());
  for (std::size_t t = 0; t < key_slots.size(); ++t) {
    first.push_back(key_slots[t].front());
    if (key_slots[t].size() < 2) continue;
    shared.push_back(static_cast<std::int64_t>(t));
    for (std::size_t i = 0; i < most; ++i) {
      there.push_back(i < key_slots[t].size());
      slots.push_back(key_slots[t][there.back() ? i : 0]);
    }
  }
  key_slot_ = on_device(first, {tokens}, device);
  if (shared.empty()) return;
  const std::int64_t S = std::ssize(shared);
  shared_ = on_device(shared, {S}, device);
  shared_slots_ = on_device(slots, {std::ssize(slots)}, device);
  shared_there_ = on_device(there, {S, 1, static_cast<std::int64_t>(most)}, device);
}

/// [N, H*E] → [K * pieces, G * L, E], G query heads to a kv head.
at::Tensor PaddedAttention::gather_queries(const Group& g, const at::Tensor& x) const {
  const auto [H, K, E, scale] = shape_;
  return x.index_select(0, g.queries)
      .view({g.pieces, g.L, K, H / K, E})
      .permute({2, 0, 3, 1, 4})
      .reshape({K * g.pieces, H / K * g.L, E});
}

/// [places, K, E] → [K * pieces, T, E].
at::Tensor PaddedAttention::gather_keys(const Group& g, const at::Tensor& x) const {
  return x.transpose(0, 1).index_select(1, g.keys).view({shape_.K * g.pieces, g.T, shape_.E});
}

/// Softmax over what each query sees: [K * pieces, G * L, T].
at::Tensor PaddedAttention::probabilities(const Group& g, const at::Tensor& queries, const at::Tensor& keys) const {
  return at::softmax(at::baddbmm(g.bias, queries, keys.transpose(1, 2), 1.0, shape_.scale), -1);
}

/// [K * pieces, G * L, E] → [pieces * L, H*E].
at::Tensor PaddedAttention::from_queries(const Group& g, const at::Tensor& x) const {
  const auto [H, K, E, scale] = shape_;
  return x.view({K, g.pieces, H / K, g.L, E}).permute({1, 3, 0, 2, 4}).reshape({g.pieces * g.L, H * E});
}

/// [K * pieces, T, E] → [pieces * T, K*E].
at::Tensor PaddedAttention::from_keys(const Group& g, const at::Tensor& x) const {
  return x.view({shape_.K, g.pieces * g.T, shape_.E}).transpose(0, 1).reshape({g.pieces * g.T, shape_.K * shape_.E});
}

at::Tensor PaddedAttention::forward(const at::Tensor& q, const at::Tensor& keys, const at::Tensor& values) const {
  std::vector<at::Tensor> out;
  for (const Group& g : groups_) {
    const at::Tensor p = probabilities(g, gather_queries(g, q), gather_keys(g, keys));
    out.push_back(from_queries(g, at::bmm(p, gather_keys(g, values))));
  }
  return (out.size() == 1 ? out[0] : at::cat(out)).index_select(0, query_slot_);
}

AttentionGrad PaddedAttention::backward(const at::Tensor& dy, const at::Tensor& q, const at::Tensor& keys,
                                        const at::Tensor& values) const {
  std::vector<at::Tensor> dq, dk, dv;
  for (const Group& g : groups_) {
    const at::Tensor queries = gather_queries(g, q), seen = gather_keys(g, keys);
    const at::Tensor p = probabilities(g, queries, seen);
    const at::Tensor dout =
        gather_queries(g, dy).masked_fill_(g.padding.view({1, g.pieces, 1, g.L, 1})
                                               .expand({shape_.K, g.pieces, shape_.H / shape_.K, g.L, 1})
                                               .reshape({shape_.K * g.pieces, shape_.H / shape_.K * g.L, 1}),
                                           0.0);
    at::Tensor ds = at::bmm(dout, gather_keys(g, values).transpose(1, 2));
    ops::softmax_backward_(p, ds, shape_.scale);
    dq.push_back(from_queries(g, at::bmm(ds, seen)));
    dk.push_back(from_keys(g, at::bmm(ds.transpose(1, 2), queries)));
    dv.push_back(from_keys(g, at::bmm(p.transpose(1, 2), dout)));
  }
  return {(dq.size() == 1 ? dq[0] : at::cat(dq)).index_select(0, query_slot_), summed(dk), summed(dv)};
}

/// What the places that hold a token add, as one row a token: [N, K*E].
at::Tensor PaddedAttention::summed(const std::vector<at::Tensor>& parts) const {
  const at::Tensor all = parts.size() == 1 ? parts[0] : at::cat(parts);
  at::Tensor sums = all.index_select(0, key_slot_);
  if (!shared_.defined()) return sums;
  const at::Tensor held = all.index_select(0, shared_slots_).view({shared_.size(0), -1, all.size(1)});
  sums.index_copy_(0, shared_, at::bmm(shared_there_.to(all.scalar_type()), held).squeeze(1));
  return sums;
}

}  // namespace minnow
