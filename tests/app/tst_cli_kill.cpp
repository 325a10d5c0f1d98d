// kill -9 at random moments: whatever was going on, the run resumes to the same bits as one that was never killed.
// MINNOW_KILL_ROUNDS: how many runs are killed to pieces (1 in the default tests, many in the slow ones).
#include <algorithm>
#include <random>

#include "tests/app/cli_process.h"

using namespace minnow;
using namespace minnow::test;
namespace fs = std::filesystem;

namespace {

int rounds() {
  const QByteArray set = qgetenv("MINNOW_KILL_ROUNDS");
  return set.isEmpty() ? 1 : set.toInt();
}

/// What a run leaves that must not depend on kills: per log line what was computed (times, memory and speed aside), and
/// the final adapter and optimiser.
struct Traces {
  QStringList log;
  std::string adapter, moments;
  bool operator==(const Traces&) const = default;
};

Traces traces_of(const fs::path& run, const std::string& last) {
  Traces traces;
  LineReader reader(run / "logging.jsonl");
  for (std::string line; reader.next(line);) {
    const Json json = parse_json(line, "logging.jsonl");
    QString kept;
    for (const char* key : {"global_step/max_steps", "loss", "token_acc", "grad_norm", "learning_rate", "epoch",
                            "eval_loss", "eval_token_acc"}) {
      if (const auto found = json.find(key); found != json.end())
        kept += QString(key) + "=" + QString::fromStdString(found->dump()) + " ";
    }
    traces.log << kept;
  }
  traces.adapter = sha256_file(run / last / "adapter_model.safetensors");
  traces.moments = sha256_file(run / last / "optimizer.safetensors");
  return traces;
}

fs::path only_run(const fs::path& output) {
  fs::path newest;
  if (!fs::exists(output)) return newest;
  for (const auto& entry : fs::directory_iterator(output)) {
    if (entry.path().filename().string().rfind("v", 0) == 0 && entry.path() > newest) newest = entry.path();
  }
  return newest;
}

bool has_checkpoint(const fs::path& run) {
  for (const auto& entry : fs::directory_iterator(run)) {
    if (entry.path().filename().string().rfind("checkpoint-", 0) == 0) return true;
  }
  return false;
}

}  // namespace

class TestCliKill : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aKilledRunResumesToTheSameBits() {
    const Place place;
    place.rows("rows.jsonl", 60);
    const QStringList flags = training(
        place, {"--num_train_epochs", "4", "--save_steps", "2", "--save_total_limit", "2", "--learning_rate", "1e-3"});
    QElapsedTimer clock;
    clock.start();
    VERIFY_DONE(cli(flags));
    const auto whole_ms = static_cast<int>(clock.elapsed());
    const fs::path whole = only_run(place.file("output"));
    const std::string last = "checkpoint-48";  // 48 rows in fours, four times
    QVERIFY(fs::exists(whole / last));
    const Traces wanted = traces_of(whole, last);
    QVERIFY(wanted.log.size() >= 48);
    std::mt19937 random(static_cast<unsigned>(qEnvironmentVariableIntValue("MINNOW_KILL_SEED")));
    for (int round = 0; round < rounds(); ++round) {
      const fs::path output = place.file("output");
      fs::remove_all(output);
      int kills = 0, resumes = 0;
      for (bool done = false; !done;) {
        const fs::path run = only_run(output);
        const bool resume = !run.empty() && has_checkpoint(run);
        if (!run.empty() && !resume) fs::remove_all(run);
        QStringList line = flags;
        if (resume) line << "--resume_from_checkpoint" << QString::fromStdString(run.string());
        resumes += resume;
        QProcess child;
        child.start(MINNOW_CLI, line);
        // Anywhere between the start and a little after the end, until it has been killed often enough.
        if (kills < 6) {
          if (!child.waitForFinished(static_cast<int>(random() % static_cast<unsigned>(whole_ms * 5 / 4)))) {
            child.kill();  // SIGKILL
            ++kills;
          }
        }
        QVERIFY(child.state() == QProcess::NotRunning || child.waitForFinished(kPatience_ms));
        done = child.exitStatus() == QProcess::NormalExit;
        if (done)
          QVERIFY2(child.exitCode() == 0, child.readAllStandardError().constData());
        else
          QCOMPARE(child.error(), QProcess::Crashed);
      }
      const fs::path run = only_run(output);
      QCOMPARE(run.empty(), false);
      const Traces got = traces_of(run, last);
      qInfo("round %d: killed %d times, resumed %d times", round, kills, resumes);
      QCOMPARE(got.log, wanted.log);
      QCOMPARE(got.adapter, wanted.adapter);
      QCOMPARE(got.moments, wanted.moments);
      for (const auto& entry : fs::directory_iterator(run)) {
        QVERIFY2(entry.path().filename().string().front() != '.', entry.path().c_str());  // nothing half is left
      }
    }
  }

  void aKilledLabellingAsksOnlyWhatIsMissing() {
    const Place place;
    std::string raw;
    for (int i = 0; i < 60; ++i) raw += "road " + std::to_string(i) + "\n";
    place.write("raw.txt", raw);
    place.write("task.json", R"({"name": "roads", "fields": [{"key": "n"}], "detailed_prompt": "take the number"})");
    const QStringList line{"label",
                           "--teacher",
                           Place::golden("tiny-qwen3"),
                           "--data",
                           place.path("raw.txt"),
                           "--task",
                           place.path("task.json"),
                           "-o",
                           place.path("rows.jsonl"),
                           "--json",
                           "--max-new-tokens",
                           "60",
                           "--batch-size",
                           "2",
                           "--dtype",
                           "f32",
                           "--constrain-json"};
    QProcess child;
    child.start(MINNOW_CLI, line);
    const fs::path journal = place.file("rows.jsonl.journal");
    const auto answers = [&] {
      std::ifstream file(journal);
      return std::count(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>(), '\n');
    };
    QTRY_VERIFY_WITH_TIMEOUT(answers() >= 6 || child.state() == QProcess::NotRunning, kPatience_ms);
    child.kill();
    child.waitForFinished(kPatience_ms);
    const auto kept = answers();
    QVERIFY(kept >= 6);
    const Outcome rest = cli(line);
    VERIFY_DONE(rest);
    const Json report = json_lines(rest).back();
    QCOMPARE(report["from_journal"].get<std::int64_t>(), static_cast<std::int64_t>(kept));
    QCOMPARE(report["asked"].get<std::int64_t>() + report["from_journal"].get<std::int64_t>(), std::int64_t{60});
    QCOMPARE(report["failed"].get<int>(), 0);
  }
};

QTEST_GUILESS_MAIN(TestCliKill)
#include "tst_cli_kill.moc"
