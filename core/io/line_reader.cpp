// A block buffer over read(2); a line is gathered across blocks only when it has to be.
#include "core/io/line_reader.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <vector>

#include "core/io/posix.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr std::size_t block_bytes = std::size_t{256} << 10;

}  // namespace

struct LineReader::State {
  std::filesystem::path path;
  std::size_t limit;
  io::Fd fd;
  std::vector<char> block = std::vector<char>(block_bytes);
  std::size_t begin = 0;  // what of the block isn't handed on yet
  std::size_t end = 0;
  std::uint64_t block_offset = 0;  // where the block's first byte lies in the file
  std::uint64_t line_offset = 0;
  std::int64_t number = 0;

  bool fill() {
    block_offset += end;
    begin = 0;
    end = io::read_some(fd.get(), block.data(), block.size(), path);
    return end > 0;
  }

  void skip_byte_order_mark() {
    if (block_offset == 0 && end >= 3 && std::memcmp(block.data(), "\xef\xbb\xbf", 3) == 0) begin = 3;
  }
};

LineReader::LineReader(const std::filesystem::path& path, std::size_t max_line_bytes)
    : state_(new State{path, max_line_bytes, io::open_to_read(path)}) {
  state_->fill();
  state_->skip_byte_order_mark();
}

LineReader::LineReader(LineReader&&) noexcept = default;
LineReader& LineReader::operator=(LineReader&&) noexcept = default;
LineReader::~LineReader() = default;

bool LineReader::next(std::string& line) {
  State& s = *state_;
  line.clear();
  if (s.begin == s.end && !s.fill()) return false;
  s.line_offset = next_offset();
  ++s.number;
  std::uint64_t length = 0;  // of the line so far, also when it is no longer kept
  char last = 0;
  for (bool more = true; more;) {
    const char* start = s.block.data() + s.begin;
    const void* found = std::memchr(start, '\n', s.end - s.begin);
    const std::size_t piece =
        found ? static_cast<std::size_t>(static_cast<const char*>(found) - start) : s.end - s.begin;
    length += piece;
    if (piece > 0) last = start[piece - 1];
    if (length <= s.limit + 1) line.append(start, piece);  // one more: the CR of a line that just fits
    s.begin += piece + (found ? 1 : 0);
    more = !found && s.fill();
  }
  if (length > 0 && last == '\r') --length;
  if (length > s.limit) {
    line.clear();
    line.shrink_to_fit();
    throw Error(ErrorKind::format,
                s.path.string() + ": line " + std::to_string(s.number) + " has " + std::to_string(length) +
                    " bytes, the limit is " + std::to_string(s.limit),
                s.path.string());
  }
  line.resize(length);
  return true;
}

std::int64_t LineReader::line_number() const { return state_->number; }
std::uint64_t LineReader::line_offset() const { return state_->line_offset; }
std::uint64_t LineReader::next_offset() const { return state_->block_offset + state_->begin; }

void LineReader::seek(std::uint64_t offset, std::int64_t lines_before) {
  State& s = *state_;
  if (::lseek(s.fd.get(), static_cast<off_t>(offset), SEEK_SET) < 0) io::throw_read_error(errno, s.path);
  s.block_offset = offset;
  s.begin = s.end = 0;
  s.number = lines_before;
  s.fill();
  s.skip_byte_order_mark();
}

}  // namespace minnow
