// The stage Evaluate, fed by the recorded demo's report: every figure leads to its rows, differences are marked, and
// all of it can be taken along.
#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTextDocument>
#include <QTextLayout>
#include <thread>

#include "core/evaluate/compare.h"
#include "core/report/charts.h"
#include "core/report/figures.h"
#include "core/report/html.h"
#include "core/report/svg.h"
#include "core/train/run_folder.h"
#include "tests/widgets/recorded.h"
#include "widgets/common/message_bar.h"
#include "widgets/evaluate/compared_rows_model.h"
#include "widgets/evaluate/comparison_bars.h"
#include "widgets/evaluate/evaluate_page.h"
#include "widgets/evaluate/figure_painter.h"
#include "widgets/evaluate/report_pdf.h"
#include "widgets/evaluate/report_words.h"
#include "widgets/look/colors.h"
#include "widgets/look/look.h"

using namespace minnow;

namespace {

template <typename T>
T* child(QWidget& page, const char* name) {
  T* found = page.findChild<T*>(QLatin1String(name));
  if (found == nullptr) qFatal("no %s", name);
  return found;
}

std::shared_ptr<const EvaluateReport> report() { return std::make_shared<const EvaluateReport>(recorded::report()); }

/// Three rows by hand: fixed, broken, wrong both times.
std::vector<ComparedRow> threeRows() {
  std::vector<ComparedRow> rows(3);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].id = "r" + std::to_string(i + 1);
    rows[i].input = "input, \"" + std::to_string(i + 1) + "\"";
    rows[i].before_present = rows[i].after_present = rows[i].before_json = rows[i].after_json = true;
    ComparedField field;
    field.expected = "right";
    field.before.pieces = field.after.pieces = {{MarkedPiece::Kind::same, "right"}};
    rows[i].fields = {field, field};
  }
  rows[0].after_exact = true;
  rows[0].before_json = false;
  rows[0].before_text = "no\tjson\nat all";
  rows[0].fields[0].before.error = rows[0].fields[1].before.error = FieldError::bad_json;
  rows[0].fields[0].before.absent = rows[0].fields[1].before.absent = true;
  rows[1].before_exact = true;
  rows[1].fields[1].after.error = FieldError::cut_short;
  rows[1].fields[1].after.pieces = {{MarkedPiece::Kind::same, "rig"}, {MarkedPiece::Kind::left_out, "ht"}};
  rows[2].fields[0].before.error = FieldError::swapped;
  rows[2].fields[0].after.error = FieldError::too_long;
  rows[2].fields[0].after.pieces = {{MarkedPiece::Kind::same, "right"}, {MarkedPiece::Kind::added, "er"}};
  return rows;
}

}  // namespace

