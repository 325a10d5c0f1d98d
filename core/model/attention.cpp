// Tree attention with batched products per node: query heads of a group are rows of one product with their kv head.
// For the CPU; other devices pad (attention_padded.h). In f32 nodes are spread over threads; contributions to shared
// ancestors are summed afterwards in a fixed order.
#include "core/model/attention.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

namespace minnow {
namespace {

/// Node n's part of a flat node-major tensor as [heads, length, E].
at::Tensor part(const at::Tensor& flat, const TreeNode& node, std::int64_t heads, std::int64_t E) {
  return flat.narrow(0, node.begin * heads * E, node.length * heads * E).view({heads, node.length, E});
}

/// Nodes above n, root first.
std::vector<std::size_t> ancestors(const PackedBatch& batch, std::size_t n) {
  std::vector<std::size_t> path;
  for (std::int32_t p = batch.nodes[n].parent; p >= 0; p = batch.nodes[static_cast<std::size_t>(p)].parent) {
    path.push_back(static_cast<std::size_t>(p));
  }
  std::reverse(path.begin(), path.end());
  return path;
}

/// Keys or values along the path and of the node itself: [K, depth + length, E].
at::Tensor along_path(const at::Tensor& flat, const PackedBatch& batch, std::size_t n,
                      const std::vector<std::size_t>& path, const AttentionShape& shape) {
  if (path.empty()) return part(flat, batch.nodes[n], shape.K, shape.E);
  std::vector<at::Tensor> parts;
  for (const std::size_t a : path) parts.push_back(part(flat, batch.nodes[a], shape.K, shape.E));
  parts.push_back(part(flat, batch.nodes[n], shape.K, shape.E));
  return at::cat(parts, 1);
}

/// body(node) for every node: over threads for f32, in turn for bf16. bf16 products are oneDNN's, which
/// uses all threads for each and isn't to be called from a parallel region (core/train/lanes.cpp).
template <typename F>
void each_node(const PackedBatch& batch, const at::Tensor& q, F body) {
  const auto count = static_cast<std::int64_t>(batch.nodes.size());
  const auto run = [&](std::int64_t b, std::int64_t e) {
    for (std::int64_t n = b; n < e; ++n) body(static_cast<std::size_t>(n));
  };
  if (q.scalar_type() == at::kFloat && count > 1) {
    at::parallel_for(0, count, 1, run);
  } else {
    run(0, count);
  }
}

}  // namespace

at::Tensor tree_attention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const PackedBatch& batch,
                          const AttentionShape& shape) {
  const auto [H, K, E, scale] = shape;
  at::Tensor y = at::empty({batch.tokens(), H * E}, q.options());
  each_node(batch, q, [&, H = H, K = K, E = E, scale = scale](std::size_t n) {
    const TreeNode& node = batch.nodes[n];
    const auto path = ancestors(batch, n);
    const at::Tensor keys = along_path(k, batch, n, path, shape), values = along_path(v, batch, n, path, shape);
    const at::Tensor queries = part(q, node, H, E).view({K, H / K * node.length, E});
    at::Tensor scores = at::bmm(queries, keys.transpose(1, 2));  // [K, G*n, T]
    ops::softmax_causal_(scores, node.depth, node.length, scale);
    const at::Tensor out = at::bmm(scores, values).view({H, node.length, E});
    y.narrow(0, node.begin, node.length).view({node.length, H, E}).copy_(out.transpose(0, 1));
  });
  return y;
}

AttentionGrad tree_attention_backward(const at::Tensor& dy, const at::Tensor& q, const at::Tensor& k,
                                      const at::Tensor& v, const PackedBatch& batch, const AttentionShape& shape) {
  const auto [H, K, E, scale] = shape;
  AttentionGrad grad{at::empty_like(q), at::empty_like(k), at::empty_like(v)};
  struct FromBelow {
    at::Tensor dk, dv;  // [K, depth + n, E]: what the node adds along its path
  };
  std::vector<FromBelow> below(batch.nodes.size());
  each_node(batch, q, [&, H = H, K = K, E = E, scale = scale](std::size_t n) {
    const TreeNode& node = batch.nodes[n];
    const auto path = ancestors(batch, n);
    const at::Tensor keys = along_path(k, batch, n, path, shape), values = along_path(v, batch, n, path, shape);
    const std::int64_t rows = H / K * node.length;
    const at::Tensor queries = part(q, node, H, E).view({K, rows, E});
    at::Tensor p = at::bmm(queries, keys.transpose(1, 2));
    ops::softmax_causal_(p, node.depth, node.length, scale);
    const at::Tensor dout =
        dy.narrow(0, node.begin, node.length).view({node.length, H, E}).transpose(0, 1).contiguous().view({K, rows, E});
    at::Tensor ds = at::bmm(dout, values.transpose(1, 2));  // [K, G*n, T]
    ops::softmax_backward_(p, ds, scale);
    part(grad.dq, node, H, E).copy_(at::bmm(ds, keys).view({H, node.length, E}));
    below[n] = {at::bmm(ds.transpose(1, 2), queries), at::bmm(p.transpose(1, 2), dout)};
  });

  // Sums for nodes with descendants are made in f32, in node order: the same bits every time.
  std::vector<char> shared(batch.nodes.size());
  for (const TreeNode& node : batch.nodes) {
    if (node.parent >= 0) shared[static_cast<std::size_t>(node.parent)] = 1;
  }
  const auto own = [](const at::Tensor& t, const TreeNode& node) { return t.narrow(1, node.depth, node.length); };
  std::vector<FromBelow> sums(batch.nodes.size());
  for (std::size_t n = 0; n < batch.nodes.size(); ++n) {
    const TreeNode& node = batch.nodes[n];
    if (shared[n]) {
      sums[n] = {own(below[n].dk, node).to(at::kFloat), own(below[n].dv, node).to(at::kFloat)};
    } else {
      part(grad.dk, node, K, E).copy_(own(below[n].dk, node));
      part(grad.dv, node, K, E).copy_(own(below[n].dv, node));
    }
    for (const std::size_t a : ancestors(batch, n)) {
      sums[a].dk.add_(own(below[n].dk, batch.nodes[a]));
      sums[a].dv.add_(own(below[n].dv, batch.nodes[a]));
    }
  }
  for (std::size_t n = 0; n < batch.nodes.size(); ++n) {
    if (!shared[n]) continue;
    part(grad.dk, batch.nodes[n], K, E).copy_(sums[n].dk);
    part(grad.dv, batch.nodes[n], K, E).copy_(sums[n].dv);
  }
  return grad;
}

}  // namespace minnow
