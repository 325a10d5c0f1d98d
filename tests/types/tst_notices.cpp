// What core says: every code has its words in both languages, with the same arguments in them.
#include <QRegularExpression>
#include <QtTest>
#include <set>

#include "core/types/notice.h"

using namespace minnow;

class TestNotices : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyCodeSpeaksBothLanguages() {
    std::set<std::string> names;
    const std::vector<NoticeForm> forms = notice_forms();
    QVERIFY(forms.size() >= 30);
    QCOMPARE(static_cast<int>(forms.back().code), static_cast<int>(forms.size()));  // none is left out; as_said is 0
    for (const NoticeForm& form : forms) {
      const char* name = name_of(form.code);
      QVERIFY2(names.insert(name).second, name);
      Notice notice;
      notice.code = form.code;
      for (int i = 0; i < form.arguments; ++i) notice.args.push_back("<" + std::to_string(i + 1) + ">");
      const QString english = QString::fromStdString(text_of(notice)),
                    chinese = QString::fromStdString(text_of(notice, Language::chinese));
      QVERIFY2(!english.isEmpty() && english != chinese, name);
      QVERIFY2(chinese.contains(QRegularExpression(QStringLiteral("[\\x{4e00}-\\x{9fff}]"))), name);
      for (const std::string& arg : notice.args) QVERIFY2(english.contains(QString::fromStdString(arg)), name);
      for (const QString& text : {english, chinese})
        QVERIFY2(!text.contains(QRegularExpression(QStringLiteral("%[1-9]|[{}|]"))), qPrintable(text));
      // Chinese may leave an argument out, but asks for none that isn't there.
      notice.args.assign(9, "@");
      QVERIFY2(QString::fromStdString(text_of(notice, Language::chinese)).count('@') <= form.arguments, name);
      QVERIFY(notice_from(name, notice.args, "else") == notice);
    }
  }

  void oneIsSingular() {
    QVERIFY(text_of({NoticeCode::few_steps, {"1"}}).starts_with("1 step is too few"));
    QVERIFY(text_of({NoticeCode::few_steps, {"11"}}).starts_with("11 steps are too few"));
  }

  void anArgumentIsTakenAsItIs() {
    const std::string odd = "%1 {1|a|b} %2";
    QCOMPARE(text_of(Notice(odd)), odd);
    QVERIFY(text_of({NoticeCode::auto_few_rows, {odd}}).starts_with(odd));
  }

  void whatAnotherMinnowSaidIsKept() {
    const Notice unknown = notice_from("a_code_of_tomorrow", {"7"}, "7 of something");
    QVERIFY(unknown.code == NoticeCode::as_said);
    QCOMPARE(text_of(unknown, Language::chinese), std::string("7 of something"));
    QVERIFY(Notice().empty() && !unknown.empty());
    QVERIFY(!Notice(NoticeCode::run_slow_blas, {}).empty());
  }
};

QTEST_GUILESS_MAIN(TestNotices)
#include "tst_notices.moc"
