// Kernels for CUDA devices: everything but attention. After cuda_common.cuh.

// The sum over a block's threads, known to all of them.
__device__ inline float block_sum(float x) {
  __shared__ float parts[32];
  x = warp_sum(x);
  __syncthreads();  // the last sum's parts have been read
  if (threadIdx.x % 32 == 0) parts[threadIdx.x / 32] = x;
  __syncthreads();
  float sum = 0.0f;
  for (int w = 0; w < blockDim.x / 32; ++w) sum += parts[w];
  return sum;
}

__device__ inline float block_max(float x) {
  __shared__ float parts[32];
  for (int o = 16; o > 0; o /= 2) x = fmaxf(x, __shfl_xor_sync(0xffffffffu, x, o));
  __syncthreads();
  if (threadIdx.x % 32 == 0) parts[threadIdx.x / 32] = x;
  __syncthreads();
  float top = parts[0];
  for (int w = 1; w < blockDim.x / 32; ++w) top = fmaxf(top, parts[w]);
  return top;
}

// A block a row: y = w * cast(x / rms(x)); x, y [rows, D], D a multiple of 4.
KERNEL rms_norm(const T* x, const T* w, T* y, int D, float eps) {
  x += blockIdx.x * static_cast<int64>(D);
  y += blockIdx.x * static_cast<int64>(D);
  float squares = 0.0f;
  for (int i = 4 * threadIdx.x; i < D; i += 4 * blockDim.x) {
    const Four a = four(x + i);
    for (int j = 0; j < 4; ++j) squares += load(a.x[j]) * load(a.x[j]);
  }
  const float inv = 1.0f / sqrtf(block_sum(squares) / D + eps);
  for (int i = 4 * threadIdx.x; i < D; i += 4 * blockDim.x) {
    const Four a = four(x + i), b = four(w + i);
    Four to;
    for (int j = 0; j < 4; ++j) store(to.x[j], load(b.x[j]) * rounded(load(a.x[j]) * inv));
    four(y + i) = to;
  }
}

// A block a row: dx = add + gradient of rms_norm; add may be null. D a multiple of 4.
KERNEL rms_norm_backward(const T* dy, const T* x, const T* w, const T* add, T* dx, int D, float eps) {
  const int64 row = blockIdx.x * static_cast<int64>(D);
  dy += row, x += row, dx += row;
  float squares = 0.0f, dot = 0.0f;
  for (int i = 4 * threadIdx.x; i < D; i += 4 * blockDim.x) {
    const Four a = four(x + i), d = four(dy + i), b = four(w + i);
    for (int j = 0; j < 4; ++j) {
      squares += load(a.x[j]) * load(a.x[j]);
      dot += load(d.x[j]) * load(b.x[j]) * load(a.x[j]);
    }
  }
  const float inv = 1.0f / sqrtf(block_sum(squares) / D + eps);
  const float c = block_sum(dot) * inv * inv * inv / D;
  for (int i = 4 * threadIdx.x; i < D; i += 4 * blockDim.x) {
    const Four a = four(x + i), d = four(dy + i), b = four(w + i), more = add ? four(add + row + i) : a;
    Four to;
    for (int j = 0; j < 4; ++j) {
      const float part = load(d.x[j]) * load(b.x[j]) * inv - load(a.x[j]) * c;
      store(to.x[j], add ? load(more.x[j]) + part : part);
    }
    four(dx + i) = to;
  }
}

// A warp a head of a token, `pairs` of them: head norm and rotation of x [tokens, heads, E] to
// y + place * token_stride + head * head_stride, a token's place being its own index or places[token]. Without w the
// numbers are copied. cosine, sine [tokens, E/2]; E a multiple of 4.
KERNEL heads_forward(const T* x, const T* w, const float* cosine, const float* sine, const int64* places, T* y,
                     int64 pairs, int heads, int E, int64 token_stride, int64 head_stride, float eps) {
  const int64 pair = blockIdx.x * static_cast<int64>(blockDim.x / 32) + threadIdx.x / 32;
  if (pair >= pairs) return;
  const int64 token = pair / heads;
  const int first = 2 * (threadIdx.x % 32), half = E / 2;
  x += pair * E;
  y += (places ? places[token] : token) * token_stride + (pair - token * heads) * head_stride;
  if (!w) {
    for (int i = first; i < E; i += 64) two(y + i) = two(x + i);
    return;
  }
  float squares = 0.0f;
  for (int i = first; i < E; i += 64) {
    const Two a = two(x + i);
    squares += load(a.x[0]) * load(a.x[0]) + load(a.x[1]) * load(a.x[1]);
  }
  const float inv = 1.0f / sqrtf(warp_sum(squares) / E + eps);
  cosine += token * half, sine += token * half;
  for (int i = first; i < half; i += 64) {
    const Two lower = two(x + i), upper = two(x + i + half), w_lower = two(w + i), w_upper = two(w + i + half);
    Two to_lower, to_upper;
    for (int j = 0; j < 2; ++j) {
      const float a = rounded(load(w_lower.x[j]) * rounded(load(lower.x[j]) * inv));
      const float b = rounded(load(w_upper.x[j]) * rounded(load(upper.x[j]) * inv));
      store(to_lower.x[j], rounded(a * cosine[i + j]) - rounded(b * sine[i + j]));
      store(to_upper.x[j], rounded(b * cosine[i + j]) + rounded(a * sine[i + j]));
    }
    two(y + i) = to_lower;
    two(y + i + half) = to_upper;
  }
}

