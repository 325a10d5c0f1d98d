// minnow-cli as a child process: what it printed, how it ended, and what every refusal must look like.
#pragma once

#include <QDir>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "core/io/file.h"
#include "core/io/json.h"
#include "core/types/error.h"

namespace minnow::test {

struct Outcome {
  int code = -1;  ///< exit code; -1 when it crashed or hung
  QString out, err;
};

inline constexpr int kPatience_ms = 240'000;  // a machine that builds something else at the same time is slow

/// Runs `program` to its end.
inline Outcome run_program(const QString& program, const QStringList& arguments, const QByteArray& input = {}) {
  QProcess child;
  child.start(program, arguments);
  child.write(input);
  child.closeWriteChannel();
  const bool ended = child.waitForFinished(kPatience_ms);
  Outcome outcome;
  if (ended && child.exitStatus() == QProcess::NormalExit) outcome.code = child.exitCode();
  if (!ended) child.kill();
  outcome.out = QString::fromUtf8(child.readAllStandardOutput());
  outcome.err = QString::fromUtf8(child.readAllStandardError());
  return outcome;
}

inline Outcome cli(const QStringList& arguments, const QByteArray& input = {}) {
  return run_program(MINNOW_CLI, arguments, input);
}

/// Whether minnow-cli loads libtorch for this, as the dynamic loader tells it (LD_DEBUG, ld.so(8)).
inline bool loads_libtorch(const QStringList& arguments) {
  const QTemporaryDir dir;
  QProcess child;
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  environment.insert("LD_DEBUG", "libs");
  environment.insert("LD_DEBUG_OUTPUT", dir.filePath("loaded"));
  child.setProcessEnvironment(environment);
  child.start(MINNOW_CLI, arguments);
  child.closeWriteChannel();
  if (!child.waitForFinished(kPatience_ms)) child.kill();
  std::string told;
  for (const QString& name : QDir(dir.path()).entryList(QDir::Files))
    told += read_file(dir.filePath(name).toStdString());
  if (told.find("libc.so") == std::string::npos) qFatal("the dynamic loader tells nothing");
  return told.find("libtorch") != std::string::npos;
}

/// The sentence that a refusal ends with; empty when stderr isn't a refusal as users are promised it: one line that
/// begins with the program's name, at most one more with what to do, no words of a library's insides.
inline QString sentence_of(const Outcome& outcome) {
  QStringList lines = outcome.err.split('\n', Qt::SkipEmptyParts);
  int at = -1;
  for (int i = 0; i < lines.size(); ++i) {
    if (!lines[i].startsWith("minnow-cli: ")) continue;
    if (at >= 0) return {};
    at = i;
  }
  if (at < 0 || lines.size() - at > 2) return {};
  for (const char* inside :
       {"what():", "terminate called", "c10::", "Exception raised from", "frame #", "std::", "nlohmann"}) {
    if (outcome.err.contains(inside)) return {};
  }
  return lines[at].mid(12);
}

/// Every line of stdout as JSON; empty (and a warning) when one isn't.
inline std::vector<Json> json_lines(const Outcome& outcome) {
  std::vector<Json> all;
  for (const QString& line : outcome.out.split('\n', Qt::SkipEmptyParts)) {
    try {
      all.push_back(parse_json(line.toStdString(), "stdout"));
    } catch (const Error& error) {
      qWarning("%s: %s", error.what(), qPrintable(line));
      return {};
    }
  }
  return all;
}

#define VERIFY_REFUSED(outcome, wanted_code, words)                                                        \
  do {                                                                                                     \
    const auto& o_ = (outcome);                                                                            \
    QVERIFY2(o_.code == (wanted_code), qPrintable(QString("exit code %1\n%2").arg(o_.code).arg(o_.err)));  \
    const QString sentence_ = ::minnow::test::sentence_of(o_);                                             \
    QVERIFY2(!sentence_.isEmpty() && sentence_.contains(words), qPrintable("not as promised: " + o_.err)); \
  } while (false)

#define VERIFY_DONE(outcome)                                                                  \
  do {                                                                                        \
    const auto& o_ = (outcome);                                                               \
    QVERIFY2(o_.code == 0, qPrintable(QString("exit code %1\n%2").arg(o_.code).arg(o_.err))); \
  } while (false)

/// A folder of its own, with what the commands need.
class Place {
 public:
  QString path(const QString& name = {}) const { return name.isEmpty() ? dir_.path() : dir_.filePath(name); }
  std::filesystem::path file(const QString& name) const { return path(name).toStdString(); }
  QString write(const QString& name, const std::string& text) const {
    std::filesystem::create_directories(file(name).parent_path());
    std::ofstream(file(name), std::ios::binary) << text;
    return path(name);
  }
  /// A copy of the golden tiny model.
  QString model(const QString& name = "model") const {
    std::filesystem::remove_all(file(name));
    std::filesystem::copy(tiny(), file(name), std::filesystem::copy_options::recursive);
    return path(name);
  }
  /// The copy's config.json with some members changed.
  QString model_with(const QString& name, const Json& changes) const {
    model(name);
    const auto config = file(name) / "config.json";
    Json json = read_json_file(config);
    for (const auto& [key, value] : changes.items()) json[key] = value;
    std::ofstream(config) << json.dump();
    return path(name);
  }
  /// Rows that the tiny model can be trained on.
  QString rows(const QString& name = "rows.jsonl", int count = 24) const {
    std::string text;
    for (int i = 0; i < count; ++i) {
      const std::string n = std::to_string(i * 37 % 101);
      text += dump_json(Json{
                  {"messages",
                   Json::array({Json{{"role", "system"}, {"content", "take the number"}},
                                Json{{"role", "user"}, {"content", "road " + n + " of " + std::to_string(i * 7919)}},
                                Json{{"role", "assistant"}, {"content", "{\"n\": \"" + n + "\"}"}}})}}) +
              "\n";
    }
    return write(name, text);
  }
  static std::filesystem::path tiny() { return std::filesystem::path(MINNOW_GOLDEN_DIR) / "tiny-qwen3"; }
  static QString golden(const char* name) { return QString(MINNOW_GOLDEN_DIR) + "/" + name; }

 private:
  QTemporaryDir dir_;
};

/// Flags of a short run on Place::rows.
inline QStringList training(const Place& place, const QStringList& more = {}) {
  QStringList flags{"train",
                    "--model",
                    Place::golden("tiny-qwen3"),
                    "--dataset",
                    place.path("rows.jsonl"),
                    "--output_dir",
                    place.path("output"),
                    "--dtype",
                    "f32",
                    "--threads",
                    "1",
                    "--per_device_train_batch_size",
                    "4",
                    "--gradient_accumulation_steps",
                    "1",
                    "--split_dataset_ratio",
                    "0.2",
                    "--score_rows",
                    "0"};
  return flags + more;
}

}  // namespace minnow::test
