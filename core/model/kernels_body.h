// The bodies of the kernels; included once per instruction set by kernels_*.cpp inside a namespace of its own.
// Plain loops that the compiler turns into vectors; `#pragma omp simd` (no OpenMP runtime) lets it reorder the sums.
// No include guard and no includes: the including file has both.

inline float load(float x) { return x; }
inline float load(bf16 x) { return std::bit_cast<float>(static_cast<std::uint32_t>(x.bits) << 16); }
inline void store(float& y, float x) { y = x; }
/// Round to nearest even; NaN stays NaN.
inline void store(bf16& y, float x) {
  const std::uint32_t u = std::bit_cast<std::uint32_t>(x);
  const std::uint32_t rounded = (u + 0x7fffu + ((u >> 16) & 1u)) >> 16;
  y.bits = static_cast<std::uint16_t>((u & 0x7fffffffu) > 0x7f800000u ? 0x7fc0u : rounded);
}
template <typename T>
inline float rounded(float x) {
  T y;
  store(y, x);
  return load(y);
}

/// By value: std::max takes references, and a reduction with those stays scalar.
inline float larger(float x, float y) { return x > y ? x : y; }

/// e^x for x <= 88, without a call, so that loops become vectors; below -87 it is 0. Relative error under 2e-7
/// (Cody-Waite reduction and a polynomial of degree 6 on [-ln2/2, ln2/2]).
inline float exp_fast(float x) {
  const float clamped = x > -87.0f ? (x < 88.0f ? x : 88.0f) : -87.0f;  // NaN lands on -87
  const float shifted = clamped * 1.44269504f + 12582912.0f;  // 1.5 * 2^23: rounds to the nearest integer
  const float n = shifted - 12582912.0f;
  const float r = (clamped - n * 0.693359375f) + n * 2.12194440e-4f;
  float p = 1.0f / 720.0f;
  p = p * r + 1.0f / 120.0f;
  p = p * r + 1.0f / 24.0f;
  p = p * r + 1.0f / 6.0f;
  p = p * r + 0.5f;
  p = p * r + 1.0f;
  p = p * r + 1.0f;
  const float scale = std::bit_cast<float>((static_cast<std::int32_t>(n) + 127) << 23);
  const float value = p * scale;
  return x < -87.0f ? 0.0f : (x != x ? x : value);
}

template <typename T>
inline float inverse_rms(const T* x, std::int64_t D, float eps) {
  float sum = 0.0f;
#pragma omp simd reduction(+ : sum)
  for (std::int64_t i = 0; i < D; ++i) {
    const float v = load(x[i]);
    sum += v * v;
  }
  return 1.0f / std::sqrt(sum / static_cast<float>(D) + eps);
}

template <typename T>
void rms_norm(const T* x, const T* w, T* y, std::int64_t rows, std::int64_t D, float eps) {
  for (std::int64_t r = 0; r < rows; ++r, x += D, y += D) {
    const float inv = inverse_rms(x, D, eps);
#pragma omp simd
    for (std::int64_t i = 0; i < D; ++i) store(y[i], load(w[i]) * rounded<T>(load(x[i]) * inv));
  }
}

template <typename T>
void rms_norm_backward(const T* dy, const T* x, const T* w, const T* add, T* dx, float* dw, std::int64_t rows,
                       std::int64_t D, float eps) {
  for (std::int64_t r = 0; r < rows; ++r, x += D, dy += D, dx += D) {
    const float inv = inverse_rms(x, D, eps);
    float dot = 0.0f;
#pragma omp simd reduction(+ : dot)
    for (std::int64_t i = 0; i < D; ++i) dot += load(dy[i]) * load(w[i]) * load(x[i]);
    const float c = dot * inv * inv * inv / static_cast<float>(D);
    if (add) {
#pragma omp simd
      for (std::int64_t i = 0; i < D; ++i) {
        store(dx[i], load(add[i]) + (load(dy[i]) * load(w[i]) * inv - load(x[i]) * c));
      }
      add += D;
    } else {
#pragma omp simd
      for (std::int64_t i = 0; i < D; ++i) store(dx[i], load(dy[i]) * load(w[i]) * inv - load(x[i]) * c);
    }
    if (dw) {
#pragma omp simd
      for (std::int64_t i = 0; i < D; ++i) dw[i] += load(dy[i]) * load(x[i]) * inv;
    }
  }
}

template <typename T>
void qk_norm_rope(const T* x, const T* w, const float* cosine, const float* sine, T* y, std::int64_t y_head_stride,
                  std::int64_t heads, std::int64_t E, float eps) {
  const std::int64_t half = E / 2;
  for (std::int64_t h = 0; h < heads; ++h, x += E, y += y_head_stride) {
    const float inv = inverse_rms(x, E, eps);
#pragma omp simd
    for (std::int64_t i = 0; i < half; ++i) {
      const float a = rounded<T>(load(w[i]) * rounded<T>(load(x[i]) * inv));
      const float b = rounded<T>(load(w[i + half]) * rounded<T>(load(x[i + half]) * inv));
      store(y[i], rounded<T>(a * cosine[i]) - rounded<T>(b * sine[i]));
      store(y[i + half], rounded<T>(b * cosine[i]) + rounded<T>(a * sine[i]));
    }
  }
}

