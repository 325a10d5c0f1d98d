// report.html: what came from rows and models is escaped, nothing is fetched, both languages are whole, it prints.
#include <QCryptographicHash>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QtTest>

#include "core/evaluate/score.h"
#include "core/evaluate/summarize.h"
#include "core/io/file.h"
#include "core/report/html.h"
#include "core/types/error.h"

using namespace minnow;

namespace {

const std::string kAttack = "<script>alert(1)</script>\" onload='x' & \x01 \xff </textarea>";

Task task() {
  Task task;
  task.name = "orders " + kAttack;
  task.fields = {{"dish", FieldKind::verbatim, "", false}, {"count", FieldKind::number, "", false}};
  task.concise_prompt = "Pick " + kAttack;
  return task;
}

/// Rows of every outcome, `count` of each.
EvaluateReport report(int count = 1, bool attack = true) {
  const Task t = task();
  EvaluateReport r;
  r.task_name = t.name;
  r.data_name = "test " + kAttack;
  r.created = "2026-11-25T18:00:00+0000";
  r.machine = "CPU, f32";
  r.before.present = r.after.present = true;
  r.before.model = r.after.model = "model " + kAttack;
  r.after.adapter = "checkpoint " + kAttack;
  r.before.prompt = r.after.prompt = t.concise_prompt;
  const std::string label = R"({"dish": "宫保鸡丁", "count": "3"})", wrong = R"({"dish": "宫保鸡", "count": "4"})";
  const std::string no_json = attack ? kAttack : "no JSON";
  const auto add = [&](const std::string& name, const std::string& before, const std::string& after) {
    for (int i = 0; i < count; ++i) {
      EvaluatedRow row{name + std::to_string(i), "7号台3份宫保鸡丁 " + (attack ? kAttack : ""), label, {}, {}};
      row.before = {before, judge(t, row.input, label, before), false};
      row.after = {after, judge(t, row.input, label, after), false};
      r.details.push_back(row);
    }
  };
  add("fixed", no_json, label);
  add("broken", label, wrong);
  add("right", label, label);
  add("wrong", wrong, no_json);
  return summarize(t, std::move(r));
}

QString page(const EvaluateReport& r, Language language = Language::english, std::size_t max_rows = 2000) {
  ReportOptions options;
  options.language = language;
  options.max_rows = max_rows;
  for (int i = 0; i < 20; ++i) {
    CurvePoint point;
    point.step = i + 1;
    point.train_loss = 2.0 / (i + 1);
    if (i % 5 == 4) point.eval_loss = 2.2 / (i + 1);
    options.curves.push_back(point);
  }
  return QString::fromStdString(report_html(report_document(r, options)));
}

/// The first tag that isn't closed or opened as it should be; empty when the page is whole.
QString unbalanced(const QString& html) {
  static const QSet<QString> empty{"meta", "input", "br",   "hr",     "link", "img",
                                   "wbr",  "line",  "path", "circle", "rect", "polyline"};
  QString text = html;
  text.remove(QRegularExpression("<script>.*?</script>", QRegularExpression::DotMatchesEverythingOption));
  text.remove(QRegularExpression("<style>.*?</style>", QRegularExpression::DotMatchesEverythingOption));
  QStringList open;
  static const QRegularExpression tag("<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\"[^\"]*\"|[^\">])*)>");
  for (auto it = tag.globalMatch(text); it.hasNext();) {
    const auto match = it.next();
    const QString name = match.captured(2);
    if (match.captured(1).isEmpty()) {
      if (!match.captured(3).endsWith('/') && !empty.contains(name)) open << name;
    } else {
      if (empty.contains(name)) continue;
      if (open.isEmpty() || open.takeLast() != name)
        return "</" + name + "> near " + text.mid(match.capturedStart(), 80);
    }
  }
  return open.isEmpty() ? QString() : "<" + open.last() + ">";
}

}  // namespace

