// The second start of a program with OMP_WAIT_POLICY=passive, seen from outside: wait_policy_main is run as a child.
#include <QProcess>
#include <QTest>

class TestReexec : public QObject {
  Q_OBJECT

  struct Outcome {
    QString out, err;
    int code = -1;
  };

  // Runs the child in this environment, with the policy given or (null) unset.
  static Outcome run(const QString& policy, const QStringList& arguments = {}) {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove("OMP_WAIT_POLICY");
    if (!policy.isNull()) environment.insert("OMP_WAIT_POLICY", policy);
    environment.insert("OMP_DISPLAY_ENV", "true");  // libgomp prints what it has read
    QProcess child;
    child.setProcessEnvironment(environment);
    child.start(MINNOW_WAIT_POLICY_MAIN, arguments);
    if (!child.waitForFinished()) return {};
    return {QString::fromUtf8(child.readAllStandardOutput()), QString::fromUtf8(child.readAllStandardError()),
            child.exitCode()};
  }

 private Q_SLOTS:
  void anUnsetPolicyBecomesPassive() {
    const Outcome child = run({});
    QVERIFY2(child.out.startsWith("passive "), qPrintable(child.out));
    QVERIFY2(child.err.contains("OMP_WAIT_POLICY = 'PASSIVE'"), qPrintable(child.err));
  }

  void theUsersPolicyStays() {
    const Outcome child = run("active");
    QVERIFY2(child.out.startsWith("active "), qPrintable(child.out));
    QVERIFY2(child.err.contains("OMP_WAIT_POLICY = 'ACTIVE'"), qPrintable(child.err));
    QCOMPARE(child.err.count("OPENMP DISPLAY ENVIRONMENT BEGIN"), 1);
  }

  void nothingButTheFirstStartLoadsLibgomp() { QCOMPARE(run({}).err.count("OPENMP DISPLAY ENVIRONMENT BEGIN"), 1); }

  void largePagesAreAskedForUnlessTheUserTunesGlibc() {
    QVERIFY(run({}).out.contains("{glibc.malloc.hugetlb=1}"));
    qputenv("GLIBC_TUNABLES", "glibc.malloc.arena_max=4");
    const Outcome tuned = run({});
    qunsetenv("GLIBC_TUNABLES");
    QVERIFY2(tuned.out.contains("{glibc.malloc.arena_max=4}"), qPrintable(tuned.out));
    QVERIFY(tuned.out.startsWith("passive "));
  }

  void nameArgumentsAndExitCodeSurvive() {
    const Outcome child = run({}, {"one", "", "two words", QString::fromUtf8("小鱼")});
    QCOMPARE(
        child.out,
        QString::fromUtf8(
            "passive wait_policy_mai {glibc.malloc.hugetlb=1} [one] [] [two words] [小鱼]\n"));  // 15 bytes of name
    QCOMPARE(child.code, 5);
  }
};

QTEST_GUILESS_MAIN(TestReexec)
#include "tst_reexec.moc"
