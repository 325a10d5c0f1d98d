// A project from import to export, on a task of three fields; opened twice; a million rows; full and read-only disks.
#include <sys/resource.h>
#include <unistd.h>

#include <QtTest>
#include <thread>

#include "core/data/load.h"
#include "core/data/row_json.h"
#include "core/project/project.h"
#include "core/types/error.h"
#include "tests/data/scratch.h"

using minnow::FieldKind;
using minnow::Project;
using minnow::ProjectSettings;
using minnow::Row;
using minnow::RowState;
using minnow::Split;

namespace {

ProjectSettings order_settings() {
  ProjectSettings settings;
  settings.task.name = "orders";
  settings.task.fields = {{"dish", FieldKind::verbatim, "菜名", false},
                          {"count", FieldKind::number, "份数", false},
                          {"when", FieldKind::date, "日期", true}};
  settings.task.concise_prompt = "Pick out the order.";
  return settings;
}

std::string order_label(const std::string& dish, int count) {
  return "{\"dish\": \"" + dish + "\", \"count\": \"" + std::to_string(count) + "\", \"when\": \"\"}";
}

/// A table of orders, all different but for every tenth, which repeats the one before it with another full stop.
std::string order_table(int rows) {
  static const char* dishes[] = {"宫保鸡丁", "鱼香肉丝", "麻婆豆腐", "红烧排骨", "清蒸鲈鱼", "干煸四季豆", "水煮牛肉"};
  static const char* guests[] = {"张伟",   "欧阳娜娜", "李小龙", "王芳芳", "赵子龙", "次仁卓玛",
                                 "慕容雪", "司马光",   "诸葛亮", "孙悟空", "林黛玉"};
  std::string text = "原文,菜名,份数,日期\n";
  std::string last;
  for (int i = 0; i < rows; ++i) {
    const std::string dish = dishes[i % 7];
    const int count = 1 + i % 9;
    std::string line = std::string(guests[i % 11]) + std::to_string(i * 7919) + "号台来" + std::to_string(count) +
                       "份" + dish + "，备注" + std::to_string(i * 104729 % 1000003) + guests[(i / 11) % 11];
    if (i % 10 == 9) {
      text += last.substr(0, last.find(',')) + "。" + last.substr(last.find(','));
      continue;
    }
    last = line + "," + dish + "," + std::to_string(count) + ",\n";
    text += last;
  }
  return text;
}

long resident_kilobytes() {
  std::ifstream status("/proc/self/statm");
  long size = 0, resident = 0;
  status >> size >> resident;
  return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

QByteArray state_of(const Project& project) {
  std::string text;
  for (const Row& row : project.rows(0, project.count())) text += minnow::row_line(row) + "\n";
  return QByteArray::fromStdString(text);
}

}  // namespace

class TestProject : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theJourneyOfAThreeFieldTask() {
    const Scratch scratch;
    const auto project = Project::create(scratch.file("p"), order_settings());
    QVERIFY(!project->is_read_only());
    const auto report = project->import_file(scratch.file("orders.csv", order_table(500)));
    QCOMPARE(report.rows, std::int64_t{500});
    QCOMPARE(report.labelled, std::int64_t{500});
    QCOMPARE(project->count(), std::int64_t{500});
    QCOMPARE(QByteArray::fromStdString(project->rows(0, 1).at(0).label),
             QByteArray::fromStdString(order_label("宫保鸡丁", 1)));

    // Nearly the same rows stay on one side, so the audit finds no leak.
    Project::SplitWish wish;
    wish.options.validation = {40, 0.0};
    wish.options.test = {60, 0.0};
    const auto split = project->split(wish);
    QCOMPARE(split.validation, std::int64_t{40});
    QCOMPARE(split.test, std::int64_t{60});
    QCOMPARE(project->audit().rows_with_problems, std::int64_t{0});

    // Broken by hand: one label, one leak.
    Row test_row, train_row;
    project->for_each([&](std::int64_t, const Row& row) {
      if (row.split == Split::test) test_row = row;
      if (row.split == Split::train) train_row = row;
      return true;
    });
    test_row.input = train_row.input + "！";
    test_row.label = "{\"dish\": \"没有的菜\"}";
    project->edit({test_row});
    const auto audit = project->audit();
    QCOMPARE(audit.counts,
             (std::map<std::string, std::int64_t>{{"leakage", 1}, {"missing_key", 1}, {"value_not_in_input", 1}}));
    QCOMPARE(project->find(test_row.id)->problems.size(), std::size_t{4});  // two keys are missing

