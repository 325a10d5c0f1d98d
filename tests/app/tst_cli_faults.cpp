// minnow-cli against a hostile machine: little memory, full and read-only disks, a folder that vanishes, a closed pipe,
// a project that another Minnow has open, Ctrl-C. Each ends in one sentence or cleanly, and loses nothing.
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "core/project/project.h"
#include "tests/app/cli_process.h"

using namespace minnow;
using namespace minnow::test;
namespace fs = std::filesystem;

namespace {

/// minnow-cli with at most so much address space.
Outcome cli_within(const QStringList& arguments, std::uint64_t address_space) {
  QProcess child;
  child.setChildProcessModifier([=] {
    const rlimit limit{address_space, address_space};
    ::setrlimit(RLIMIT_AS, &limit);
  });
  child.start(MINNOW_CLI, arguments);
  Outcome outcome;
  const bool ended = child.waitForFinished(kPatience_ms);
  if (ended && child.exitStatus() == QProcess::NormalExit) outcome.code = child.exitCode();
  outcome.out = QString::fromUtf8(child.readAllStandardOutput());
  outcome.err = QString::fromUtf8(child.readAllStandardError());
  return outcome;
}

/// The address space that the program has when it has done nothing yet, libtorch not loaded.
std::uint64_t idle_address_space() {
  QProcess child;
  child.start(MINNOW_CLI, {"inspect", "tokens", "--model", Place::golden("tiny-qwen3")});
  child.write("\"a\"\n");
  child.waitForBytesWritten();
  std::uint64_t pages = 0;
  if (child.waitForReadyRead(kPatience_ms)) {
    std::ifstream("/proc/" + std::to_string(child.processId()) + "/statm") >> pages;
  }
  child.closeWriteChannel();
  child.waitForFinished(kPatience_ms);
  return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

/// Whether this user may mount things in a namespace of his own.
bool can_mount() { return run_program("unshare", {"-Urm", "mount", "-t", "tmpfs", "none", "/mnt"}).code == 0; }
constexpr const char* kCantMount =
    "mounting in a user namespace isn't allowed here, so a full or read-only disk can't be made";

/// minnow-cli with /mnt mounted by `mount` (options of mount(8)); what it leaves in /mnt is listed on stdout.
Outcome cli_on_disk(const QString& mount, const QStringList& arguments) {
  QStringList quoted;
  for (const QString& argument : arguments) quoted << "'" + argument + "'";
  const QString script = "mount " + mount + " /mnt || exit 99; '" MINNOW_CLI "' " + quoted.join(' ') +
                         "; code=$?; find /mnt -type f; exit $code";
  return run_program("unshare", {"-Urm", "sh", "-c", script});
}

}  // namespace

class TestCliFaults : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { place_.rows(); }

  void tooLittleMemoryIsOneSentence_data() {
    QTest::addColumn<std::uint64_t>("more_mb");
    // Up to about 900 loading libtorch fails, then what it computes.
    for (const int mb : {8, 256, 640, 900, 950, 1000, 1100, 1250, 1400, 1600, 2000})
      QTest::addRow("%d MB beyond the start", mb) << static_cast<std::uint64_t>(mb);
  }
  void tooLittleMemoryIsOneSentence() {
    QFETCH(std::uint64_t, more_mb);
    static const std::uint64_t idle = idle_address_space();
    QVERIFY(idle > 0);
    const Outcome outcome = cli_within(training(place_, {"--max_steps", "2"}), idle + (more_mb << 20));
    if (outcome.code == 0) return;  // that was enough
    VERIFY_REFUSED(outcome, 5, "memory");
  }