// Its gradient, dy and dx [tokens, heads, E].
KERNEL heads_backward(const T* dy, const T* x, const T* w, const float* cosine, const float* sine, T* dx, int64 pairs,
                      int heads, int E, float eps) {
  const int64 pair = blockIdx.x * static_cast<int64>(blockDim.x / 32) + threadIdx.x / 32;
  if (pair >= pairs) return;
  const int64 token = pair / heads;
  const int first = 2 * (threadIdx.x % 32), half = E / 2;
  dy += pair * E, x += pair * E, dx += pair * E;
  cosine += token * half, sine += token * half;
  float squares = 0.0f, dot = 0.0f;
  for (int i = first; i < half; i += 64) {
    const Two d_lower = two(dy + i), d_upper = two(dy + i + half), lower = two(x + i), upper = two(x + i + half);
    const Two w_lower = two(w + i), w_upper = two(w + i + half);
    for (int j = 0; j < 2; ++j) {
      const float a = load(d_lower.x[j]), b = load(d_upper.x[j]), u = load(lower.x[j]), v = load(upper.x[j]);
      squares += u * u + v * v;
      dot += (a * cosine[i + j] + b * sine[i + j]) * load(w_lower.x[j]) * u +
             (b * cosine[i + j] - a * sine[i + j]) * load(w_upper.x[j]) * v;
    }
  }
  const float inv = 1.0f / sqrtf(warp_sum(squares) / E + eps);
  const float c = warp_sum(dot) * inv * inv * inv / E;
  for (int i = first; i < half; i += 64) {
    const Two d_lower = two(dy + i), d_upper = two(dy + i + half), lower = two(x + i), upper = two(x + i + half);
    const Two w_lower = two(w + i), w_upper = two(w + i + half);
    Two to_lower, to_upper;
    for (int j = 0; j < 2; ++j) {
      const float a = load(d_lower.x[j]), b = load(d_upper.x[j]);
      const float da = a * cosine[i + j] + b * sine[i + j], db = b * cosine[i + j] - a * sine[i + j];
      store(to_lower.x[j], da * load(w_lower.x[j]) * inv - load(lower.x[j]) * c);
      store(to_upper.x[j], db * load(w_upper.x[j]) * inv - load(upper.x[j]) * c);
    }
    two(dx + i) = to_lower;
    two(dx + i + half) = to_upper;
  }
}

// n a multiple of 4.
KERNEL swiglu(const T* gate, const T* up, T* y, int64 n) {
  const int64 step = 4 * static_cast<int64>(gridDim.x) * blockDim.x;
  for (int64 i = 4 * (blockIdx.x * static_cast<int64>(blockDim.x) + threadIdx.x); i < n; i += step) {
    const Four a = four(gate + i), b = four(up + i);
    Four to;
    for (int j = 0; j < 4; ++j) {
      const float g = load(a.x[j]);
      store(to.x[j], rounded(g / (1.0f + expf(-g))) * load(b.x[j]));
    }
    four(y + i) = to;
  }
}

// n a multiple of 4.
KERNEL swiglu_backward(const T* dy, const T* gate, const T* up, T* dgate, T* dup, T* y, int64 n) {
  const int64 step = 4 * static_cast<int64>(gridDim.x) * blockDim.x;
  for (int64 i = 4 * (blockIdx.x * static_cast<int64>(blockDim.x) + threadIdx.x); i < n; i += step) {
    const Four a = four(gate + i), b = four(up + i), c = four(dy + i);
    Four to_y, to_up, to_gate;
    for (int j = 0; j < 4; ++j) {
      const float g = load(a.x[j]), u = load(b.x[j]), d = load(c.x[j]);
      const float s = 1.0f / (1.0f + expf(-g));
      const float silu = rounded(g * s);
      store(to_y.x[j], silu * u);
      store(to_up.x[j], d * silu);
      store(to_gate.x[j], d * u * (s + g * s * (1.0f - s)));
    }
    four(y + i) = to_y;
    four(dup + i) = to_up;
    four(dgate + i) = to_gate;
  }
}