    const auto file = scratch.file("train.jsonl");
    QCOMPARE(project->export_messages(file, Split::train), std::int64_t{400});
    const auto conversations = minnow::load_conversations(file);
    QCOMPARE(conversations.size(), std::size_t{400});
    QCOMPARE(conversations[0].messages.at(0).content, std::string("Pick out the order."));
    QCOMPARE(conversations[0].messages.size(), std::size_t{3});
    QCOMPARE(project->conversations(Split::test).size(), std::size_t{60});
    QCOMPARE(project->conversations(Split::none).size(), std::size_t{500});
  }

  void aProjectComesBackAsItWas() {
    const Scratch scratch;
    QByteArray state;
    {
      const auto project = Project::create(scratch.file("p"), order_settings());
      project->import_file(scratch.file("orders.csv", order_table(50)));
      Row row = project->rows(3, 1).at(0);
      row.input = "改过的";
      project->edit({row}, {"r7"});
      project->edit({Row{}});
      project->record_label({"r2", order_label("x", 1), RowState::needs_review, {}, "teacher:t", nullptr});
      auto settings = project->settings();
      settings.recipe = "quick";
      project->save_settings(settings);
      state = state_of(*project);
    }
    const auto project = Project::open(scratch.file("p"));
    QCOMPARE(state_of(*project), state);
    QCOMPARE(project->settings().recipe, std::string("quick"));
    QVERIFY(project->can_undo());
    project->undo();
    project->undo();
    QVERIFY(project->find("r7"));
    QVERIFY(project->problems().empty());
  }

  void editsFindTheirOwnProblems() {
    const Scratch scratch;
    const auto project = Project::create(scratch.file("p"), order_settings());
    Row row;
    row.input = "一份面";
    row.label = order_label("饭", 1);
    const auto ids = project->edit({row});
    QCOMPARE(ids, std::vector<std::string>{"r1"});
    QCOMPARE(project->find("r1")->problems.at(0).code, std::string("value_not_in_input"));
    QVERIFY(project->find("r1")->state == RowState::labelled);
    row = *project->find("r1");
    row.label = order_label("面", 1);
    project->edit({row});
    QVERIFY(project->find("r1")->problems.empty());
    QVERIFY(project->revision() > 1);
  }

  void aSecondMinnowReadsAndSaysSo() {
    const Scratch scratch;
    auto first = Project::create(scratch.file("p"), order_settings());
    first->import_file(scratch.file("orders.csv", order_table(20)));
    const auto second = Project::open(scratch.file("p"));
    QVERIFY(second->is_read_only());
    QVERIFY2(second->read_only_reason().find("another Minnow") != std::string::npos,
             second->read_only_reason().c_str());
    QCOMPARE(state_of(*second), state_of(*first));
    try {
      second->edit({Row{}});
      QFAIL("a read-only project was changed");
    } catch (const minnow::Error& error) {
      QVERIFY(error.kind() == minnow::ErrorKind::busy);
    }
    QVERIFY(!sentence_of([&] { second->import_file(scratch.file("orders.csv")); }).empty());
    QCOMPARE(second->audit().rows, std::int64_t{20});  // looking is allowed; nothing is stored
    first.reset();
    QVERIFY(!Project::open(scratch.file("p"))->is_read_only());
  }

  void aFolderWithoutPermissionOpensReadOnly() {
    const Scratch scratch;
    Project::create(scratch.file("p"), order_settings());
    minnow::io::set_write_fault([](const std::filesystem::path&, std::int64_t) { return EROFS; });
    const auto project = Project::open(scratch.file("p"));
    minnow::io::set_write_fault({});
    QVERIFY(project->is_read_only());
    QVERIFY(!project->read_only_reason().empty());
    try {
      project->edit({Row{}});
      QFAIL("a read-only project was changed");
    } catch (const minnow::Error& error) {
      QVERIFY(error.kind() == minnow::ErrorKind::read_only);
    }
  }

