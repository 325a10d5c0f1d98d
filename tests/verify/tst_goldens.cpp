// The engine against numbers of transformers and PEFT (tests/golden/README.md).
#include <QtTest>

#include "core/verify/goldens.h"

class TestGoldens : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void operationsAgreeWithDoublePrecision() { all(minnow::check_operations(options())); }
  void logitsAgree() { all(minnow::check_logits(options())); }
  void twentyTrainingStepsAgree() { all(minnow::check_lora_training(options())); }
  void decodingAgrees() { all(minnow::check_generation(options())); }
  void adaptersAndMergedFoldersAgree() { all(minnow::check_adapters(options())); }

 private:
  static minnow::GoldenOptions options() { return {MINNOW_GOLDEN_DIR, "cpu"}; }
  static void all(const std::vector<minnow::GoldenCheck>& checks) {
    QVERIFY(!checks.empty());
    for (const auto& check : checks) {
      qInfo("%s: %.3g (allowed %.3g)", check.name.c_str(), check.worst, check.allowed);
      QVERIFY2(check.ok(), check.name.c_str());
    }
  }
};

QTEST_GUILESS_MAIN(TestGoldens)
#include "tst_goldens.moc"
