// The processors keep a short list of candidates instead of a sorted vocabulary: the rules only need its upper end.
#include "core/generate/sampling.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace minnow {
namespace {

struct Scored {
  std::int32_t id = 0;
  double score = 0.0;  ///< logit / temperature, then its probability
};

bool higher(const Scored& a, const Scored& b) { return a.score > b.score || (a.score == b.score && a.id < b.id); }

/// Drops scores strictly below the k-th largest; ties with it stay.
void keep_top_k(std::vector<Scored>& all, int top_k) {
  const auto k = static_cast<std::size_t>(std::max(top_k, 0));
  if (k == 0 || k >= all.size()) return;
  std::nth_element(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(k - 1), all.end(), higher);
  const double least = all[k - 1].score;
  std::erase_if(all, [&](const Scored& s) { return s.score < least; });
}

/// Scores become probabilities.
void normalise(std::vector<Scored>& all) {
  double top = -std::numeric_limits<double>::infinity(), sum = 0.0;
  for (const Scored& s : all) top = std::max(top, s.score);
  for (Scored& s : all) sum += s.score = std::exp(s.score - top);
  for (Scored& s : all) s.score /= sum;
}

/// Drops the lower end as far as its summed probability stays at most 1 - p; the largest always stays.
void keep_top_p(std::vector<Scored>& all, double top_p) {
  if (top_p >= 1.0) return;
  // The upper end is found by sorting ever larger parts: it is short in practice.
  double above = 0.0;  // probability of what is kept
  std::size_t kept = 0, sorted = 0;
  while (kept < all.size()) {
    if (kept == sorted) {
      sorted = std::min(all.size(), std::max<std::size_t>(256, sorted * 4));
      std::partial_sort(all.begin() + static_cast<std::ptrdiff_t>(kept), all.begin() + static_cast<std::ptrdiff_t>(sorted),
                        all.end(), higher);
    }
    // What is below entry `kept`, itself included, has probability 1 - above; it goes if that is at most 1 - p.
    if (kept > 0 && 1.0 - above <= 1.0 - top_p) break;
    above += all[kept++].score;
  }
  all.resize(kept);
}

/// Drops what is less likely than min_p times the likeliest, which stays.
void keep_min_p(std::vector<Scored>& all, double min_p) {
  if (min_p <= 0.0) return;
  double top = 0.0;
  for (const Scored& s : all) top = std::max(top, s.score);
  std::erase_if(all, [&](const Scored& s) { return s.score < std::min(min_p, 1.0) * top; });
}

}  // namespace

double DrawGenerator::next() {
  std::uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1.0p-53;
}

void apply_repetition_penalty(std::span<float> logits, std::span<const std::int32_t> seen, double penalty) {
  if (penalty == 1.0) return;
  const auto p = static_cast<float>(penalty);
  for (const std::int32_t id : seen) {
    float& score = logits[static_cast<std::size_t>(id)];
    score = score < 0.0f ? score * p : score / p;
  }
}

std::vector<Candidate> candidates(std::span<const float> logits, const SamplingOptions& options) {
  std::vector<Scored> all;
  all.reserve(logits.size());
  for (std::size_t i = 0; i < logits.size(); ++i) {
    if (logits[i] > -std::numeric_limits<float>::infinity()) {
      all.push_back({static_cast<std::int32_t>(i), logits[i] / options.temperature});
    }
  }
  keep_top_k(all, options.top_k);
  normalise(all);
  keep_top_p(all, options.top_p);
  keep_min_p(all, options.min_p);
  std::sort(all.begin(), all.end(), [](const Scored& a, const Scored& b) { return a.id < b.id; });
  double sum = 0.0;
  for (const Scored& s : all) sum += s.score;
  std::vector<Candidate> left;
  left.reserve(all.size());
  for (const Scored& s : all) left.push_back({s.id, s.score / sum});
  return left;
}

std::int32_t draw(std::span<const Candidate> candidates, double uniform) {
  double below = 0.0;
  for (const Candidate& c : candidates) {
    below += c.probability;
    if (uniform < below) return c.id;
  }
  return candidates.back().id;  // rounding left the sum a little under 1
}

}  // namespace minnow