  void aFullDiskDuringAnImportChangesNothing() {
    const Scratch scratch;
    const auto project = Project::create(scratch.file("p"), order_settings());
    project->import_file(scratch.file("orders.csv", order_table(20)));
    const auto before = state_of(*project);
    bool imported = false;
    for (std::int64_t nth = 1; nth < 40 && !imported; ++nth) {
      minnow::io::set_write_fault(
          [nth](const std::filesystem::path&, std::int64_t n) { return n >= nth ? ENOSPC : 0; });
      try {
        minnow::ImportOptions again;
        again.again = true;
        project->import_file(scratch.file("orders.csv"), again);
        imported = true;
      } catch (const minnow::Error& error) {
        QVERIFY(error.kind() == minnow::ErrorKind::disk_full);
        if (project->count() == 40) imported = true;  // it failed after the rows were in
      }
      minnow::io::set_write_fault({});
      if (!imported) QCOMPARE(state_of(*project), before);
    }
    QVERIFY(imported);
    QCOMPARE(project->count(), std::int64_t{40});
  }

  void setAsideLinesStandInTheProject() {
    const Scratch scratch;
    const auto project = Project::create(scratch.file("p"), order_settings());
    const auto report = project->import_file(scratch.file("r.jsonl", "{\"query\":\"q\"}\n{broken\n[1]\n"));
    QCOMPARE(report.rows, std::int64_t{1});
    QCOMPARE(report.set_aside_count, std::int64_t{2});
    minnow::LineReader lines(scratch.file("p") / "data" / "set_aside.jsonl");
    std::string line;
    QVERIFY(lines.next(line));
    const auto entry = minnow::parse_json(line, "test");
    QCOMPARE(entry["line"].get<int>(), 2);
    QCOMPARE(entry["text"].get<std::string>(), std::string("{broken"));
  }

  void aStoppedImportAddsNothing() {
    const Scratch scratch;
    const auto project = Project::create(scratch.file("p"), order_settings());
    project->import_file(scratch.file("orders.csv", order_table(20)));
    const auto before = state_of(*project);
    std::stop_source stop;
    std::string text = "\xff\n";
    for (int i = 0; i < 5000; ++i) text += "line " + std::to_string(i) + "\n";
    const auto file = scratch.file("r.txt", text);
    const auto report = project->import_file(
        file, {}, [&](const minnow::Progress&) { stop.request_stop(); }, stop.get_token());
    QVERIFY(report.stopped);
    QCOMPARE(report.rows, std::int64_t{0});
    QCOMPARE(state_of(*project), before);
    QCOMPARE(std::filesystem::file_size(scratch.file("p") / "data" / "set_aside.jsonl"), std::uintmax_t{0});
    QCOMPARE(project->import_file(file).rows, std::int64_t{5000});  // and the same line again doubles nothing
    QCOMPARE(project->count(), std::int64_t{5020});
    QVERIFY(project->audit({}, true, {}, stop.get_token()).stopped);
    QCOMPARE(project->split({}, {}, stop.get_token()).train, std::int64_t{0});
  }

  void theSameFileTwiceIsNoticed() {
    const Scratch scratch;
    const auto project = Project::create(scratch.file("p"), order_settings());
    const auto file = scratch.file("orders.csv", order_table(20));
    project->import_file(file);
    auto report = project->import_file(file);
    QCOMPARE(report.rows, std::int64_t{0});
    QCOMPARE(report.already_there, std::int64_t{20});
    QCOMPARE(project->count(), std::int64_t{20});
    report = project->import_file(scratch.file("grown.csv", order_table(25)));  // the new rows alone
    QCOMPARE(report.rows, std::int64_t{5});
    QCOMPARE(report.labelled, std::int64_t{5});
    // Another label for the same input is another row; no label is none.
    const std::string input = project->rows(0, 1).front().input;
    report = project->import_file(scratch.file("r.jsonl", "{\"query\": \"" + input + "\", \"response\": \"other\"}\n" +
                                                               "{\"query\": \"" + input + "\"}\n"));
    QCOMPARE(report.rows, std::int64_t{1});
    QCOMPARE(report.already_there, std::int64_t{1});
    minnow::ImportOptions again;
    again.again = true;
    QCOMPARE(project->import_file(file, again).rows, std::int64_t{20});
    QCOMPARE(project->count(), std::int64_t{46});
  }

  void readersAreServedWhileAnImportRuns() {
    const Scratch scratch;
    const auto project = Project::create(scratch.file("p"), order_settings());
    project->import_file(scratch.file("orders.csv", order_table(30)));
    bool served = false, refused = false;
    project->import_file(scratch.file("more.csv", order_table(3000)), {}, [&](const minnow::Progress&) {
      std::thread reader([&] {
        served = project->rows(0, 100).size() == 30;
        try {
          project->edit({Row{}});
        } catch (const minnow::Error& error) {
          refused = error.kind() == minnow::ErrorKind::busy;
        }
      });
      reader.join();
    });
    QVERIFY(served);
    QVERIFY(refused);
    QCOMPARE(project->count(), std::int64_t{3000});  // the first 30 were there already
  }

