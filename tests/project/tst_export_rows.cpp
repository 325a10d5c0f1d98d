// Rows taken along as CSV, TSV and JSON Lines, read back by the importer.
#include <QtTest>

#include "core/data/import.h"
#include "core/io/file.h"
#include "core/project/export_rows.h"
#include "core/types/error.h"
#include "tests/data/scratch.h"

using namespace minnow;

namespace {

class MemoryRows final : public RowSource {
 public:
  explicit MemoryRows(std::vector<Row> rows) : rows_(std::move(rows)) {}
  std::int64_t count() const override { return static_cast<std::int64_t>(rows_.size()); }
  std::vector<Row> rows(std::int64_t first, std::int64_t count) const override {
    std::vector<Row> page;
    for (std::int64_t i = first; i < std::min(this->count(), first + count); ++i) {
      page.push_back(rows_[static_cast<std::size_t>(i)]);
    }
    return page;
  }
  std::uint64_t revision() const override { return 1; }

 private:
  std::vector<Row> rows_;
};

Task task() {
  Task task;
  task.fields = {{"city", FieldKind::city, "", false}, {"phone", FieldKind::phone, "", false}};
  return task;
}

MemoryRows some_rows(int count) {
  std::vector<Row> rows;
  for (int i = 0; i < count; ++i) {
    Row row;
    row.id = "r" + std::to_string(i);
    row.input = i == 1 ? "a,\"b\"\nc\td" : "大理市" + std::to_string(i);
    row.label = R"({"city": "大理, 市", "phone": "1380013800)" + std::to_string(i % 10) + "\"}";
    row.state = RowState::labelled;
    row.split = Split::test;
    rows.push_back(row);
  }
  return MemoryRows(std::move(rows));
}

}  // namespace

class TestExportRows : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aTableIsReadBackAsItWas() {
    const Scratch scratch;
    const MemoryRows rows = some_rows(1500);
    const auto file = scratch.file("rows.csv");
    QCOMPARE(export_rows(rows, task(), TableFormat::csv, file), std::int64_t{1500});
    const Task wanted = task();
    ImportOptions options;
    options.task = &wanted;
    std::vector<Row> read;
    import_rows(file, options, [&](Row&& row) { read.push_back(std::move(row)); });
    QCOMPARE(read.size(), std::size_t{1500});
    QCOMPARE(read[1].input, std::string("a,\"b\"\nc\td"));
    QCOMPARE(read[1].label, rows.rows(1, 1)[0].label);
    QVERIFY(read[7].split == Split::test);
  }

  void jsonLinesKeepEverything() {
    const Scratch scratch;
    const auto file = scratch.file("rows.jsonl");
    export_rows(some_rows(3), task(), TableFormat::jsonl, file);
    std::vector<Row> read;
    import_rows(file, {}, [&](Row&& row) { read.push_back(std::move(row)); });
    QCOMPARE(read.size(), std::size_t{3});
    QCOMPARE(read[2].id, std::string("r2"));
  }

  void copiedCellsStayInTheirColumns() {
    const MemoryRows rows = some_rows(3);
    const std::vector<std::int64_t> at{1, 0};
    const QString text = QString::fromStdString(rows_text(rows, task(), TableFormat::tsv, at));
    const QStringList lines = text.split('\n');
    QCOMPARE(lines[0], QString("id\tinput\tcity\tphone\tsplit\tstate\tproblems"));
    QCOMPARE(lines[1], QString("r1\ta,\"b\" c d\t大理, 市\t13800138001\ttest\tlabelled\t"));
    QVERIFY(lines[2].startsWith("r0\t"));
    QCOMPARE(lines.size(), 4);
  }

  void aLabelThatIsNoObjectIsTakenAlong() {
    Row row;
    row.id = "r1";
    row.label = "not JSON";
    const std::vector<std::int64_t> at{0};
    const QString text = QString::fromStdString(rows_text(MemoryRows({row}), task(), TableFormat::tsv, at));
    QVERIFY(text.contains("not JSON"));
  }

  void aStopLeavesNoFile() {
    const Scratch scratch;
    std::stop_source source;
    source.request_stop();
    const auto file = scratch.file("rows.csv");
    QCOMPARE(export_rows(some_rows(3), task(), TableFormat::csv, file, {}, source.get_token()), std::int64_t{-1});
    QVERIFY(!std::filesystem::exists(file));
  }

  void aFolderThatIsNotThereIsTold() {
    QVERIFY_EXCEPTION_THROWN(export_rows(some_rows(3), task(), TableFormat::csv, "/nowhere/rows.csv"), Error);
  }
};

QTEST_APPLESS_MAIN(TestExportRows)
#include "tst_export_rows.moc"
