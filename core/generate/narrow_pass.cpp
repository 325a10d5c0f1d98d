// A pass of few tokens on the CPU: decode steps, drafts being checked, a small model's prompts. Bound by reading the
// weights, so they are read once, as they lie or packed, by kernels of our own (core/model/few_rows_body.h,
// packed_body.h), and the whole stack runs inside one call of a Team: a layer is a chain of short phases, each cut into
// parts that go to whoever is free.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/generate/decoder_state.h"
#include "core/model/kernels.h"
#include "core/model/team.h"

namespace minnow {
namespace {

constexpr std::int64_t kNarrowTokens = 64;       // from here on ATen's products are as fast
constexpr std::int64_t kPackedTokens = 512;      // where the weights are packed, for they are small
constexpr std::int64_t kPackedBytes = 64 << 20;  // of weights at most: they are there twice then
constexpr std::int64_t kBlock = 96;  // rows of a weight matrix in one part, a multiple of what the kernels take at once
constexpr std::int64_t kSmallBlock = 32;  // of a matrix with few rows
constexpr std::int64_t kPhases = 12;      // of a layer, at most
constexpr std::size_t kMostParts = 8;     // of different adapters in one pass; more go the wide way

template <typename T>
T* ptr(const at::Tensor& t) {
  return static_cast<T*>(t.data_ptr());
}

/// A linear layer with the factors of its adapters as the pass wants them.
template <typename T>
struct Product {
  /// Of the adapter of one part of the pass.
  struct Factors {
    Matrix<T> a;           ///< [rank, K]; null where the layer isn't adapted
    const T* b = nullptr;  ///< [rank, N]: B transposed
    std::int64_t rank = 0;
    float scale = 0.0f;
  };
  Matrix<T> w;  ///< [N, K]
  std::int64_t N = 0, K = 0;
  std::array<Factors, kMostParts> factors;
  bool adapted = false;

  Product(const Decoder::Impl& state, const PassWork& work, std::size_t layer, Linear which) {
    const at::Tensor& weight = state.weights.layers[layer].linear[which];
    w = {ptr<T>(weight), packed_of(state.packed, layer, which)}, N = weight.size(0), K = weight.size(1);
    for (std::size_t p = 0; p < work.parts.size(); ++p) {
      const DecoderAdapter* adapter = state.adapter_of(work.parts[p]);
      const LoraPair* pair = adapter ? adapter->find(layer, which) : nullptr;
      if (!pair) continue;
      factors[p] = {{ptr<T>(pair->a), packed_of(adapter->packed_a, layer, which)}, ptr<T>(pair->b), pair->rank(),
                    static_cast<float>(pair->scale)};
      adapted = true;
    }
  }

 private:
  static const T* packed_of(const std::vector<std::array<at::Tensor, kLinearCount>>& all, std::size_t layer,
                            Linear which) {
    return all.empty() ? nullptr : ptr<T>(all[layer][which]);
  }
};

/// Rows of a matrix of n in one part: few parts, but enough of them for every member.
std::int64_t block_rows(std::int64_t n) { return n >= 16 * kBlock ? kBlock : kSmallBlock; }
std::int64_t blocks(std::int64_t n) { return (n + block_rows(n) - 1) / block_rows(n); }

template <typename T>
class NarrowPass {
 public:
  NarrowPass(Decoder::Impl& state, const PassWork& work);
  /// Hidden states of the wanted tokens; undefined when `stop` was requested.
  at::Tensor run(std::stop_token stop);

 private:
  using Member = Team::Member;
  T* row(std::vector<T>& all, std::int64_t m, std::int64_t width) { return all.data() + m * width; }
  float* scratch(Member& member) { return scratch_.data() + member.index() * scratch_size_; }

