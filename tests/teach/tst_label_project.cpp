// Labelling in a project: what is asked, what lands in the journal, and what a stop leaves for later.
#include <QtTest>

#include "core/io/file.h"
#include "core/teach/label_project.h"
#include "core/teach/teacher.h"
#include "core/types/error.h"

using namespace minnow;
namespace fs = std::filesystem;

namespace {

ProjectSettings invoice_settings() {
  ProjectSettings settings;
  settings.task.fields = {{"seller", FieldKind::verbatim, "", false}, {"total", FieldKind::number, "", false}};
  settings.task.detailed_prompt = "Read the invoice.";
  return settings;
}

Row row_of(const std::string& input) {
  Row row;
  row.input = input;
  return row;
}

std::size_t lines_of(const fs::path& path) {
  const std::string text = read_file(path);
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

class TestLabelProject : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void onlyRawRowsAreAskedAndEqualOnesOnce() {
    QTemporaryDir scratch;
    const auto project = project_in(scratch);
    Row done = row_of("kept");
    done.label = R"({"seller": "kept", "total": "1"})";
    done.state = RowState::labelled;
    project->add_rows({row_of("one"), row_of("two"), row_of("one"), done});
    std::vector<std::string> told;
    const LabelReport report =
        label_project(*project, options(), [&](const Row& row, const Answer&) { told.push_back(row.id); });
    QCOMPARE(report.asked, std::int64_t{2});
    QCOMPARE(report.failed, std::int64_t{3});  // random weights write no JSON
    QCOMPARE(report.unanswered, std::int64_t{0});
    QCOMPARE(told.size(), std::size_t{3});
    QCOMPARE(lines_of(journal(scratch)), std::size_t{3});
    const std::vector<Row> rows = project->rows(0, 4);
    QVERIFY(rows[0].state == RowState::failed);
    QCOMPARE(rows[0].label, rows[2].label);
    QCOMPARE(rows[0].provenance, std::string("teacher:tiny-qwen3"));
    QCOMPARE(rows[3].label, done.label);
  }

  void goingOnLaterAsksOnlyWhatIsLeft() {
    QTemporaryDir scratch;
    auto project = project_in(scratch);
    project->add_rows({row_of("one"), row_of("two"), row_of("three"), row_of("four"), row_of("five")});
    ProjectLabelOptions wish = options();
    wish.teaching.engine.batch_size = 1;
    std::stop_source source;
    int answers = 0;
    const LabelReport first = label_project(
        *project, wish,
        [&](const Row&, const Answer&) {
          if (++answers == 2) source.request_stop();
        },
        {}, source.get_token());
    QCOMPARE(first.asked, std::int64_t{2});
    QCOMPARE(first.unanswered, std::int64_t{3});
    project.reset();  // and on another day
    project = Project::open(fs::path(scratch.path().toStdString()) / "p");
    const LabelReport second = label_project(*project, wish);
    QCOMPARE(second.asked, std::int64_t{3});
    QCOMPARE(lines_of(journal(scratch)), std::size_t{5});
    QCOMPARE(label_project(*project, wish).asked, std::int64_t{0});
  }

  void failedRowsAndChosenRowsAreAskedAgainOnlyOnDemand() {
    QTemporaryDir scratch;
    const auto project = project_in(scratch);
    project->add_rows({row_of("one"), row_of("two")});
    QCOMPARE(label_project(*project, options()).failed, std::int64_t{2});
    ProjectLabelOptions wish = options();
    wish.failed_too = true;
    wish.limit = 1;
    QCOMPARE(label_project(*project, wish).asked, std::int64_t{1});
    ProjectLabelOptions chosen = options();
    chosen.ids = {project->rows(1, 1)[0].id};
    QCOMPARE(label_project(*project, chosen).asked, std::int64_t{1});
  }

  void aPersonsLabelIsNotOverwritten() {
    QTemporaryDir scratch;
    const auto project = project_in(scratch);
    project->add_rows({row_of("one"), row_of("two")});
    ProjectLabelOptions wish = options();
    wish.teaching.engine.batch_size = 1;
    const std::string label = R"({"seller": "two", "total": "2"})";
    label_project(*project, wish, [&](const Row& row, const Answer&) {
      if (row.input != "one") return;
      Row mine = project->rows(1, 1)[0];
      mine.label = label;
      project->edit({mine});
    });
    QCOMPARE(project->rows(1, 1)[0].label, label);
  }

  void aLabelThatAPersonChangesWhileItIsAskedAgainStays() {
    QTemporaryDir scratch;
    const auto project = project_in(scratch);
    Row one = row_of("one"), two = row_of("two");
    for (Row* row : {&one, &two}) {
      row->label = R"({"seller": "old", "total": "1"})";
      row->state = RowState::labelled;
    }
    project->add_rows({one, two});
    ProjectLabelOptions wish = options();
    wish.teaching.engine.batch_size = 1;
    for (const Row& row : project->rows(0, 2)) wish.ids.push_back(row.id);
    const std::string label = R"({"seller": "two", "total": "2"})";
    const LabelReport report = label_project(*project, wish, [&](const Row& row, const Answer&) {
      if (row.input != "one") return;
      Row mine = project->rows(1, 1)[0];
      mine.label = label;
      project->edit({mine});
    });
    QCOMPARE(project->rows(1, 1)[0].label, label);
    QCOMPARE(report.changed_meanwhile, std::int64_t{1});
  }

  void askingAgainDoesntGetTheSameAnswerEachTime() {
    QTemporaryDir scratch;
    const auto project = project_in(scratch);
    project->add_rows({row_of("one")});
    ProjectLabelOptions wish = options();
    wish.failed_too = true;
    QSet<QString> answers;
    for (int i = 0; i < 6; ++i) {
      label_project(*project, wish,
                    [&](const Row&, const Answer& a) { answers << QString::fromStdString(a.text); });
    }
    QVERIFY2(answers.size() > 1, qPrintable(QStringList(answers.values()).join('|')));
  }

  void aStudentOfOursIsAskedAsItWasTrained() {
    QTemporaryDir scratch;
    const fs::path merged = fs::path(scratch.path().toStdString());
    Task task = invoice_settings().task;
    task.concise_prompt = "Invoice.";
    QCOMPARE(teacher_prompt(task, merged), std::string("Read the invoice."));
    write_file_atomic(merged / "minnow_prompt.json", "{}");
    QCOMPARE(teacher_prompt(task, merged), std::string("Invoice."));
    write_file_atomic(merged / "args.json", R"({"system": "as trained"})");
    QCOMPARE(teacher_prompt(task, merged), std::string("as trained"));
  }

  void aValueTheTeacherDoubtsIsAProblem() {
    Row row = row_of("ACME, to pay 42");
    const Task task = invoice_settings().task;
    const Answer answer =
        read_answer(task, R"({"seller": "ACME", "total": "42"})", FinishReason::stop, {0.98, 0.31});
    apply_answer(row, answer, task, "big", 0.5);
    QVERIFY(row.state == RowState::needs_review);
    QCOMPARE(row.confidence, 0.31);
    QCOMPARE(row.problems.size(), std::size_t{1});
    QCOMPARE(row.problems[0].field, std::string("total"));
    QCOMPARE(row.problems[0].code, std::string(problem_code::low_confidence));
    apply_answer(row, answer, invoice_settings().task, "big", 0.3);
    QVERIFY(row.state == RowState::labelled);
  }

  void confidenceIsStillThereAfterOpeningAgain() {
    QTemporaryDir scratch;
    auto project = project_in(scratch);
    project->add_rows({row_of("one")});
    LabelRecord record;
    record.id = project->rows(0, 1)[0].id;
    record.label = "{}";
    record.confidence = 0.25;
    project->record_label(record);
    project.reset();
    project = Project::open(fs::path(scratch.path().toStdString()) / "p");
    QCOMPARE(project->rows(0, 1)[0].confidence, 0.25);
    project->split({});  // folds
    QCOMPARE(project->rows(0, 1)[0].confidence, 0.25);
  }

  void tryingWritesNothing() {
    QTemporaryDir scratch;
    const auto project = project_in(scratch);
    QVERIFY_EXCEPTION_THROWN(try_teacher(*project, options().teaching, 3), Error);
    project->add_rows({row_of("one"), row_of("two"), row_of("three"), row_of("four")});
    const auto trials = try_teacher(*project, options().teaching, 3);
    QCOMPARE(trials.size(), std::size_t{3});
    QCOMPARE(trials[1].row.input, std::string("two"));
    QVERIFY(trials[1].prompt.find("Read the invoice.") != std::string::npos);
    QVERIFY(trials[1].prompt.find("two") != std::string::npos);
    QVERIFY(project->rows(0, 1)[0].state == RowState::unlabelled);
  }

  void aReadOnlyProjectIsRefusedBeforeTheTeacherIsOpened() {
    QTemporaryDir scratch;
    const auto first = project_in(scratch);
    const auto second = Project::open(fs::path(scratch.path().toStdString()) / "p");
    ProjectLabelOptions wish = options();
    wish.teaching.teacher = "/nowhere";
    try {
      label_project(*second, wish);
      QFAIL("it was not refused");
    } catch (const Error& error) {
      QVERIFY(error.kind() == ErrorKind::busy);
    }
  }

 private:
  static std::unique_ptr<Project> project_in(const QTemporaryDir& scratch) {
    return Project::create(fs::path(scratch.path().toStdString()) / "p", invoice_settings());
  }
  static fs::path journal(const QTemporaryDir& scratch) {
    return fs::path(scratch.path().toStdString()) / "p" / "data" / "labels.jsonl";
  }
  static ProjectLabelOptions options() {
    ProjectLabelOptions options;
    options.teaching.teacher = fs::path(MINNOW_GOLDEN_DIR) / "tiny-qwen3";
    options.teaching.dtype = "float32";
    options.teaching.threads = 1;
    options.teaching.max_new_tokens = 6;
    return options;
  }
};

QTEST_APPLESS_MAIN(TestLabelProject)
#include "tst_label_project.moc"
