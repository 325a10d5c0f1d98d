// A folder that vanishes with the test, and files in it; in memory where the system has a place for that, since some tests
// flush thousands of times.
#pragma once

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

class Scratch {
 public:
  std::filesystem::path path() const { return dir_.path().toStdString(); }
  std::filesystem::path file(const std::string& name) const { return path() / name; }
  std::filesystem::path file(const std::string& name, std::string_view content) const {
    std::ofstream(file(name), std::ios::binary) << content;
    return file(name);
  }

 private:
  static QString place() {
    const QFileInfo memory("/dev/shm");
    return (memory.isWritable() ? memory.filePath() : QDir::tempPath()) + "/minnow-test-XXXXXX";
  }

  QTemporaryDir dir_{place()};
};

/// The sentence of the minnow::Error that `work` throws, or a note that it threw none.
template <typename Work>
std::string sentence_of(const Work& work) {
  try {
    work();
  } catch (const std::exception& error) {
    return error.what();
  }
  return "(nothing was thrown)";
}