  void prepare(const T* from, std::vector<std::byte>& to, std::int64_t K, std::int64_t m, std::int64_t k,
               std::int64_t n) {
    kernels_.prepare(from, to.data(), tokens_, K, m, k, n, packed_);
  }
  void normalise(Member& member, const T* x, const at::Tensor& w);
  void lows(Member& member, std::vector<std::byte>& x, std::initializer_list<const Product<T>*> products);
  /// Of product `slot` and part `p`: [tokens, max_rank].
  float* low_of(std::int64_t slot, std::size_t p) {
    return low_.data() + (slot * parts_ + static_cast<std::int64_t>(p)) * tokens_ * max_rank_;
  }
  void block(std::vector<std::byte>& x, const Product<T>& p, int slot, std::int64_t n, std::int64_t count, float* y,
             std::int64_t ldy);
  void rotate(std::int64_t token, const LayerWeights& w, std::int64_t layer, T* local);
  void attend(Member& member, std::int64_t unit, std::int64_t layer);
  void layer(Member& member, std::size_t i, const std::stop_token& stop);
  T* cached(std::int64_t layer, int which, std::int64_t head, std::int64_t place) const {
    return ptr<T>(state_.cache) + (((layer * 2 + which) * shape_.K + head) * places_ + place) * shape_.E;
  }