// AdamW (Loshchilov and Hutter 2019) on f32, whatever T is: lr is divided by the first moment's correction already,
// `decay` what the value is multiplied with before, take1 and take2 1 - beta1 and 1 - beta2.
KERNEL adamw_step(float* value, const float* grad, float* m, float* v, int64 n, float take1, float beta2, float take2,
                  float eps, float lr, float correction2, float decay) {
  for (int64 i = blockIdx.x * static_cast<int64>(blockDim.x) + threadIdx.x; i < n; i += gridDim.x * blockDim.x) {
    const float g = grad[i];
    m[i] += take1 * (g - m[i]);
    v[i] = beta2 * v[i] + take2 * g * g;
    value[i] = value[i] * decay - lr * m[i] / (sqrtf(v[i]) / correction2 + eps);
  }
}

// A block a row of logits [S, V]: the first of the largest, its logit, and the logarithm of the sum of e^logit, all as
// floats (an id fits: no vocabulary has 16 million entries). V is a multiple of 4.
KERNEL __launch_bounds__(1024) largest(const T* logits, float* found, int V) {
  logits += blockIdx.x * static_cast<int64>(V);
  float top = kLowest, sum = 0.0f;
  int best = 0;
  for (int i = 4 * threadIdx.x; i < V; i += 4 * blockDim.x) {
    const Four a = four(logits + i);
    for (int j = 0; j < 4; ++j) {
      const float x = load(a.x[j]);
      if (x > top) {
        sum *= expf(top - x);
        top = x;
        best = i + j;
      }
      sum += expf(x - top);
    }
  }
  const float highest = block_max(top);
  const float total = block_sum(sum * expf(top - highest));
  const float first = -block_max(top == highest ? -static_cast<float>(best) : kLowest);
  if (threadIdx.x == 0) {
    found[3 * blockIdx.x] = first;
    found[3 * blockIdx.x + 1] = highest;
    found[3 * blockIdx.x + 2] = highest + logf(total);
  }
}

// A block a row of logits [C, V], V a multiple of 4: sums [2, C] get weight times the loss and times whether the
// largest is the target's. With scale the row becomes scale * weight * (softmax - onehot). The largest and the sum take
// one reading (Milakov and Gimelshein 2018).
KERNEL __launch_bounds__(1024)
    cross_entropy(T* logits, const int64* targets, const float* weights, float* sums, int V, float scale) {
  const int row = blockIdx.x;
  logits += row * static_cast<int64>(V);
  const float weight = weights[row];
  if (weight == 0.0f) {
    Four zero;
    for (int j = 0; j < 4; ++j) store(zero.x[j], 0.0f);
    for (int i = 4 * threadIdx.x; scale != 0.0f && i < V; i += 4 * blockDim.x) four(logits + i) = zero;
    if (threadIdx.x == 0) sums[row] = sums[gridDim.x + row] = 0.0f;
    return;
  }
  const int target = static_cast<int>(targets[row]);
  const float wanted = load(logits[target]);
  float top = kLowest, sum = 0.0f;
  for (int i = 4 * threadIdx.x; i < V; i += 4 * blockDim.x) {
    const Four a = four(logits + i);
    float highest = load(a.x[0]);
    for (int j = 1; j < 4; ++j) highest = fmaxf(highest, load(a.x[j]));
    if (highest > top) {
      sum *= expf(top - highest);
      top = highest;
    }
    for (int j = 0; j < 4; ++j) sum += expf(load(a.x[j]) - top);
  }
  const float highest = block_max(top);
  const float total = block_sum(sum * expf(top - highest));
  if (threadIdx.x == 0) {
    sums[row] = weight * (logf(total) + highest - wanted);
    sums[gridDim.x + row] = wanted == highest ? weight : 0.0f;
  }
  if (scale == 0.0f) return;
  const float factor = scale * weight;
  for (int i = 4 * threadIdx.x; i < V; i += 4 * blockDim.x) {  // each thread writes what it alone reads
    const Four a = four(logits + i);
    Four to;
    for (int j = 0; j < 4; ++j) {
      store(to.x[j], factor * (expf(load(a.x[j]) - highest) / total - (i + j == target ? 1.0f : 0.0f)));
    }
    four(logits + i) = to;
  }
}