  void noMoreThreadsAreOneSentence_data() {
    QTest::addColumn<int>("processes");
    for (const int n : {1, 2, 3}) QTest::addRow("at most %d", n) << n;
  }
  void noMoreThreadsAreOneSentence() {
    QFETCH(int, processes);
    if (std::thread::hardware_concurrency() < 2) QSKIP("one processor: no more threads are started");
    // Root has no such limit: nobody takes its place, who must be able to read the program and the model.
    const QStringList within{"prlimit", QStringLiteral("--nproc=%1:%1").arg(processes), MINNOW_CLI, "generate", "--model",
                             Place::golden("tiny-qwen3"), "--prompt", "a"};
    const bool root = ::geteuid() == 0;
    const QStringList nobody{"--reuid", "65534", "--regid", "65534", "--clear-groups"};
    if (root && run_program("setpriv", nobody + QStringList{"test", "-x", MINNOW_CLI}).code != 0)
      QSKIP("another user can't read the program here");
    const Outcome outcome =
        root ? run_program("setpriv", nobody + within) : run_program(within.first(), within.mid(1));
    if (outcome.code == 0) return;  // that was enough
    VERIFY_REFUSED(outcome, 5, "no more threads");
  }

  void aRunThatNeedsMoreThanThereIsIsRefusedWithFigures() {
    QStringList train = training(place_, {"--lora_rank", "1000000000"});
    train[train.indexOf("--output_dir") + 1] = place_.path("refused");
    VERIFY_REFUSED(cli(train), 5, "GB");
    QVERIFY(!fs::exists(place_.file("refused")));
  }

  void aFullDiskKeepsWhatWasThere() {
    if (!can_mount()) QSKIP(kCantMount);
    // The adapter and its optimiser don't fit: no half checkpoint may be there.
    QStringList train = training(place_, {"--max_steps", "4", "--save_steps", "1"});
    train[train.indexOf("--output_dir") + 1] = "/mnt/output";
    const Outcome outcome = cli_on_disk("-t tmpfs -o size=256k none", train);
    VERIFY_REFUSED(outcome, 4, "No space left");
    QVERIFY(outcome.err.contains("Free some space"));
    for (const QString& file : outcome.out.split('\n')) QVERIFY2(!file.contains("/checkpoint-"), qPrintable(file));
    const Outcome synth =
        cli_on_disk("-t tmpfs -o size=64k none", {"synth", "--count", "2000", "-o", "/mnt/rows.jsonl"});
    VERIFY_REFUSED(synth, 4, "No space left");
    QVERIFY2(!synth.out.contains("/mnt/"), qPrintable(synth.out));  // nothing half
    const Outcome merge =
        cli_on_disk("-t tmpfs -o size=128k none", {"merge", "--model", Place::golden("tiny-qwen3"), "--adapter",
                                                   Place::golden("lora_final"), "-o", "/mnt/merged"});
    VERIFY_REFUSED(merge, 4, "No space left");
    QVERIFY2(!merge.out.contains("/mnt/merged/"), qPrintable(merge.out));
  }

  void aReadOnlyFolderIsNamed_data() {
    QTest::addColumn<QStringList>("arguments");
    const QString tiny = Place::golden("tiny-qwen3");
    QStringList train = training(place_);
    train[train.indexOf("--output_dir") + 1] = "/mnt/output";
    QTest::newRow("train") << train;
    QTest::newRow("synth") << QStringList{"synth", "--count", "5", "-o", "/mnt/rows.jsonl"};
    QTest::newRow("import") << QStringList{"import", place_.path("rows.jsonl"), "-o", "/mnt/rows.jsonl"};
    QTest::newRow("split") << QStringList{"split", place_.path("rows.jsonl"), "-o", "/mnt/parts"};
    QTest::newRow("merge") << QStringList{"merge", "--model",    tiny, "--adapter", Place::golden("lora_final"),
                                          "-o",    "/mnt/merged"};
    QTest::newRow("project new") << QStringList{"project", "new", "/mnt/p", "--data", place_.path("rows.jsonl")};
    QTest::newRow("evaluate") << QStringList{"evaluate", "--model", tiny, "--data",     place_.path("rows.jsonl"),
                                             "--limit",  "1",       "-o", "/mnt/report"};
  }
  void aReadOnlyFolderIsNamed() {
    if (!can_mount()) QSKIP(kCantMount);
    QFETCH(QStringList, arguments);
    VERIFY_REFUSED(cli_on_disk("-t tmpfs -o ro none", arguments), 4, "Read-only");
  }