  Decoder::Impl& state_;
  const PassWork& work_;
  const Kernels<T>& kernels_ = kernels<T>();
  const Qwen3Config& config_;
  const AttentionShape shape_;
  const std::int64_t tokens_, D_, I_, group_, places_, parts_;
  const float eps_;
  const bool packed_;
  std::int64_t max_rank_ = 0, scratch_size_ = 0;
  std::vector<std::int64_t> feed_of_;                    ///< per token
  std::vector<std::int64_t> rotated_at_;                 ///< per feed: where its queries begin among those of a kv head
  std::int64_t rotated_bytes_ = 0;                       ///< queries of a kv head, all feeds
  std::vector<T> x_, middle_, q_, k_, v_;                ///< [tokens, width]
  std::vector<std::byte> h_, rotated_, attended_, act_;  ///< prepared operands
  std::vector<float> low_, scratch_;
  std::vector<std::vector<KeyRun<T>>> runs_;  ///< per member, as long as the most that a feed sees
  std::atomic<bool> stopped_{false};
};

template <typename T>
NarrowPass<T>::NarrowPass(Decoder::Impl& state, const PassWork& work)
    : state_(state),
      work_(work),
      config_(state.weights.config),
      shape_(state.shape),
      tokens_(work.tokens()),
      D_(config_.hidden_size),
      I_(config_.intermediate_size),
      group_(shape_.H / shape_.K),
      places_(state.cache.size(3)),
      parts_(static_cast<std::int64_t>(work.parts.size())),
      eps_(static_cast<float>(config_.rms_norm_eps)),
      packed_(!state.packed.empty()) {
  const auto n = static_cast<std::size_t>(tokens_);
  const auto Q = static_cast<std::size_t>(shape_.H * shape_.E), KV = static_cast<std::size_t>(shape_.K * shape_.E);
  const auto D = static_cast<std::size_t>(D_);
  const auto operand = [&](std::int64_t K) {
    return static_cast<std::size_t>(kernels_.operand_bytes(tokens_, K, packed_));
  };
  x_.resize(n * D), middle_.resize(n * D), q_.resize(n * Q), k_.resize(n * KV), v_.resize(n * KV);
  h_.resize(operand(D_)), attended_.resize(operand(shape_.H * shape_.E)), act_.resize(operand(I_));
  for (const AdapterPart& part : work.parts) {
    const DecoderAdapter* adapter = state.adapter_of(part);
    if (!adapter) continue;
    for (const auto& layer : adapter->set->pairs) {
      for (const auto& pair : layer) max_rank_ = std::max(max_rank_, pair ? pair->rank() : 0);
    }
  }
  low_.resize(3 * work.parts.size() * n * static_cast<std::size_t>(max_rank_));
  std::int64_t attention = 0;
  std::size_t most_runs = 0;
  for (std::size_t f = 0; f < work.feeds.size(); ++f) {
    const FeedWork& feed = work.feeds[f];
    rotated_at_.push_back(rotated_bytes_);
    rotated_bytes_ += kernels_.operand_bytes(feed.count * group_, shape_.E, false);
    attention = std::max(attention, feed.count * group_ * (attend_width(feed.position + feed.count) + 2 * shape_.E));
    most_runs = std::max(most_runs, feed.runs.size());
    feed_of_.insert(feed_of_.end(), static_cast<std::size_t>(feed.count), static_cast<std::int64_t>(f));
  }
  runs_.resize(static_cast<std::size_t>(state.team.size()));
  for (auto& runs : runs_) runs.resize(most_runs);
  rotated_.resize(static_cast<std::size_t>(shape_.K * rotated_bytes_));
  // Sums of a block for gate and up and their rounded forms; a token's rotated heads; a row's normalised form; scores.
  scratch_size_ = std::max({4 * tokens_ * kBlock, shape_.H * shape_.E, D_, attention}) + 16;
  scratch_.resize(static_cast<std::size_t>(scratch_size_ * state.team.size()));
  const T* table = ptr<T>(state.weights.embed_tokens);
  for (std::int64_t m = 0; m < tokens_; ++m) {
    std::copy_n(table + work.ids[static_cast<std::size_t>(m)] * D_, D_, row(x_, m, D_));
  }
}

/// h = prepared norm of x's rows.
template <typename T>
void NarrowPass<T>::normalise(Member& member, const T* x, const at::Tensor& w) {
  T* local = reinterpret_cast<T*>(scratch(member));
  member.share(tokens_, 1, [&](std::int64_t m, std::int64_t) {
    kernels_.rms_norm(x + m * D_, ptr<T>(w), local, 1, D_, eps_);
    prepare(local, h_, D_, m, 0, D_);
  });
}

/// x A^T of each adapted product and part of the pass, in slots by place in the list. A prepared x isn't cut: where
/// parts differ, the few rows of A meet the other parts' tokens too, and what comes of that isn't read.
template <typename T>
void NarrowPass<T>::lows(Member& member, std::vector<std::byte>& x, std::initializer_list<const Product<T>*> products) {
  if (std::none_of(products.begin(), products.end(), [](const Product<T>* p) { return p->adapted; })) return;
  member.share(static_cast<std::int64_t>(products.size()) * parts_, 1, [&](std::int64_t i, std::int64_t) {
    const Product<T>& p = *products.begin()[i / parts_];
    const auto part = static_cast<std::size_t>(i % parts_);
    const auto& f = p.factors[part];
    if (!f.a.rows) return;
    kernels_.few_rows_product(x.data(), f.a, low_of(i / parts_, part), tokens_, p.K, f.rank, max_rank_);
  });
}

/// y [tokens, count] = rows n .. n + count of the product, with its adapters' parts.
template <typename T>
void NarrowPass<T>::block(std::vector<std::byte>& x, const Product<T>& p, int slot, std::int64_t n, std::int64_t count,
                          float* y, std::int64_t ldy) {
  kernels_.few_rows_product(x.data(), p.w.from(n * p.K), y, tokens_, p.K, count, ldy);
  if (!p.adapted) return;
  for (std::size_t i = 0; i < work_.parts.size(); ++i) {
    const auto& f = p.factors[i];
    const AdapterPart& part = work_.parts[i];
    if (!f.a.rows) continue;
    kernels_.add_low_rank(low_of(slot, i) + part.first * max_rank_, f.b + n, y + part.first * ldy, part.count, f.rank,
                          count, max_rank_, p.N, ldy, f.scale);
  }
}

/// Norm and rotation of a token's heads; keys and values go to the cache.
template <typename T>
void NarrowPass<T>::rotate(std::int64_t m, const LayerWeights& w, std::int64_t layer, T* local) {
  const auto [H, K, E, scale] = shape_;
  const std::int64_t place = work_.places[static_cast<std::size_t>(m)];
  const std::int64_t angle = work_.positions[static_cast<std::size_t>(m)] * (E / 2);
  const float* cosine = state_.rope.cosine.template data_ptr<float>() + angle;
  const float* sine = state_.rope.sine.template data_ptr<float>() + angle;
  kernels_.qk_norm_rope(row(q_, m, H * E), ptr<T>(w.q_norm), cosine, sine, local, E, H, E, eps_);
  const auto f = static_cast<std::size_t>(feed_of_[static_cast<std::size_t>(m)]);
  const FeedWork& feed = work_.feeds[f];
  for (std::int64_t h = 0; h < H; ++h) {  // a kv head's queries stand together, token by token
    std::byte* to = rotated_.data() + h / group_ * rotated_bytes_ + rotated_at_[f];
    kernels_.prepare(local + h * E, to, feed.count * group_, E, (m - feed.first) * group_ + h % group_, 0, E, false);
  }
  kernels_.qk_norm_rope(row(k_, m, K * E), ptr<T>(w.k_norm), cosine, sine, cached(layer, 0, 0, place), places_ * E, K,
                        E, eps_);
  for (std::int64_t g = 0; g < K; ++g) std::copy_n(row(v_, m, K * E) + g * E, E, cached(layer, 1, g, place));
}

/// One kv head of one feed.
template <typename T>
void NarrowPass<T>::attend(Member& member, std::int64_t unit, std::int64_t layer) {
  const std::int64_t E = shape_.E, feeds = static_cast<std::int64_t>(work_.feeds.size());
  const std::int64_t g = unit / feeds;
  const FeedWork& feed = work_.feeds[static_cast<std::size_t>(unit % feeds)];
  std::vector<KeyRun<T>>& runs = runs_[static_cast<std::size_t>(member.index())];
  const auto count = static_cast<std::int64_t>(feed.runs.size());
  for (std::int64_t i = 0; i < count; ++i) {
    const TokenRun& run = feed.runs[static_cast<std::size_t>(i)];
    runs[static_cast<std::size_t>(i)] = {cached(layer, 0, g, run.begin), cached(layer, 1, g, run.begin), run.length};
  }
  const std::int64_t rows = feed.count * group_;
  T* out = reinterpret_cast<T*>(scratch(member));
  float* scores = scratch(member) + rows * E;  // behind the output, whatever T is
  const std::byte* queries = rotated_.data() + g * rotated_bytes_ + rotated_at_[static_cast<std::size_t>(unit % feeds)];
  kernels_.attend(queries, runs.data(), count, out, rows, group_, feed.position, E, static_cast<float>(shape_.scale), scores);
  for (std::int64_t t = 0; t < feed.count; ++t) {
    prepare(out + t * group_ * E, attended_, shape_.H * E, feed.first + t, g * group_ * E, group_ * E);
  }
}

template <typename T>
void NarrowPass<T>::layer(Member& member, std::size_t i, const std::stop_token& stop) {
  const LayerWeights& w = state_.weights.layers[i];
  const auto at_layer = static_cast<std::int64_t>(i);
  float* sums = scratch(member);

  if (member.index() == 0 && stop.stop_requested())
    stopped_ = true;  // a member that goes on does so alone, up to the next layer
  normalise(member, x_.data(), w.input_layernorm);
  if (stopped_) return;
  const Product<T> q(state_, work_, i, kQ), k(state_, work_, i, kK), v(state_, work_, i, kV);
  lows(member, h_, {&q, &k, &v});
  const std::int64_t q_blocks = blocks(q.N), k_blocks = blocks(k.N);
  member.share(q_blocks + 2 * k_blocks, 1, [&](std::int64_t b, std::int64_t) {
    const int slot = b < q_blocks ? 0 : b < q_blocks + k_blocks ? 1 : 2;
    const Product<T>& p = slot == 0 ? q : slot == 1 ? k : v;
    std::vector<T>& to = slot == 0 ? q_ : slot == 1 ? k_ : v_;
    const std::int64_t n = (b - (slot == 0 ? 0 : q_blocks + (slot - 1) * k_blocks)) * block_rows(p.N);
    const std::int64_t count = std::min(block_rows(p.N), p.N - n);
    block(h_, p, slot, n, count, sums, count);
    for (std::int64_t m = 0; m < tokens_; ++m) {
      kernels_.round_add(sums + m * count, nullptr, row(to, m, p.N) + n, count);
    }
  });
  member.share(tokens_, 1,
               [&](std::int64_t m, std::int64_t) { rotate(m, w, at_layer, reinterpret_cast<T*>(scratch(member))); });
  const std::int64_t units = shape_.K * static_cast<std::int64_t>(work_.feeds.size());
  member.share(units, 1, [&](std::int64_t unit, std::int64_t) { attend(member, unit, at_layer); });

  const auto add_to_residual = [&](std::vector<std::byte>& in, Linear which, std::vector<T>& residual,
                                   std::vector<T>& to) {
    const Product<T> p(state_, work_, i, which);
    lows(member, in, {&p});
    member.share(blocks(p.N), 1, [&](std::int64_t b, std::int64_t) {
      const std::int64_t n = b * block_rows(p.N), count = std::min(block_rows(p.N), p.N - n);
      block(in, p, 0, n, count, sums, count);
      for (std::int64_t m = 0; m < tokens_; ++m) {
        kernels_.round_add(sums + m * count, row(residual, m, D_) + n, row(to, m, D_) + n, count);
      }
    });
  };
  add_to_residual(attended_, kO, x_, middle_);

  normalise(member, middle_.data(), w.post_attention_layernorm);
  const Product<T> gate(state_, work_, i, kGate), up(state_, work_, i, kUp);
  lows(member, h_, {&gate, &up});
  member.share(blocks(I_), 1, [&](std::int64_t b, std::int64_t) {
    const std::int64_t n = b * block_rows(I_), count = std::min(block_rows(I_), I_ - n), all = tokens_ * count;
    T* rounded = reinterpret_cast<T*>(sums + 2 * all);
    block(h_, gate, 0, n, count, sums, count);
    block(h_, up, 1, n, count, sums + all, count);
    kernels_.round_add(sums, nullptr, rounded, 2 * all);
    kernels_.swiglu(rounded, rounded + all, rounded, all);
    for (std::int64_t m = 0; m < tokens_; ++m) {
      prepare(rounded + m * count, act_, I_, m, n, count);
    }
  });
  add_to_residual(act_, kDown, middle_, x_);
}

template <typename T>
at::Tensor NarrowPass<T>::run(std::stop_token stop) {
  const auto layers = static_cast<std::int64_t>(state_.weights.layers.size());
  state_.team.run(layers * kPhases, [&](Member& member) {
    for (std::int64_t i = 0; i < layers && !stopped_; ++i) layer(member, static_cast<std::size_t>(i), stop);
  });
  if (stopped_) return {};
  at::Tensor hidden =
      at::empty({static_cast<std::int64_t>(work_.wanted.size()), D_}, state_.weights.embed_tokens.options());
  T* to = ptr<T>(hidden);
  for (const std::int64_t m : work_.wanted) to = std::copy_n(row(x_, m, D_), D_, to);
  return hidden;
}

}  // namespace

bool narrow_takes(const Qwen3Weights& weights) {
  const Qwen3Config& c = weights.config;
  const auto whole = [](std::int64_t n) { return n % 32 == 0; };
  const at::ScalarType type = weights.dtype();
  return weights.device().is_cpu() && (type == at::kFloat || type == at::kBFloat16) && whole(c.hidden_size) &&
         whole(c.intermediate_size) && whole(c.head_dim);
}

bool packing_pays(const Qwen3Weights& weights) {
  std::int64_t bytes = static_cast<std::int64_t>(weights.lm_head.nbytes());
  for (const LayerWeights& layer : weights.layers) {
    for (const at::Tensor& linear : layer.linear) bytes += static_cast<std::int64_t>(linear.nbytes());
  }
  return narrow_takes(weights) && bytes <= kPackedBytes;
}

at::Tensor packed(const at::Tensor& w) {
  const at::Tensor from = w.contiguous();
  at::Tensor to = at::empty({packed_size(w.size(1), w.size(0))}, w.options());
  if (w.scalar_type() == at::kFloat)
    kernels_f32().pack(ptr<float>(from), ptr<float>(to), w.size(1), w.size(0));
  else
    kernels_bf16().pack(ptr<bf16>(from), ptr<bf16>(to), w.size(1), w.size(0));
  return to;
}

std::int64_t narrow_tokens(const Decoder::Impl& state) {
  if (!narrow_takes(state.weights)) return 0;
  return state.packed.empty() ? kNarrowTokens : kPackedTokens;
}

bool narrow_fits(const Decoder::Impl& state, const PassWork& work) {
  return work.tokens() <= narrow_tokens(state) && work.parts.size() <= kMostParts;
}

at::Tensor narrow_pass(Decoder::Impl& state, const PassWork& work, std::stop_token stop) {
  if (state.weights.dtype() == at::kFloat) return NarrowPass<float>(state, work).run(std::move(stop));
  return NarrowPass<bf16>(state, work).run(std::move(stop));
}

}  // namespace minnow
