// Any bytes as a JSONL file: the line reader gives the lines that plain splitting gives, and no line's content hurts.
#include <sys/mman.h>
#include <unistd.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/io/file.h"
#include "core/io/json.h"
#include "core/types/error.h"
#include "tests/fuzz/require.h"

namespace {

constexpr std::size_t limit = 4096;  // small, so that inputs reach it

/// Slow and plain: what the reader is held against.
std::vector<std::string_view> split(std::string_view text) {
  if (text.substr(0, 3) == "\xef\xbb\xbf") text.remove_prefix(3);
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  return lines;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const int fd = ::memfd_create("fuzz", MFD_CLOEXEC);
  const std::string path = "/proc/self/fd/" + std::to_string(fd);
  require(::ftruncate(fd, 0) == 0 && ::pwrite(fd, data, size, 0) == static_cast<ssize_t>(size),
          "the memory file works");

  minnow::LineReader reader(path, limit);
  std::string line;
  for (const std::string_view expected : split({reinterpret_cast<const char*>(data), size})) {
    try {
      require(reader.next(line), "a line for each line");
      require(line == expected && expected.size() <= limit, "the line is the line");
      minnow::parse_json(line, "line " + std::to_string(reader.line_number()));
    } catch (const minnow::Error& error) {
      require(error.kind() == minnow::ErrorKind::format, "a bad line is a matter of format");
    }
  }
  require(!reader.next(line) && reader.next_offset() == size, "and then the end");

  // What a journal keeps of it: the whole lines.
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  require(minnow::recover_lines(path) == size - (text.rfind('\n') + 1),
          "recovery cuts what follows the last line break");
  return 0;
}
