// Products of more than 8 rows with weights that aren't packed, with AVX512-BF16; included by few_rows_body.h. Sixteen
// rows of x lie as a panel: for every two columns the sixteen pairs side by side. A pair of weights is spread over a
// whole register by the load itself and meets one pair of each row, so the sums need no adding up at the end and weights
// are used as they lie.

constexpr std::int64_t kPanel = 16;  // rows of x in a panel

/// Bytes of a panelled operand.
inline std::int64_t panel_bytes(std::int64_t M, std::int64_t K) { return (M + kPanel - 1) / kPanel * kPanel * K * 2; }

/// Numbers k .. k + n of row m.
inline void prepare_panel(const bf16* x, void* to, std::int64_t K, std::int64_t m, std::int64_t k, std::int64_t n) {
  char* pair = static_cast<char*>(to) + m / kPanel * kPanel * K * 2 + (k / 2 * kPanel + m % kPanel) * 4;
  for (std::int64_t i = 0; i < n; i += 2, pair += 4 * kPanel) std::memcpy(pair, x + i, 4);
}

/// The pair of weights at p, sixteen times.
inline __m512bh pair_spread(const char* p) {
  int pair;
  std::memcpy(&pair, p, sizeof pair);
  return (__m512bh)_mm512_set1_epi32(pair);
}

/// Four vectors over rows of x become 4 neighbouring numbers of each row; only `rows` of them are there.
inline void store_turned(Wide a, Wide b, Wide c, Wide d, float* y, std::int64_t ldy, std::int64_t rows) {
  const Wide ab = low_of(a, b), AB = high_of(a, b), cd = low_of(c, d), CD = high_of(c, d);
  const Wide turned[4] = {low_pairs_of(ab, cd), high_pairs_of(ab, cd), low_pairs_of(AB, CD), high_pairs_of(AB, CD)};
  float four[4][16];  // of row 4 * lane + i at [i][4 * lane]
  std::memcpy(four, turned, sizeof four);
  for (std::int64_t m = 0; m < rows; ++m) std::memcpy(y + m * ldy, &four[m % 4][m / 4 * 4], 16);
}

/// P panels against R rows of w (R is 1, 4, 8 or 12); the next R rows of w are asked for on the way.
template <int P, int R>
void panel_block(const bf16* x, const bf16* w, float* y, std::int64_t K, std::int64_t ldy, std::int64_t rows) {
  Wide sum[R][P] = {};
  const std::int64_t row = 2 * K, panel = kPanel * K;
  const char* base[3] = {reinterpret_cast<const char*>(w), reinterpret_cast<const char*>(w) + 8 * row,
                         reinterpret_cast<const char*>(w) + 16 * row};
  const char* ahead = base[0] + R * row;
  constexpr int asked = (R + 3) / 4;  // lines in a quarter of 32 columns
  for (std::int64_t k = 0; k < K; k += 32) {
#pragma GCC unroll 1
    for (int quarter = 0; quarter < 4; ++quarter) {
#pragma GCC unroll 4
      for (int pair = 0; pair < 4; ++pair) {
        __m512bh v[P];
        for (int p = 0; p < P; ++p) v[p] = Operand<bf16>::chunk_at(x + p * panel + 32 * pair);
#pragma GCC unroll 12
        for (int r = 0; r < R; ++r) {
          const __m512bh weight = pair_spread(base[r / 8] + r % 8 * row + 4 * pair);
          for (int p = 0; p < P; ++p) sum[r][p] = (Wide)_mm512_dpbf16_ps((__m512)sum[r][p], v[p], weight);
        }
      }
#pragma GCC unroll 3
      for (int r = 0; r < asked; ++r) __builtin_prefetch(ahead + (quarter * asked + r) * row + 2 * k);
      x += 128;
      for (const char*& b : base) b += 16;
    }
  }
  for (int p = 0; p < P; ++p) {
    const std::int64_t here = std::min(kPanel, rows - kPanel * p);
    float* to = y + kPanel * p * ldy;
    if constexpr (R % 4 == 0) {
      for (int r = 0; r < R; r += 4)
        store_turned(sum[r][p], sum[r + 1][p], sum[r + 2][p], sum[r + 3][p], to + r, ldy, here);
    } else {
      for (std::int64_t m = 0; m < here; ++m) to[m * ldy] = sum[0][p][static_cast<int>(m)];
    }
  }
}

/// P panels against N rows of w, R of them at a time.
template <int P, int R>
void panel_pass(const bf16* x, const bf16* w, float* y, std::int64_t K, std::int64_t N, std::int64_t ldy,
                std::int64_t rows) {
  std::int64_t n = 0;
  for (; n + R <= N; n += R) panel_block<P, R>(x, w + n * K, y + n, K, ldy, rows);
  for (; n + 4 <= N; n += 4) panel_block<P, 4>(x, w + n * K, y + n, K, ldy, rows);
  for (; n < N; ++n) panel_block<P, 1>(x, w + n * K, y + n, K, ldy, rows);
}

/// All panels, up to three together; w [N, K] should fit the second-level cache.
inline void panel_product(const bf16* x, const bf16* w, float* y, std::int64_t M, std::int64_t K, std::int64_t N,
                          std::int64_t ldy) {
  while (M > 0) {
    const std::int64_t panels = (M + kPanel - 1) / kPanel;
    const std::int64_t now = panels == 4 ? 2 : std::min<std::int64_t>(panels, 3);
    if (now == 3) panel_pass<3, 8>(x, w, y, K, N, ldy, M);
    if (now == 2) panel_pass<2, 12>(x, w, y, K, N, ldy, M);
    if (now == 1) panel_pass<1, 12>(x, w, y, K, N, ldy, M);
    x += now * kPanel * K;
    y += now * kPanel * ldy;
    M -= now * kPanel;
  }
}