template <typename T>
void qk_norm_rope_backward(const T* dy, std::int64_t dy_head_stride, const T* x, const T* w, const float* cosine,
                           const float* sine, T* dx, float* dw, std::int64_t heads, std::int64_t E, float eps) {
  const std::int64_t half = E / 2;
  float dn[512];  // gradient at the norm's output; E is at most 512 (checked when a model is opened)
  for (std::int64_t h = 0; h < heads; ++h, x += E, dx += E, dy += dy_head_stride) {
    const float inv = inverse_rms(x, E, eps);
    float dot = 0.0f;
#pragma omp simd reduction(+ : dot)
    for (std::int64_t i = 0; i < half; ++i) {
      const float a = load(dy[i]), b = load(dy[i + half]);
      const float da = a * cosine[i] + b * sine[i];
      const float db = b * cosine[i] - a * sine[i];
      dn[i] = da;
      dn[i + half] = db;
      dot += da * load(w[i]) * load(x[i]) + db * load(w[i + half]) * load(x[i + half]);
    }
    const float c = dot * inv * inv * inv / static_cast<float>(E);
    if (dw) {
#pragma omp simd
      for (std::int64_t i = 0; i < E; ++i) dw[i] += dn[i] * load(x[i]) * inv;
    }
#pragma omp simd
    for (std::int64_t i = 0; i < E; ++i) store(dx[i], dn[i] * load(w[i]) * inv - load(x[i]) * c);
  }
}

template <typename T>
void swiglu(const T* gate, const T* up, T* y, std::int64_t n) {
#pragma omp simd
  for (std::int64_t i = 0; i < n; ++i) {
    const float g = load(gate[i]);
    store(y[i], rounded<T>(g / (1.0f + exp_fast(-g))) * load(up[i]));
  }
}

template <typename T>
void swiglu_backward(const T* dy, const T* gate, const T* up, T* dgate, T* dup, T* y, std::int64_t n) {
#pragma omp simd
  for (std::int64_t i = 0; i < n; ++i) {
    const float g = load(gate[i]), u = load(up[i]), d = load(dy[i]);
    const float s = 1.0f / (1.0f + exp_fast(-g));
    const float silu = rounded<T>(g * s);
    store(y[i], silu * u);
    store(dup[i], d * silu);
    store(dgate[i], d * u * (s + g * s * (1.0f - s)));
  }
}

template <typename T>
void add(T* y, const T* x, std::int64_t n) {
#pragma omp simd
  for (std::int64_t i = 0; i < n; ++i) store(y[i], load(y[i]) + load(x[i]));
}

template <typename T>
void softmax_causal(T* s, std::int64_t rows, std::int64_t width, std::int64_t prefix, std::int64_t period,
                    float scale) {
  // A row is worked on as floats in whole vectors: -infinity beyond what is seen, so no loop has a scalar tail.
  static thread_local std::vector<float> scratch;
  scratch.resize(static_cast<std::size_t>((width + 63) / 64 * 64));
  float* e = scratch.data();
  for (std::int64_t r = 0; r < rows; ++r, s += width) {
    const std::int64_t n = std::min(width, prefix + r % period + 1), whole = (n + 63) / 64 * 64;
#pragma omp simd
    for (std::int64_t i = 0; i < n; ++i) e[i] = load(s[i]) * scale;
    for (std::int64_t i = n; i < whole; ++i) e[i] = -std::numeric_limits<float>::infinity();
    float top = -std::numeric_limits<float>::infinity();
#pragma omp simd reduction(max : top)
    for (std::int64_t i = 0; i < whole; ++i) top = larger(top, e[i]);
    float sum = 0.0f;
#pragma omp simd reduction(+ : sum)
    for (std::int64_t i = 0; i < whole; ++i) {
      e[i] = exp_fast(e[i] - top);
      sum += e[i];
    }
    const float inv = 1.0f / sum;
#pragma omp simd
    for (std::int64_t i = 0; i < n; ++i) store(s[i], e[i] * inv);
    std::fill(s + n, s + width, T{});
  }
}

template <typename T>
void softmax_backward(const T* p, T* dp, std::int64_t rows, std::int64_t width, float scale) {
  for (std::int64_t r = 0; r < rows; ++r, p += width, dp += width) {
    float dot = 0.0f;
#pragma omp simd reduction(+ : dot)
    for (std::int64_t i = 0; i < width; ++i) dot += load(p[i]) * load(dp[i]);
#pragma omp simd
    for (std::int64_t i = 0; i < width; ++i) store(dp[i], scale * load(p[i]) * (load(dp[i]) - dot));
  }
}

template <typename T>
float cross_entropy(T* logits, std::int64_t V, std::int64_t target, float scale, std::int64_t* best) {
  float top = -std::numeric_limits<float>::infinity();
#pragma omp simd reduction(max : top)
  for (std::int64_t i = 0; i < V; ++i) top = larger(top, load(logits[i]));
  float sum = 0.0f;
#pragma omp simd reduction(+ : sum)
  for (std::int64_t i = 0; i < V; ++i) sum += exp_fast(load(logits[i]) - top);
  const float wanted = load(logits[target]);
  *best = -1;
  if (wanted == top) {  // of several that are largest, the first one is the answer
    *best = 0;
    while (load(logits[*best]) != top) ++*best;
  }
  const float loss = std::log(sum) + top - wanted;
  if (scale != 0.0f) {
    const float inv = scale / sum;
#pragma omp simd
    for (std::int64_t i = 0; i < V; ++i) store(logits[i], exp_fast(load(logits[i]) - top) * inv);
    const float p = std::exp(wanted - top) / sum;
    store(logits[target], scale * (p - 1.0f));
  }
  return loss;
}
