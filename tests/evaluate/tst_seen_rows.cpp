// Test rows that a run was given to learn from are found.
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "core/evaluate/seen_rows.h"

using namespace minnow;

namespace {

Conversation asks(const std::string& question) {
  return {{{"system", "take the number"}, {"user", question}, {"assistant", "{}"}}, "test:1"};
}

/// The row as a run is given it.
std::string line(const std::string& question) {
  return "{\"messages\": [{\"role\": \"system\", \"content\": \"take the number\"}, {\"role\": \"user\", \"content\": "
         "\"" +
         question + "\"}, {\"role\": \"assistant\", \"content\": \"{}\"}]}\n";
}

}  // namespace

class TestSeenRows : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void rowsThatWereGivenAreCounted() {
    QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath(QStringLiteral("train.jsonl")).toStdString();
    std::ofstream(file) << line("road 1") << line("road 2");
    const std::vector<Conversation> rows{asks("road 1"), asks("road 1"), asks("road 3"), asks("road")};
    QCOMPARE(seen_rows(rows, {file}), std::int64_t{2});
    QCOMPARE(seen_rows(rows, {file, file}), std::int64_t{2});  // a file that is given twice tells nothing new
    QCOMPARE(seen_rows({asks("road 2")}, {file}), std::int64_t{1});
    QCOMPARE(seen_rows({asks("road 3")}, {file}), std::int64_t{0});
  }

  void filesThatAreGoneCountForNothing() {
    QCOMPARE(seen_rows({asks("road 1")}, {"/nowhere/train.jsonl"}), std::int64_t{0});
  }
};

QTEST_APPLESS_MAIN(TestSeenRows)
#include "tst_seen_rows.moc"
