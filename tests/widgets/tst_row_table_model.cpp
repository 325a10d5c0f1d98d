// A million rows in a table: pages off the GUI thread, bounded memory, edits, and the model's contract.
#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include "tests/widgets/generated_rows.h"
#include "widgets/data/row_delegate.h"
#include "widgets/data/row_table_model.h"

using namespace minnow;

namespace {

std::vector<Field> fields() {
  return {{"province", FieldKind::province, "", false}, {"phone", FieldKind::phone, "the number", false}};
}

}  // namespace

class TestRowTableModel : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aMillionRowsAreShownFromPagesOffTheGuiThread() {
    const auto rows = std::make_shared<GeneratedRows>(1'000'000);
    RowTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setFields(fields());
    QElapsedTimer clock;
    clock.start();
    model.setSource(rows);
    QCOMPARE(model.rowCount(), 1'000'000);
    const QModelIndex cell = model.index(777'777, 2);
    QVERIFY(!cell.data(RowTableModel::LoadedRole).toBool());  // a placeholder, at once
    QTRY_VERIFY(cell.data(RowTableModel::LoadedRole).toBool());
    QCOMPARE(cell.data().toString(), QStringLiteral("订单777777，云南大理，13800138000"));
    QCOMPARE(cell.siblingAtColumn(3).data().toString(), QStringLiteral("云南省"));
    for (const auto& reader : rows->readers()) QVERIFY(reader != std::this_thread::get_id());
  }

  void whatIsKeptInMemoryIsBounded() {
    const auto rows = std::make_shared<GeneratedRows>(1'000'000);
    RowTableModel model;
    model.setSource(rows);
    QSignalSpy arrived(&model, &RowTableModel::rowsArrived);
    for (int page = 0; page < 3 * RowTableModel::keptPages; ++page) {
      const int row = page * static_cast<int>(RowTableModel::pageRows);
      QVERIFY(QTest::qWaitFor([&] { return model.row(row) != nullptr; }));
      QVERIFY(model.pagesInMemory() <= RowTableModel::keptPages);
    }
    QCOMPARE(model.pagesInMemory(), RowTableModel::keptPages);
    QVERIFY(model.row(0) == nullptr);  // long gone
  }

