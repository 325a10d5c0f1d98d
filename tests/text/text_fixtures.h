// What the tests of core/text share: golden files, the real tokenizer where it is, folders with a changed tokenizer.
#pragma once

#include <QTemporaryDir>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "core/io/file.h"
#include "core/io/json.h"
#include "core/types/error.h"

namespace minnow::test {

inline std::filesystem::path golden(const std::string& name) { return std::filesystem::path(MINNOW_GOLDEN_DIR) / name; }

/// The folder of Qwen3's real tokenizer, which is too large for the repository; nullopt where it is not at hand.
inline std::optional<std::filesystem::path> real_tokenizer() {
  const char* set = std::getenv("MINNOW_SHARED");
  const std::filesystem::path shared = set != nullptr ? set : MINNOW_SOURCE_DIR "/../shared";
  const std::filesystem::path folder = shared / "data" / "qwen3-tokenizer";
  if (!std::filesystem::exists(folder / "tokenizer.json")) return std::nullopt;
  return folder;
}
inline constexpr const char* kNoRealTokenizer =
    "Qwen3's own tokenizer is not here (../shared/data/qwen3-tokenizer or $MINNOW_SHARED); its vectors were not "
    "checked.";

inline std::vector<std::int32_t> ids_of(const Json& list) { return list.get<std::vector<std::int32_t>>(); }

/// A folder of its own for a test, removed at the end.
class Folder {
 public:
  std::filesystem::path path() const { return dir_.path().toStdString(); }
  void write(const std::string& name, const std::string& content) const {
    std::ofstream(path() / name, std::ios::binary) << content;  // no fsync: tests write thousands
  }
  void write(const std::string& name, const Json& json) const { write(name, dump_json(json)); }

 private:
  QTemporaryDir dir_;
};

/// The sentence with which `action` is refused; "" if it is not. `kind` gets the kind.
template <class Action>
std::string refusal(Action action, ErrorKind* kind = nullptr) {
  try {
    action();
  } catch (const Error& error) {
    if (kind != nullptr) *kind = error.kind();
    return error.what();
  }
  return {};
}

}  // namespace minnow::test