  void aFullOutputIsToldAndAClosedPipeIsNoCrash() {
    const Outcome full = run_program("sh", {"-c", QString("'%1' synth --count 200 -o - > /dev/full").arg(MINNOW_CLI)});
    VERIFY_REFUSED(full, 4, "No space left");
    const Outcome closed = run_program(
        "sh",
        {"-c", QString("('%1' synth --count 20000 -o -; echo code $? >&2) | head -n 1 > /dev/null").arg(MINNOW_CLI)});
    QVERIFY2(closed.err.contains("code 4") || closed.err.contains("code 0"), qPrintable(closed.err));
  }

  void aRunFolderThatVanishesEndsTheRunInASentence() {
    QProcess child;
    child.start(MINNOW_CLI, training(place_, {"--num_train_epochs", "500", "--save_steps", "3", "--json"}));
    QByteArray out;
    QTRY_VERIFY_WITH_TIMEOUT(
        (out += child.readAllStandardOutput()).contains("\"step\":4") || child.state() == QProcess::NotRunning,
        kPatience_ms);
    QVERIFY2(child.state() == QProcess::Running, child.readAllStandardError().constData());
    fs::rename(place_.file("output"), place_.file("vanished"));  // in one go; the run writes while a folder is removed
    QVERIFY(child.waitForFinished(kPatience_ms));
    Outcome outcome;
    if (child.exitStatus() == QProcess::NormalExit) outcome.code = child.exitCode();
    outcome.err = QString::fromUtf8(child.readAllStandardError());
    VERIFY_REFUSED(outcome, 4, "output");
  }

  void aProjectThatIsOpenElsewhereIsReadOnlyHere() {
    VERIFY_DONE(cli({"project", "new", place_.path("busy"), "--data", place_.path("rows.jsonl"), "--model",
                     Place::golden("tiny-qwen3")}));
    const auto held = Project::open(place_.file("busy"));
    QVERIFY(!held->is_read_only());
    const Outcome info = cli({"project", "info", place_.path("busy"), "--json"});
    VERIFY_DONE(info);
    QVERIFY(json_lines(info).back()["read_only"].get<std::string>().find("another Minnow") != std::string::npos);
    VERIFY_REFUSED(cli({"project", "import", place_.path("busy"), place_.path("rows.jsonl")}), 7, "another Minnow");
    VERIFY_REFUSED(cli({"project", "split", place_.path("busy")}), 7, "another Minnow");
    VERIFY_REFUSED(cli({"train", "--project", place_.path("busy")}), 7, "another Minnow");
    QCOMPARE(held->count(), std::int64_t{24});
    VERIFY_DONE(cli({"project", "export", place_.path("busy"), "-o", place_.path("out.jsonl")}));  // reading is allowed
  }

  void ctrlCKeepsTheWorkAndSaysHowToGoOn_data() {
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
  }
  void ctrlCKeepsTheWorkAndSaysHowToGoOn() {
    QFETCH(int, signal);
    QProcess child;
    child.start(MINNOW_CLI, training(place_, {"--num_train_epochs", "2000", "--save_steps", "100000", "--json"}));
    QByteArray out;
    QTRY_VERIFY_WITH_TIMEOUT(
        (out += child.readAllStandardOutput()).contains("\"step\":3") || child.state() == QProcess::NotRunning,
        kPatience_ms);
    QCOMPARE(child.state(), QProcess::Running);
    QElapsedTimer clock;
    clock.start();
    ::kill(static_cast<pid_t>(child.processId()), signal);
    QVERIFY(child.waitForFinished(kPatience_ms));
    QCOMPARE(child.exitStatus(), QProcess::NormalExit);
    QCOMPARE(child.exitCode(), 130);
    out += child.readAllStandardOutput();
    const Json report = parse_json(out.trimmed().split('\n').back().toStdString(), "stdout");
    QVERIFY(report["outcome"] == "stopped");
    QVERIFY(fs::exists(fs::path(report["last_checkpoint"].get<std::string>()) / "adapter_model.safetensors"));
  }