  void scrollingAcrossAllRowsReadsOnlyWhatIsSeen() {
    const auto rows = std::make_shared<GeneratedRows>(1'000'000);
    RowTableModel model;
    model.setFields(fields());
    model.setSource(rows);
    QTableView view;
    view.setItemDelegate(new RowDelegate(&view));
    view.setModel(&model);
    view.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view.resize(900, 600);
    view.show();
    QElapsedTimer clock;
    qint64 slowest = 0;
    for (int step = 0; step <= 200; ++step) {
      clock.restart();
      view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum() / 200 * step);
      view.grab();
      slowest = qMax(slowest, clock.elapsed());
      QCoreApplication::processEvents();
    }
    qInfo("slowest of 200 jumps through a million rows: %lld ms", static_cast<long long>(slowest));
    QVERIFY(rows->handed_out < 200 * 4 * RowTableModel::pageRows);
    QVERIFY(model.pagesInMemory() <= RowTableModel::keptPages);
  }

  void aRowThatHasGoneIsNoRawRow() {
    class Gone final : public RowSource {
     public:
      std::int64_t count() const override { return 1; }
      std::vector<Row> rows(std::int64_t, std::int64_t) const override { return {Row{}}; }
      std::uint64_t revision() const override { return 1; }
    };
    RowTableModel model;
    model.setSource(std::make_shared<Gone>());
    const QModelIndex state = model.index(0, 1);
    QTRY_VERIFY(model.data(state, RowTableModel::LoadedRole).toBool());
    QCOMPARE(model.data(state).toString(), QStringLiteral("Deleted"));
  }

  void theNewestWishIsReadFirst() {
    const auto rows = std::make_shared<GeneratedRows>(1'000'000);
    rows->held = true;
    RowTableModel model;
    model.setSource(rows);
    model.row(0);
    QTRY_COMPARE(rows->reads.load(), std::int64_t{1});  // it is being read when the others are asked for
    for (int row = 1000; row < 100'000; row += 1000) model.row(row);
    QSignalSpy arrived(&model, &RowTableModel::rowsArrived);
    rows->held = false;
    QTRY_VERIFY(arrived.size() >= 2);
    QTest::qWait(50);
    QVERIFY(arrived.size() <= 9);  // one that was being read, and the last few; the others nobody waits for
    const int second = arrived.at(1).at(0).toInt();
    QVERIFY2(second >= 98'000, qPrintable(QString::number(second)));
  }

  void moreRowsAtTheEndAreInsertedAndFewerAreRemoved() {
    const auto rows = std::make_shared<GeneratedRows>(10);
    RowTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setSource(rows);
    QTRY_VERIFY(model.row(9) != nullptr);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    rows->resize(300);
    model.sourceGrew();
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(model.rowCount(), 300);
    QVERIFY(model.row(3) != nullptr);  // what was shown stays
    QTRY_VERIFY(model.row(20) != nullptr);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    rows->resize(5);
    model.sourceChanged();
    QCOMPARE(removed.size(), 1);
    QCOMPARE(model.rowCount(), 5);
  }

  void anOldPageIsShownUntilTheNewOneCame() {
    const auto rows = std::make_shared<GeneratedRows>(10);
    RowTableModel model;
    model.setSource(rows);
    QTRY_VERIFY(model.row(0) != nullptr);
    rows->held = true;
    const qint64 before = rows->reads;
    model.sourceChanged();
    QVERIFY(model.row(0) != nullptr);
    rows->held = false;
    QTRY_VERIFY(rows->reads > before);
  }

  void anEditIsShownAtOnceAndAskedFor() {
    RowTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setFields(fields());
    model.setSource(std::make_shared<GeneratedRows>(10));
    QTRY_VERIFY(model.row(2) != nullptr);
    Row asked;
    connect(&model, &RowTableModel::editRequested, this, [&](const Row& row) { asked = row; });
    QVERIFY(model.setData(model.index(2, 4), QStringLiteral("1\"2")));
    QCOMPARE(asked.id, std::string("r2"));
    QCOMPARE(asked.label, std::string("{\"province\": \"云南省\", \"phone\": \"1\\\"2\"}"));
    QCOMPARE(model.index(2, 4).data().toString(), QStringLiteral("1\"2"));
    asked = {};
    QVERIFY(model.setData(model.index(2, 4), QStringLiteral("1\"2")));  // the same again is no change
    QVERIFY(asked.id.empty());
    model.setReadOnly(true);
    QVERIFY(!model.setData(model.index(2, 4), QStringLiteral("x")));
    QVERIFY(!(model.flags(model.index(2, 2)) & Qt::ItemIsEditable));
  }

  void problemsAreToldInWordsAndBesideTheirField() {
    RowTableModel model;
    model.setFields(fields());
    model.setSource(std::make_shared<GeneratedRows>(10));
    QTRY_VERIFY(model.row(2) != nullptr);
    QCOMPARE(model.index(2, 6).data().toString(), QStringLiteral("Phone number shape"));
    QVERIFY(model.index(2, 4).data(RowTableModel::ProblemFieldRole).toBool());
    QVERIFY(!model.index(2, 3).data(RowTableModel::ProblemFieldRole).toBool());
    QVERIFY(model.index(2, 6).data(Qt::ToolTipRole).toString().startsWith(QStringLiteral("phone: it hasn't")));
  }

  void aPageThatCannotBeReadIsTold() {
    const auto rows = std::make_shared<GeneratedRows>(10);
    rows->broken = true;
    RowTableModel model;
    QSignalSpy failed(&model, &RowTableModel::readFailed);
    model.setSource(rows);
    model.row(0);
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(failed.at(0).at(0).toString().contains(QStringLiteral("the disk is gone")));
  }
};

QTEST_MAIN(TestRowTableModel)
#include "tst_row_table_model.moc"
