// Any bytes as a file of rows, under any name: refused in a sentence, or rows whose text is UTF-8 without marks and NULs,
// each line that can't be read with a reason in the program's own words.
#include <sys/mman.h>
#include <unistd.h>

#include <string>
#include <string_view>

#include "core/data/encoding.h"
#include "core/data/import.h"
#include "core/data/load.h"
#include "core/types/error.h"
#include "tests/fuzz/require.h"

namespace {

void check_words(const std::string& sentence) {
  for (const char* word : {"json.exception", "syntax error", "while parsing", "last read", "terminate"})
    require(sentence.find(word) == std::string::npos, "no parser's own words");
}

void check_text(const std::string& text) {
  require(minnow::invalid_utf8_at(text) == std::string::npos, "a row's text is UTF-8");
}

void read(const std::string& path, const minnow::ImportOptions& options) {
  try {
    std::int64_t rows = 0;
    const auto report = minnow::import_rows(path, options, [&rows](minnow::Row&& row) {
      check_text(row.input);
      check_text(row.label);
      ++rows;
    });
    require(report.rows == rows, "rows are counted");
    for (const auto& problem : report.set_aside) check_words(problem.sentence);
  } catch (const minnow::Error& error) {
    check_words(error.what());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const int fd = ::memfd_create("fuzz", MFD_CLOEXEC);
  const std::string path = "/proc/self/fd/" + std::to_string(fd);
  require(::ftruncate(fd, 0) == 0 && ::pwrite(fd, data, size, 0) == static_cast<ssize_t>(size),
          "the memory file works");
  read(path, {});
  for (const auto container : {minnow::Container::table, minnow::Container::json_lines, minnow::Container::json_values,
                               minnow::Container::plain_lines}) {
    minnow::ImportOptions options;
    options.container = container;
    read(path, options);
  }
  try {
    std::vector<minnow::Problem> aside;
    for (const auto& row : minnow::load_conversations(path, &aside)) {
      for (const auto& message : row.messages) check_text(message.content);
    }
    const auto preview = minnow::preview_import(path, {}, 5);
    require(preview.records >= 0, "records are counted");
  } catch (const minnow::Error& error) {
    check_words(error.what());
  }
  return 0;
}
