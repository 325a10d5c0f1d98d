// The demo from outside. As a rule a very small one: every stage runs and leaves what it promises. With
// MINNOW_DEMO=full (the slow tests) the real one, with the figures that the README promises of it.
#include "tests/app/cli_process.h"

using namespace minnow;
using namespace minnow::test;
namespace fs = std::filesystem;

class TestCliDemo : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theDemoGoesAllTheWay() {
    const Place place;
    const bool full = qgetenv("MINNOW_DEMO") == "full";
    QStringList line{"demo", "--json", "--output", place.path("demo")};
    if (!full) line << QStringList{"--train-rows", "40", "--test-rows", "8", "--wild-rows", "4", "--epochs", "1"};
    QProcess child;
    child.start(MINNOW_CLI, line);
    QVERIFY(child.waitForFinished(full ? 3'000'000 : kPatience_ms));
    const Outcome outcome{child.exitCode(), QString::fromUtf8(child.readAllStandardOutput()),
                          QString::fromUtf8(child.readAllStandardError())};
    VERIFY_DONE(outcome);
    QVERIFY2(outcome.err.contains("The demo takes"), qPrintable(outcome.err));  // the expected time comes first
    const Json report = json_lines(outcome).back();
    for (const char* key : {"folder", "run_dir", "merged", "report_html"}) {
      QVERIFY2(fs::exists(fs::path(report[key].get<std::string>())), key);
    }
    for (const char* name : {"config.json", "model.safetensors", "tokenizer.json"}) {
      QVERIFY2(fs::exists(fs::path(report["merged"].get<std::string>()) / name), name);
    }
    QCOMPARE(report["before_exact"]["n"].get<int>(), full ? 400 : 8);
    if (!full) return;
    const auto percent = [&](const char* key) { return 100.0 * report[key]["share"].get<double>(); };
    qInfo("before %.1f %%, after %.1f %%, valid JSON %.1f %%, as people write %.1f %%, %.0f s", percent("before_exact"),
          percent("after_exact"), percent("after_valid_json"), percent("wild_exact"), report["seconds"].get<double>());
    QVERIFY(percent("before_exact") <= 20.0);
    QVERIFY(percent("after_exact") >= 98.0);
  }
};

QTEST_GUILESS_MAIN(TestCliDemo)
#include "tst_cli_demo.moc"