  void aStoppedOrPartialEvaluationLeavesTheRunsReportAlone() {
    const QString project = place_.path("judged");
    VERIFY_DONE(
        cli({"project", "new", project, "--data", place_.path("rows.jsonl"), "--model", Place::golden("tiny-qwen3")}));
    VERIFY_DONE(cli({"project", "split", project, "--validation", "4", "--test", "8"}));
    const Outcome trained = cli({"train", "--project", project, "--max_steps", "1", "--score_rows", "0", "--json"});
    VERIFY_DONE(trained);
    const fs::path run = json_lines(trained).back()["run_dir"].get<std::string>();
    const QStringList line{"evaluate", "--project", project, "--max-new-tokens", "4"};
    VERIFY_DONE(cli(line));
    const std::string report = read_file(run / "report.json"), labels = read_file(run / "predicted_labels.jsonl");
    const Outcome part = cli(line + QStringList{"--limit", "3"});
    VERIFY_DONE(part);
    QVERIFY2(part.err.contains("3 of 8 rows isn't kept"), qPrintable(part.err));
    QCOMPARE(read_file(run / "report.json"), report);
    QProcess child;
    child.start(MINNOW_CLI,
                {"evaluate", "--project", project, "--max-new-tokens", "20000", "--batch-size", "1", "--no-drafts"});
    QVERIFY(!child.waitForFinished(5000));  // it has begun by then, and is far from its end
    ::kill(static_cast<pid_t>(child.processId()), SIGINT);
    QVERIFY(child.waitForFinished(kPatience_ms));
    QCOMPARE(child.exitCode(), 130);
    QCOMPARE(read_file(run / "report.json"), report);
    QCOMPARE(read_file(run / "predicted_labels.jsonl"), labels);
  }

  void aRunGoesOnByItsFolderAlone() {
    QStringList first = training(place_, {"--max_steps", "2", "--lora_rank", "4", "--learning_rate", "3e-4", "--json"});
    first[first.indexOf("--output_dir") + 1] = place_.path("alone");
    const Outcome begun = cli(first);
    VERIFY_DONE(begun);
    const QString run = QString::fromStdString(json_lines(begun).back()["run_dir"].get<std::string>());
    const Outcome more = cli({"train", "--resume_from_checkpoint", run, "--max_steps", "3", "--json"});
    VERIFY_DONE(more);
    QCOMPARE(json_lines(more).back()["steps"].get<int>(), 3);
    QVERIFY2(more.err.contains("max_steps is 3 from here on"), qPrintable(more.err));
    const Json args = read_json_file(fs::path(run.toStdString()) / "args.json");
    QCOMPARE(args["lora_rank"].get<int>(), 4);
    QCOMPARE(args["learning_rate"].get<double>(), 3e-4);
    VERIFY_REFUSED(cli({"train", "--resume_from_checkpoint", run, "--lora_rank", "16"}), 2, "--lora_rank is 16");
    const auto held = FileLock::try_lock(fs::path(run.toStdString()) / "run.lock");
    VERIFY_REFUSED(cli({"train", "--resume_from_checkpoint", run, "--max_steps", "4"}), 7, "another Minnow");
  }

 private:
  Place place_;
};

QTEST_GUILESS_MAIN(TestCliFaults)
#include "tst_cli_faults.moc"
