// Any bytes as minnow.json, as rows.jsonl and as a project's journals: refused in a sentence, or read with the rest
// passed over and told.
#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "core/project/project_file.h"
#include "core/project/row_store.h"
#include "core/types/error.h"
#include "tests/fuzz/require.h"

namespace {

std::filesystem::path make_folder() {
  const bool memory = ::access("/dev/shm", W_OK) == 0;
  std::string name = memory ? "/dev/shm/minnow-fuzz-XXXXXX" : "/tmp/minnow-fuzz-XXXXXX";
  require(::mkdtemp(name.data()) != nullptr, "a folder can be made");
  return name;
}

struct Folder {
  std::filesystem::path path = make_folder();
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
};

void check_words(const std::string& sentence) {
  for (const char* word : {"json.exception", "syntax error", "while parsing", "last read"})
    require(sentence.find(word) == std::string::npos, "no parser's own words");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Folder folder;
  const auto put = [&](const char* name, const char* bytes, std::size_t length) {
    std::ofstream(folder.path / name, std::ios::binary | std::ios::trunc).write(bytes, static_cast<std::streamsize>(length));
  };
  const auto* bytes = reinterpret_cast<const char*>(data);
  try {
    put("minnow.json", bytes, size);
    minnow::ProjectFile::read(folder.path / "minnow.json");
  } catch (const minnow::Error& error) {
    check_words(error.what());
  }
  const std::string row = "{\"id\":\"r1\",\"input\":\"a\"}\n";
  for (const char* name : {"rows.jsonl", "edits.jsonl", "labels.jsonl"}) {
    put("rows.jsonl", row.data(), row.size());
    put("edits.jsonl", "", 0);
    put("labels.jsonl", "", 0);
    put(name, bytes, size);
    try {
      minnow::RowStore store(folder.path, false);
      for (const minnow::Row& read : store.rows(0, store.count())) require(!read.id.empty(), "a row has an id");
      for (const minnow::Problem& problem : store.problems()) check_words(problem.sentence);
    } catch (const minnow::Error& error) {
      check_words(error.what());
    }
  }
  return 0;
}