class TestHtml : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void languages_data() {
    QTest::addColumn<bool>("chinese");
    QTest::newRow("English") << false;
    QTest::newRow("Chinese") << true;
  }

  void whatRowsAndModelsWroteIsTextOnly_data() { languages_data(); }
  void whatRowsAndModelsWroteIsTextOnly() {
    QFETCH(bool, chinese);
    const QString html = page(report(), chinese ? Language::chinese : Language::english);
    QVERIFY(!html.contains("<script>alert"));
    QCOMPARE(html.count("<script"), 1);  // the page's own
    QVERIFY(!html.contains(" onload='"));
    QVERIFY(html.contains("&lt;script&gt;alert(1)"));
    QVERIFY(!html.contains(QChar(1)));
    QCOMPARE(unbalanced(html), QString());
  }

  void nothingIsFetched_data() { languages_data(); }
  void nothingIsFetched() {
    QFETCH(bool, chinese);
    const QString html = page(report(1, false), chinese ? Language::chinese : Language::english);
    for (const char* outside : {"http:", "https:", "src=", "@import", "url(", "<link", "<iframe", "<img", "<object",
                                "fetch(", "XMLHttpRequest"}) {
      // An SVG's name space is a name, not an address.
      QString text = html;
      text.remove("http://www.w3.org/2000/svg");
      QVERIFY2(!text.contains(outside), outside);
    }
    QVERIFY(html.contains("default-src 'none'"));
  }

  void thePolicyAllowsThePagesOwnScriptAlone() {
    const QString html = page(report());
    const auto script = QRegularExpression("<script>(.*?)</script>", QRegularExpression::DotMatchesEverythingOption)
                            .match(html)
                            .captured(1);
    QVERIFY(!script.isEmpty());
    const QByteArray hash = QCryptographicHash::hash(script.toUtf8(), QCryptographicHash::Sha256).toBase64();
    QVERIFY2(html.contains("script-src 'sha256-" + QString::fromLatin1(hash) + "'"), hash.constData());
  }

  void bothLanguagesHaveEveryPhrase() {
    const QString english = page(report(1, false)), chinese = page(report(1, false), Language::chinese);
    QVERIFY(english.contains("<html lang=\"en\">"));
    QVERIFY(chinese.contains("<html lang=\"zh-CN\">") || chinese.contains("<html lang=\"zh"));
    for (const char* phrase :
         {"Evaluation report", "Field by field", "What goes wrong", "Row by row", "The training run"}) {
      QVERIFY2(english.contains(phrase), phrase);
      QVERIFY2(!chinese.contains(phrase), phrase);
    }
    for (const QString& html : {english, chinese}) {
      QVERIFY(!html.contains(QRegularExpression("%[1-9]")));  // no phrase left open
      QVERIFY(html.contains("prefers-color-scheme") || html.contains("@media print"));
    }
  }

  void theFiguresAreThoseOfTheReport() {
    const EvaluateReport r = report(10, false);  // right before: broken, right; after: fixed, right
    QCOMPARE(r.before.exact.k, 20);
    QCOMPARE(r.after.exact.k, 20);
    const QString html = page(r);
    QCOMPARE(html.count("20 of 40 rows"), 2);
    QVERIFY(html.contains("<strong>"));
    QVERIFY(html.contains("data-filter"));
    for (const char* outcome : {"fixed", "broken", "right", "wrong"})
      QVERIFY2(html.contains("id=\"" + QString(outcome)), outcome);
  }

  void aPageOfOneSideOrOfNoRowsIsWholeToo() {
    EvaluateReport one = report(2, false);
    one.before.present = false;
    one = summarize(task(), std::move(one));
    QCOMPARE(unbalanced(page(one)), QString());
    EvaluateReport none;
    none.after.present = true;
    none = summarize(task(), std::move(none));
    const QString html = page(none);
    QCOMPARE(unbalanced(html), QString());
    QVERIFY(html.contains("There are no rows to judge."));
  }

  void whatIsLeftOutIsSaid() {
    const QString html = page(report(30, false), Language::english, 25);
    QCOMPARE(html.count("class=\"row"), 25);
    QVERIFY2(html.contains("95"), "the 95 rows that aren't there are counted");  // 120 - 25
    QVERIFY(html.contains("report.json"));
  }

  void itPrintsOnPaper() {
    const QString html = page(report(30, false));
    QVERIFY(html.contains("@page { size: A4"));
    QVERIFY(html.contains("print-only"));
    QVERIFY(html.contains(QRegularExpression("filters[^}]*display: none")));
  }

  void differencesAreMarkedByWhatAReaderSees() {
    const auto marked = [](const char* wanted, const char* given) {
      QString text;
      for (const Span& span : marked_value(wanted, given)) {
        const char* sign = span.style == Span::Style::added ? "+" : span.style == Span::Style::left_out ? "-" : "";
        text += sign + QString::fromStdString(span.text) + sign;
      }
      return text;
    };
    QCOMPARE(marked("宫保鸡丁", "宫保鸡"), QStringLiteral("宫保鸡-丁-"));
    QCOMPARE(marked("same", "same"), QStringLiteral("same"));
    QCOMPARE(marked("Main St", "Main  St").count("\u2423"), 1);  // a blank too many is seen
    // A letter with a combining mark is one character: it is replaced whole.
    QVERIFY2(marked("e\xCC\x81toile", "etoile").contains("+e+"), qPrintable(marked("e\xCC\x81toile", "etoile")));
    const QString html = page(report(1, false));
    QVERIFY(html.contains("宫保鸡<del>丁</del>"));
  }

  void theFileIsWrittenWholeOrNotAtAll() {
    const QTemporaryDir dir;
    const std::filesystem::path file = dir.filePath("report.html").toStdString();
    write_report_html(file, report());
    QCOMPARE(QString::fromStdString(read_file(file)), QString::fromStdString(report_html(report_document(report()))));
    QVERIFY_THROWS_EXCEPTION(Error, write_report_html("/proc/no/report.html", report()));
  }
};

QTEST_GUILESS_MAIN(TestHtml)
#include "tst_html.moc"
