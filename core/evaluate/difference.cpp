// Common ends are cut off first, then a table of common lengths is walked.
#include "core/evaluate/difference.h"

#include <algorithm>
#include <cstdint>

#include "core/text/graphemes.h"

namespace minnow {
namespace {

using Kind = DiffPiece::Kind;
constexpr std::size_t kMaxCells = 1000 * 1000;

void append(std::vector<DiffPiece>& pieces, Kind kind, std::string_view text) {
  if (text.empty()) return;
  if (pieces.empty() || pieces.back().kind != kind) pieces.push_back({kind, {}});
  pieces.back().text += text;
}

// Between two same pieces: all that is left out, then all that is added.
struct Gap {
  std::string left_out, added;
  void close(std::vector<DiffPiece>& pieces) {
    append(pieces, Kind::left_out, left_out);
    append(pieces, Kind::added, added);
    *this = {};
  }
};

void diff_middle(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b, std::size_t begin,
                 std::size_t end_a, std::size_t end_b, std::vector<DiffPiece>& pieces) {
  const std::size_t n = end_a - begin, m = end_b - begin;
  Gap gap;
  if (n * m > kMaxCells) {
    for (std::size_t i = begin; i < end_a; ++i) gap.left_out += a[i];
    for (std::size_t j = begin; j < end_b; ++j) gap.added += b[j];
    gap.close(pieces);
    return;
  }
  // common[i][j]: length of the longest common subsequence of what follows i in a and j in b
  std::vector<std::uint32_t> common((n + 1) * (m + 1), 0);
  const auto cell = [&](std::size_t i, std::size_t j) -> std::uint32_t& { return common[i * (m + 1) + j]; };
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t j = m; j-- > 0;) {
      cell(i, j) = a[begin + i] == b[begin + j] ? cell(i + 1, j + 1) + 1 : std::max(cell(i + 1, j), cell(i, j + 1));
    }
  }
  std::size_t i = 0, j = 0;
  while (i < n || j < m) {
    if (i < n && j < m && a[begin + i] == b[begin + j]) {
      gap.close(pieces);
      append(pieces, Kind::same, a[begin + i]);
      ++i, ++j;
    } else if (j >= m || (i < n && cell(i + 1, j) >= cell(i, j + 1))) {
      gap.left_out += a[begin + i++];
    } else {
      gap.added += b[begin + j++];
    }
  }
  gap.close(pieces);
}

/// Length in letters; a Chinese character says as much as two.
std::size_t weight(const std::vector<std::string_view>& clusters) {
  std::size_t sum = 0;
  for (const std::string_view cluster : clusters) sum += cluster.size() >= 3 ? 2 : 1;
  return sum;
}

/// Half of the longer text is in both, or a stretch of it that is no chance: four letters, or more than half of the
/// shorter text.
bool related(const std::vector<DiffPiece>& pieces, std::size_t wanted, std::size_t given) {
  std::size_t common = 0, longest = 0;
  for (const DiffPiece& piece : pieces) {
    if (piece.kind != Kind::same) continue;
    const std::size_t length = weight(graphemes(piece.text));
    common += length;
    longest = std::max(longest, length);
  }
  return common * 2 >= std::max(wanted, given) || longest >= 4 || longest * 2 > std::min(wanted, given);
}

}  // namespace

std::vector<DiffPiece> difference(std::string_view wanted, std::string_view given) {
  const auto a = graphemes(wanted), b = graphemes(given);
  std::size_t begin = 0, end_a = a.size(), end_b = b.size();
  while (begin < std::min(end_a, end_b) && a[begin] == b[begin]) ++begin;
  while (end_a > begin && end_b > begin && a[end_a - 1] == b[end_b - 1]) --end_a, --end_b;
  std::vector<DiffPiece> pieces;
  for (std::size_t i = 0; i < begin; ++i) append(pieces, Kind::same, a[i]);
  diff_middle(a, b, begin, end_a, end_b, pieces);
  for (std::size_t i = end_a; i < a.size(); ++i) append(pieces, Kind::same, a[i]);
  if (!a.empty() && !b.empty() && !related(pieces, weight(a), weight(b)))
    pieces = {{Kind::left_out, std::string(wanted)}, {Kind::added, std::string(given)}};
  return pieces;
}

}  // namespace minnow
