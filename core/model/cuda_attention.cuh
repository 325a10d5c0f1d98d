// Kernels for CUDA devices: attention over a cache. After cuda_common.cuh.
// Macros: E head dim, G query heads a kv head, WARPS a block, ALIGN the bytes that a lane's numbers are a multiple of.
// A lane has E / 32 neighbouring numbers of each vector.
constexpr int PER = E / 32;
struct __align__(ALIGN) Part {
  T x[PER];
};
// A block a token and kv head: y [tokens, K, G, E] = softmax(scale * q k^T) v over the keys of the token's runs, from
// first_run[token] to first_run[token + 1]; a run is the first of its keys and how many. q as y; keys and values
// [K, places, E]. Each warp takes every WARPS-th key with the softmax as it goes (Milakov and Gimelshein 2018).
KERNEL attend(const T* q, const T* keys, const T* values, const int* first_run, const int* runs, T* y, int K,
              int64 places, float scale) {
  const int token = blockIdx.x / K, k = blockIdx.x % K, lane = threadIdx.x % 32, warp = threadIdx.x / 32;
  q += blockIdx.x * static_cast<int64>(G * E);
  y += blockIdx.x * static_cast<int64>(G * E);
  keys += k * places * E + lane * PER;
  values += k * places * E + lane * PER;
  float query[G][PER], sum[G][PER], top[G], total[G];
#pragma unroll
  for (int g = 0; g < G; ++g) {
    top[g] = kLowest, total[g] = 0.0f;
#pragma unroll
    for (int i = 0; i < PER; ++i) query[g][i] = load(q[g * E + lane * PER + i]) * scale, sum[g][i] = 0.0f;
  }
  int before = 0;  // keys of the runs before this one
  for (int r = first_run[token]; r < first_run[token + 1]; ++r) {
    const int begin = runs[2 * r], length = runs[2 * r + 1];
    for (int j = (warp + WARPS - before % WARPS) % WARPS; j < length; j += WARPS) {
      const int64 at = (static_cast<int64>(begin) + j) * E;
      const Part a = *reinterpret_cast<const Part*>(keys + at), v = *reinterpret_cast<const Part*>(values + at);
#pragma unroll
      for (int g = 0; g < G; ++g) {
        float dot = 0.0f;
#pragma unroll
        for (int i = 0; i < PER; ++i) dot += query[g][i] * load(a.x[i]);
        dot = warp_sum(dot);
        const float higher = fmaxf(top[g], dot), old = expf(top[g] - higher), now = expf(dot - higher);
        total[g] = total[g] * old + now;
#pragma unroll
        for (int i = 0; i < PER; ++i) sum[g][i] = sum[g][i] * old + now * load(v.x[i]);
        top[g] = higher;
      }
    }
    before += length;
  }
  __shared__ float tops[WARPS][G], totals[WARPS][G], sums[WARPS][G][E];
#pragma unroll
  for (int g = 0; g < G; ++g) {
    if (lane == 0) tops[warp][g] = top[g], totals[warp][g] = total[g];
#pragma unroll
    for (int i = 0; i < PER; ++i) sums[warp][g][lane * PER + i] = sum[g][i];
  }
  __syncthreads();
  for (int at = threadIdx.x; at < G * E; at += blockDim.x) {
    const int g = at / E, e = at % E;
    float highest = tops[0][g], whole = 0.0f, all = 0.0f;
    for (int w = 1; w < WARPS; ++w) highest = fmaxf(highest, tops[w][g]);
    for (int w = 0; w < WARPS; ++w) {
      const float share = expf(tops[w][g] - highest);  // 0 for a warp that had no key
      whole += totals[w][g] * share;
      all += sums[w][g][e] * share;
    }
    store(y[at], all / whole);
  }
}
