// What the tests of core/io share: a folder that goes away, plain file access that bypasses core/io, expected errors.
#pragma once

#include <QTemporaryDir>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "core/io/write_fault.h"
#include "core/types/error.h"

/// A temporary folder; fault injection ends with it, also when a check fails.
class Scratch {
 public:
  ~Scratch() { minnow::io::set_write_fault({}); }
  std::filesystem::path path(const std::string& name = {}) const {
    const std::filesystem::path root = folder_.path().toStdString();
    return name.empty() ? root : root / name;
  }
  void put(const std::string& name, const std::string& content) const {
    std::ofstream(path(name), std::ios::binary) << content;
  }
  std::string get(const std::string& name) const {
    std::ifstream in(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  /// Names of everything in the folder, sorted.
  std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(path())) found.push_back(entry.path().filename());
    std::sort(found.begin(), found.end());
    return found;
  }

 private:
  QTemporaryDir folder_;
};

/// The Error that `action` throws, if it throws one.
template <typename Action>
std::optional<minnow::Error> error_of(Action action) {
  try {
    action();
  } catch (const minnow::Error& error) {
    return error;
  }
  return std::nullopt;
}