  void splitsCanBeKeptWhenRowsAreAdded() {
    const Scratch scratch;
    const auto project = Project::create(scratch.file("p"), order_settings());
    project->import_file(scratch.file("orders.csv", order_table(200)));
    project->split({});
    std::map<std::string, Split> before;
    project->for_each([&](std::int64_t, const Row& row) {
      before[row.id] = row.split;
      return true;
    });
    project->import_file(scratch.file("lines.txt", "没有标签的一行\n"));
    Project::SplitWish wish;
    wish.keep_existing = true;
    wish.options.seed = 7;
    project->split(wish);
    project->for_each([&](std::int64_t, const Row& row) {
      if (before.count(row.id) != 0) {
        if (before[row.id] != row.split) before[row.id + " moved"] = row.split;
      } else if (row.split != Split::none) {
        before["unlabelled row was split"] = row.split;
      }
      return true;
    });
    QCOMPARE(before.size(), std::size_t{200});
  }

  void aMillionRowsPageWithoutBeingInMemory() {
    const Scratch scratch;
    { Project::create(scratch.file("p"), order_settings()); }
    const int count = 1000000;
    {
      std::ofstream out(scratch.file("p") / "data" / "rows.jsonl");
      for (int i = 1; i <= count; ++i) {
        out << "{\"id\":\"r" << i << "\",\"input\":\"" << i
            << " 号台来两份宫保鸡丁，不要花生，多放辣椒，打包带走，谢谢老板，记得开发票\",\"state\":\"unlabelled\"}\n";
      }
    }
    QVERIFY(std::filesystem::file_size(scratch.file("p") / "data" / "rows.jsonl") > (std::size_t{120} << 20));
    const long before = resident_kilobytes();
    QElapsedTimer timer;
    timer.start();
    const auto project = Project::open(scratch.file("p"));
    qInfo("opened in %lld ms", timer.elapsed());
    QCOMPARE(project->count(), std::int64_t{count});
    timer.restart();
    for (int page = 0; page < 100; ++page) {
      const int first = page * 9973;
      const auto rows = project->rows(first, 100);
      QCOMPARE(rows.size(), std::size_t{100});
      QCOMPARE(rows[0].id, "r" + std::to_string(first + 1));
      QVERIFY(rows[99].input.starts_with(std::to_string(first + 100) + " "));
    }
    qInfo("100 pages of 100 rows in %lld ms", timer.elapsed());
    QVERIFY2(resident_kilobytes() - before < 48 * 1024, std::to_string(resident_kilobytes() - before).c_str());
    QCOMPARE(project->position_of("r777777").value(), std::int64_t{777776});
    Row row = *project->find("r500000");
    row.input = "edited";
    project->edit({row}, {"r1"});
    QCOMPARE(project->rows(499998, 1).at(0).input, std::string("edited"));
    project->undo();
    QCOMPARE(project->rows(0, 1).at(0).id, std::string("r1"));
  }

  void foldersThatAreNoProjectsAreRefused() {
    const Scratch scratch;
    QVERIFY(sentence_of([&] { Project::open(scratch.path()); }).find("no minnow.json") != std::string::npos);
    Project::create(scratch.file("p"), {});
    QVERIFY(sentence_of([&] { Project::create(scratch.file("p"), {}); }).find("already") != std::string::npos);
  }

  void aFolderThatVanishesIsASentenceNotACrash() {
    const Scratch scratch;
    const auto project = Project::create(scratch.file("p"), order_settings());
    project->import_file(scratch.file("orders.csv", order_table(20)));
    std::filesystem::remove_all(scratch.file("p"));
    QVERIFY(!sentence_of([&] { project->edit({Row{}}); }).starts_with("(nothing"));
    QVERIFY(!sentence_of([&] { project->import_file(scratch.file("orders.csv")); }).starts_with("(nothing"));
    QVERIFY(!sentence_of([&] { project->save_settings({}); }).starts_with("(nothing"));
    QCOMPARE(project->rows(0, 20).size(), std::size_t{20});
  }
};

QTEST_GUILESS_MAIN(TestProject)
#include "tst_project.moc"