class TestEvaluatePage : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyLook(*qApp, Theme::light); }

  void theRowsAreAModelThatBehaves() {
    ComparedRowsModel model;
    ComparedRowsFilter filter(&model);
    QAbstractItemModelTester one(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QAbstractItemModelTester two(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRows(threeRows(), {"a", "b"});
    RowFilter f;
    f.outcome = RowOutcomeKind::broken;
    filter.setFilter(f);
    QCOMPARE(filter.rowCount(), 1);
    filter.setFilter({});
    QCOMPARE(filter.rowCount(), 3);
  }

  void eachFilterFindsItsRows() {
    const auto rows = threeRows();
    const auto found = [&](const RowFilter& f) {
      QString ids;
      for (const ComparedRow& row : rows) {
        if (ComparedRowsFilter::accepts(f, row)) ids += QString::fromStdString(row.id) + QLatin1Char(' ');
      }
      return ids.trimmed();
    };
    RowFilter f;
    f.outcome = RowOutcomeKind::fixed;
    QCOMPARE(found(f), QStringLiteral("r1"));
    f.outcome = RowOutcomeKind::wrong;
    QCOMPARE(found(f), QStringLiteral("r3"));
    f = {};
    f.field = 1;
    QCOMPARE(found(f), QStringLiteral("r2"));
    f.side = RowFilter::Side::before;
    QCOMPARE(found(f), QStringLiteral("r1"));
    f = {};
    f.error = FieldError::too_long;
    QCOMPARE(found(f), QStringLiteral("r3"));
    f.field = 1;
    QCOMPARE(found(f), QString());
    f = {};
    f.validJson = false;
    f.side = RowFilter::Side::before;
    QCOMPARE(found(f), QStringLiteral("r1"));
    f = {};
    f.exact = true;
    QCOMPARE(found(f), QStringLiteral("r1"));
    f = {};
    f.text = QStringLiteral("JSON AT");
    QCOMPARE(found(f), QString());
    f.text = QStringLiteral("at ALL");
    QCOMPARE(found(f), QStringLiteral("r1"));
  }

  void theHeadlineSaysBeforeAfterIntervalsAndTheTest() {
    const auto r = report();
    EvaluatePage page;
    page.resize(1072, 680);
    page.setReport(r, compared_rows(*r));
    page.show();
    QTest::qWait(50);
    QCOMPARE(child<QPushButton>(page, "exactAfterButton")->text(),
             QLocale().toString(100.0 * r->after.exact.value(), 'f', 1) + QStringLiteral(" %"));
    const QString interval = child<QLabel>(page, "exactIntervalLabel")->text().replace(QChar::Nbsp, QLatin1Char(' '));
    QVERIFY2(interval.contains(QStringLiteral("95 %: ")) && interval.contains(QString::number(r->after.exact.k)),
             qPrintable(interval));
    const QString pair = child<QLabel>(page, "pairedTestLabel")->text();
    QVERIFY2(pair.startsWith(QStringLiteral("%1 rows fixed, %2 broken; p ").arg(r->rows.fixed).arg(r->rows.broken)),
             qPrintable(pair));
  }

  void everyFigureLeadsToItsRows() {
    const auto r = report();
    EvaluatePage page;
    page.resize(1072, 680);
    page.setReport(r, compared_rows(*r));
    page.show();
    const auto rowsAfter = [&](const char* button) {
      child<QPushButton>(page, button)->click();
      return page.filtered()->rowCount();
    };
    QCOMPARE(rowsAfter("exactBeforeButton"), static_cast<int>(r->before.exact.k));
    QCOMPARE(rowsAfter("exactAfterButton"), static_cast<int>(r->after.exact.k));
    QCOMPARE(rowsAfter("jsonBeforeButton"), static_cast<int>(r->before.valid_json.k));
    QCOMPARE(rowsAfter("jsonAfterButton"), static_cast<int>(r->after.valid_json.k));
    QCOMPARE(rowsAfter("fixedButton"), static_cast<int>(r->rows.fixed));
    QCOMPARE(rowsAfter("brokenButton"), static_cast<int>(r->rows.broken));
    QVERIFY(child<QTableView>(page, "rowsTable")->isVisible());
    // Bars: rows wrong in a field are those that aren't right in it.
    auto* bars = child<ComparisonBars>(page, "fieldBars");
    for (int i = 0; i < static_cast<int>(r->field_keys.size()); ++i) {
      Q_EMIT bars->barChosen(i, ComparisonBars::Side::after);
      const Share& share = r->after.fields[static_cast<std::size_t>(i)];
      QCOMPARE(page.filtered()->rowCount(), static_cast<int>(share.n - share.k));
      Q_EMIT bars->barChosen(i, ComparisonBars::Side::before);
      const Share& before = r->before.fields[static_cast<std::size_t>(i)];
      QCOMPARE(page.filtered()->rowCount(), static_cast<int>(before.n - before.k));
    }
    QTest::qWait(50);
    child<QPushButton>(page, "clearFilterButton")->click();
    QCOMPARE(page.filtered()->rowCount(), static_cast<int>(r->details.size()));
  }

  void barsAreReachedByMouseAndByKeys() {
    ComparisonBars bars;
    ComparisonBars::Bar half{0.5, 0.4, 0.6, QStringLiteral("50 %"), true};
    bars.setRows({{QStringLiteral("a"), {}, half, half}, {QStringLiteral("b"), {}, std::nullopt, half}}, 1.0);
    bars.resize(360, 80);
    bars.show();
    QSignalSpy chosen(&bars, &ComparisonBars::barChosen);
    QTest::mouseClick(&bars, Qt::LeftButton, {}, bars.barRect(0, ComparisonBars::Side::before).center());
    QTest::mouseClick(&bars, Qt::LeftButton, {}, bars.barRect(1, ComparisonBars::Side::after).center());
    QCOMPARE(chosen.count(), 2);
    QCOMPARE(chosen[0][0].toInt(), 0);
    QCOMPARE(chosen[0][1].value<ComparisonBars::Side>(), ComparisonBars::Side::before);
    QCOMPARE(chosen[1][0].toInt(), 1);
    bars.setFocus();
    QTest::keyClick(&bars, Qt::Key_Down);
    QTest::keyClick(&bars, Qt::Key_Down);
    QTest::keyClick(&bars, Qt::Key_Return);
    QCOMPARE(chosen.last()[0].toInt(), 1);
    QCOMPARE(chosen.last()[1].value<ComparisonBars::Side>(), ComparisonBars::Side::after);
    QVERIFY(bars.accessibleDescription().contains(QStringLiteral("a: 50 % → 50 %")));
  }

  void allBarsAreSeenAtEveryHeight() {
    for (int height = 560; height <= 800; height += 16) {
      QStackedWidget window;
      auto* page = new EvaluatePage;
      window.addWidget(new QWidget);
      window.addWidget(page);
      window.resize(1072, height);
      window.show();
      window.setCurrentIndex(1);
      window.setCurrentIndex(0);
      page->setReport(report(), compared_rows(*report()));  // while another page is seen
      window.setCurrentIndex(1);
      for (const char* name : {"fieldBars", "errorBars"}) {
        auto* bars = child<ComparisonBars>(*page, name);
        QTRY_VERIFY2(bars->isVisible() && bars->height() >= bars->sizeHint().height(),
                     qPrintable(QStringLiteral("%1 at %2: %3 of %4")
                                    .arg(QLatin1String(name))
                                    .arg(height)
                                    .arg(bars->height())
                                    .arg(bars->sizeHint().height())));
      }
    }
  }

  void differencesAreMarkedInTheTable() {
    EvaluatePage page;
    page.resize(1072, 680);
    auto r = std::make_shared<EvaluateReport>();
    r->field_keys = {"a", "b"};
    r->before.present = r->after.present = true;
    r->before.fields.resize(2);
    r->after.fields.resize(2);
    page.setReport(r, threeRows());
    page.show();
    const auto marks = [&](const RowFilter& f, const QColor& color) {
      page.showRows(f);
      QTest::qWait(20);
      const QImage image = child<QTableView>(page, "rowsTable")->grab().toImage();
      int n = 0;
      for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) n += image.pixelColor(x, y) == color;
      return n;
    };
    const Colors& c = lightColors();
    RowFilter wrong, broken, fixed;
    wrong.outcome = RowOutcomeKind::wrong;
    broken.outcome = RowOutcomeKind::broken;
    fixed.outcome = RowOutcomeKind::fixed;
    QVERIFY(marks(wrong, c.added) > 20);
    QCOMPARE(marks(wrong, c.removed), 0);
    QVERIFY(marks(broken, c.removed) > 20);
    QCOMPARE(marks(broken, c.added), 0);
    QCOMPARE(marks(fixed, c.added) + marks(fixed, c.removed), 0);
  }

  void aLineIsCutOnlyWhereTheTextHasNoRoom() {
    EvaluatePage page;
    page.resize(1072, 680);
    auto r = std::make_shared<EvaluateReport>();
    r->field_keys = {"a", "b", "c"};
    r->before.present = r->after.present = true;
    r->before.fields.resize(3);
    r->after.fields.resize(3);
    page.show();
    const auto firstLine = [&](const QString& input) {
      std::vector<ComparedRow> rows = threeRows();
      rows[0].input = input.toStdString();
      page.setReport(r, rows);
      page.showRows({});
      auto* table = child<QTableView>(page, "rowsTable");
      const QRect cell = table->visualRect(table->model()->index(0, ComparedRowsModel::InputColumn));
      return table->viewport()->grab(QRect(cell.topLeft(), QSize(cell.width(), 8 + table->fontMetrics().height())));
    };
    const auto* table = child<QTableView>(page, "rowsTable");
    for (int i = 1; i < 20; ++i) {  // the line ends at another place each time
      const QString text =
          QString(i, QLatin1Char('i')) + QString::fromUtf8("收货人宰笛 , 电话号码是025-8441096 , 广州市东区");
      QTextLayout layout(text, table->font());
      QTextOption option;
      option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
      layout.setTextOption(option);
      layout.beginLayout();
      QTextLine line = layout.createLine();
      line.setLineWidth(firstLine(text).width() - 2 * 8);  // the delegate's margins
      layout.endLayout();
      QVERIFY(line.textLength() < text.size());
      QCOMPARE(firstLine(text).toImage(), firstLine(text.left(line.textLength()).trimmed()).toImage());
    }
  }

  void rowsAreCopiedAndSavedWhole() {
    ComparedRowsModel model;
    model.setRows(threeRows(), {"a", "b"});
    const QList<QByteArray> tsv = comparedRowsTable(model, {0, 1, 2}, '\t').split('\n');
    QCOMPARE(tsv[0], QByteArray("id\toutcome\tinput\ta expected\tb expected\ta before\tb before\ta after\tb after"));
    QCOMPARE(tsv[1], QByteArray("r1\tfixed\tinput, \"1\"\tright\tright\tno json at all\t\tright\tright"));
    QCOMPARE(tsv[2], QByteArray("r2\tbroken\tinput, \"2\"\tright\tright\tright\tright\tright\trig"));
    const QByteArray csv = comparedRowsTable(model, {2}, ',');
    QVERIFY2(csv.contains("r3,still_wrong,\"input, \"\"3\"\"\",right"), csv.constData());
    const QJsonObject line = QJsonDocument::fromJson(comparedRowsJsonl(model, {1}).trimmed()).object();
    QCOMPARE(line[QStringLiteral("after")][QStringLiteral("b")].toString(), QStringLiteral("rig"));
    QCOMPARE(line[QStringLiteral("outcome")].toString(), QStringLiteral("broken"));
  }

  void copyTakesTheRowsShown() {
    const auto r = report();
    EvaluatePage page;
    page.setReport(r, compared_rows(*r));
    page.show();
    RowFilter f;
    f.exact = true;
    page.showRows(f);
    child<QPushButton>(page, "copyRowsButton")->click();
    QCOMPARE(QGuiApplication::clipboard()->text().count(QLatin1Char('\n')), static_cast<int>(r->after.exact.k) + 1);
  }

  void theSearchNarrowsWithinTheFilter() {
    const auto r = report();
    EvaluatePage page;
    page.setReport(r, compared_rows(*r));
    page.show();
    child<QPushButton>(page, "fixedButton")->click();
    const int all = page.filtered()->rowCount();
    QTest::keyClicks(child<QLineEdit>(page, "rowSearchEdit"), QStringLiteral("zzzz-nowhere"));
    QCOMPARE(page.filtered()->rowCount(), 0);
    child<QLineEdit>(page, "rowSearchEdit")->clear();
    QCOMPARE(page.filtered()->rowCount(), all);
  }

  void thePdfIsOneWithPages() {
    ReportOptions options;
    options.paper = true;
    options.max_rows = 60;
    QTest::failOnWarning(QRegularExpression(QStringLiteral("QBasicTimer")));
    QByteArray bytes;  // off the GUI thread, as the window does it
    std::thread([&] { bytes = reportPdf(report_document(*report(), options)); }).join();
    QVERIFY(bytes.startsWith("%PDF-"));
    // Rows in nine points; shrunk to six they take two thirds of the pages.
    const auto pages = bytes.count("/Type /Page\n");
    QVERIFY2(pages >= 6, qPrintable(QString::number(pages)));
    QVERIFY(bytes.size() > 10000);
  }

  void thePaperSaysWhatThePageSays_data() {
    QTest::addColumn<bool>("chinese");
    QTest::newRow("English") << false;
    QTest::newRow("Chinese") << true;
  }
  void thePaperSaysWhatThePageSays() {
    QFETCH(bool, chinese);
    ReportOptions options;
    options.language = chinese ? Language::chinese : Language::english;
    options.curves = recorded::run().verdict.best_step > 0 ? curve_of(read_log(recorded::folder())) : options.curves;
    const ReportDocument document = report_document(*report(), options);
    const QString page = QString::fromStdString(report_html(document));
    const QString paper = paperDocument(document)->toPlainText();
    int said = 0;
    for (const ReportSection& section : document.sections) {
      QVERIFY(page.contains(QString::fromStdString(section.heading)));
      QVERIFY2(paper.contains(QString::fromStdString(section.heading)), section.heading.c_str());
      for (const ReportBlock& block : section.blocks) {
        const auto* paragraph = std::get_if<Paragraph>(&block);
        if (paragraph == nullptr || paragraph->spans.size() != 1) continue;
        const QString text = QString::fromStdString(paragraph->spans[0].text);
        QVERIFY2(page.contains(text.toHtmlEscaped().replace(QLatin1Char('\''), QStringLiteral("&#39;"))),
                 qPrintable(text));
        QVERIFY2(paper.contains(text), qPrintable(text));
        ++said;
      }
    }
    QVERIFY(said >= 6);
    QVERIFY(paper.contains(QString::fromStdString(finding_sentence(*report(), options.language))));
  }

  void aFigureIsTheSameByEveryPainter() {
    Chart chart{"train/loss", {}, {}, true};
    for (int i = 1; i <= 50; ++i) {
      chart.step.push_back(i);
      chart.value.push_back(2.0 / i + (i % 2) * 0.1);
    }
    const Figure figure = chart_figure(chart);
    QImage painted(int(figure.width), int(figure.height), QImage::Format_RGB32);
    painted.fill(Qt::white);
    QPainter painter(&painted);
    paintFigure(painter, figure);
    painter.end();
    const QImage drawn = QImage::fromData(QByteArray::fromStdString(figure_png(figure)), "PNG");
    QCOMPARE(drawn.size(), painted.size());
    const auto colored = [](const QImage& image, MarkRole role) {
      QRect place;
      for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
          if ((image.pixel(x, y) & 0xFFFFFF) == static_cast<QRgb>(look_of(role).stroke)) place |= QRect(x, y, 1, 1);
      return place;
    };
    for (const MarkRole role : {MarkRole::base, MarkRole::grid, MarkRole::scalar}) {
      const QRect one = colored(painted, role), other = colored(drawn, role);
      QVERIFY(one.width() > 100);
      for (const int difference : {one.left() - other.left(), one.top() - other.top(), one.right() - other.right(),
                                   one.bottom() - other.bottom()})
        QVERIFY2(std::abs(difference) <= 4, look_of(role).css);
    }
    const QString svg = QString::fromStdString(svg_element(figure));
    QCOMPARE(svg.count(QStringLiteral("class=\"scalar\"")), 2);  // the curve and its sign in the legend
    QVERIFY(svg.contains(QStringLiteral("train/loss")));
  }

  void thePairedTestIsSaidInWords() {
    EvaluateReport report;
    report.before.present = report.after.present = true;
    report.details.resize(400);
    report.after.exact = {378, 400, 0.92, 0.96};
    report.rows = {378, 2, 1e-9};
    QCOMPARE(report_words::pair(report.rows), QStringLiteral("378 rows fixed, 2 broken; p < 0.001."));
    const auto finding = [&] { return report_words::finding(report); };
    QVERIFY2(finding().contains(QStringLiteral("more often, by +9")), qPrintable(finding()));
    report.rows = {2, 378, 1e-9};
    QVERIFY2(finding().contains(QStringLiteral("less often, by \u2212")), qPrintable(finding()));
    report.rows = {3, 2, 0.9};
    QVERIFY2(finding().contains(QStringLiteral("chance")), qPrintable(finding()));
  }

  void nothingLearnedLeadsBackToTrain() {
    auto report = std::make_shared<EvaluateReport>();
    report->before.present = report->after.present = true;
    report->details.resize(60);
    report->before.exact = report->after.exact = {0, 60, 0.0, 0.06};
    EvaluatePage page;
    page.setReport(report, {});
    page.setNextIsTry(true);
    QVERIFY(report_words::finding(*report).contains(QStringLiteral("has not learned the task")));
    QCOMPARE(page.primaryButton()->text(), QStringLiteral("Back to Train"));
    QSignalSpy back(&page, &EvaluatePage::trainRequested), onward(&page, &EvaluatePage::tryRequested);
    page.primaryButton()->click();
    QCOMPARE(back.size(), 1);
    QCOMPARE(onward.size(), 0);
  }

  void oneSideAloneShowsNoPair() {
    auto r = std::make_shared<EvaluateReport>(recorded::report());
    r->before = {};
    EvaluatePage page;
    page.setReport(r, compared_rows(*r));
    page.show();
    QVERIFY(!child<QPushButton>(page, "exactBeforeButton")->isVisible());
    QVERIFY(!child<QPushButton>(page, "fixedButton")->isVisible());
    QVERIFY(child<QPushButton>(page, "exactAfterButton")->isVisible());
  }

  void runningShowsProgressAndCancel() {
    EvaluatePage page;
    page.setRowSources({{QStringLiteral("test"), 400}, {QStringLiteral("validation"), 200}});
    page.show();
    QSignalSpy wanted(&page, &EvaluatePage::evaluateRequested);
    child<QPushButton>(page, "primaryButton")->click();
    QCOMPARE(wanted[0][0].toString(), QStringLiteral("test"));
    auto* title = child<QLabel>(page, "emptyTitleLabel");
    const QString before = title->text();
    page.setRunning(true);
    page.setProgress({"evaluating (tuned)", "rows", 500, 800}, 12.0);
    const QString text = child<QLabel>(page, "evaluateProgressLabel")->text();
    QVERIFY2(text.contains(QStringLiteral("500 of 800")) && text.contains(QStringLiteral("0:12")), qPrintable(text));
    QSignalSpy cancelled(&page, &EvaluatePage::cancelRequested);
    QVERIFY(title->text() != before);  // no longer "no report yet"
    child<QPushButton>(page, "cancelEvaluateButton")->click();
    QCOMPARE(cancelled.count(), 1);
    page.setRunning(false);
    QVERIFY(child<QPushButton>(page, "primaryButton")->isVisible());
  }
};

QTEST_MAIN(TestEvaluatePage)
#include "tst_evaluate_page.moc"
