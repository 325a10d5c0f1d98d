// A project's rows as the files a run trains on: named by content, kept while a run refers to them.
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "core/project/project.h"
#include "core/project/train_files.h"
#include "core/types/error.h"

using namespace minnow;
namespace fs = std::filesystem;

namespace {

Row row(int i, Split split) {
  Row r;
  r.id = "r" + std::to_string(i);
  r.input = "input " + std::to_string(i);
  r.label = "{\"word\": \"" + std::to_string(i) + "\"}";
  r.state = RowState::labelled;
  r.split = split;
  return r;
}

std::unique_ptr<Project> project(const QTemporaryDir& folder, std::vector<Row> rows) {
  ProjectSettings settings;
  settings.task.name = "words";
  settings.task.fields = {{"word", FieldKind::text, "", false}};
  settings.task.concise_prompt = "The word.";
  auto made = Project::create(fs::path(folder.path().toStdString()) / "project", settings);
  if (!rows.empty()) made->add_rows(std::move(rows));
  return made;
}

int lines(const fs::path& path) {
  std::ifstream in(path);
  int n = 0;
  for (std::string line; std::getline(in, line);) ++n;
  return n;
}

}  // namespace

class TestTrainFiles : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aProjectWhoseFolderIsGoneIsNotHalfMadeAnew() {
    QTemporaryDir folder;
    const auto p = project(folder, {row(1, Split::train)});
    fs::remove_all(p->folder());
    try {
      write_train_files(*p);
      QFAIL("it was written");
    } catch (const Error& error) {
      QVERIFY(error.kind() == ErrorKind::not_found);
    }
    QVERIFY(!fs::exists(p->folder()));
  }

  void splitsBecomeFilesAndTestRowsStayAside() {
    QTemporaryDir folder;
    const auto p = project(folder, {row(1, Split::train), row(2, Split::train), row(3, Split::validation),
                                    row(4, Split::test), row(5, Split::none)});
    const TrainFiles files = write_train_files(*p);
    QCOMPARE(lines(files.train), 2);
    QCOMPARE(lines(files.validation), 1);
    QCOMPARE(files.train_rows, 2);
  }

  void unchangedRowsGiveTheSameFileAndChangedOnesAnother() {
    QTemporaryDir folder;
    const auto p = project(folder, {row(1, Split::train), row(2, Split::train)});
    const TrainFiles first = write_train_files(*p);
    QCOMPARE(write_train_files(*p).train, first.train);
    p->add_rows({row(3, Split::train)});
    const TrainFiles second = write_train_files(*p, {first.train});
    QVERIFY(second.train != first.train);
    QVERIFY(fs::exists(first.train));  // an earlier run was trained on it
    write_train_files(*p);
    QVERIFY(!fs::exists(first.train));
    QVERIFY(fs::exists(second.train));
    QVERIFY(fs::exists(p->folder() / "data" / "rows.jsonl") || p->count() == 3);
  }

  void rowsThatWereNeverSplitAreAllTrainedOn() {
    QTemporaryDir folder;
    const auto p = project(folder, {row(1, Split::none), row(2, Split::none)});
    const TrainFiles files = write_train_files(*p);
    QCOMPARE(files.train_rows, 2);
    QVERIFY(files.validation.empty());
  }

  void stoppedItLeavesTheFilesAsTheyWere() {
    QTemporaryDir folder;
    const auto p = project(folder, {row(1, Split::train), row(2, Split::validation)});
    const TrainFiles first = write_train_files(*p);
    p->add_rows({row(3, Split::train)});
    std::stop_source stop;
    stop.request_stop();
    const TrainFiles stopped = write_train_files(*p, {}, false, stop.get_token());
    QVERIFY(stopped.train.empty() && stopped.validation.empty());
    QVERIFY(fs::exists(first.train) && fs::exists(first.validation));
    for (const auto& entry : fs::directory_iterator(p->folder() / "data"))
      QVERIFY2(!entry.path().filename().string().starts_with("."), entry.path().c_str());
  }

  void rowsThatNeedReviewStayOutUnlessTold() {
    QTemporaryDir folder;
    Row unsure = row(3, Split::train), failed = row(4, Split::validation);
    unsure.state = RowState::needs_review;
    failed.state = RowState::failed;
    const auto p = project(folder, {row(1, Split::train), row(2, Split::validation), unsure, failed});
    const TrainFiles files = write_train_files(*p);
    QCOMPARE(files.train_rows, 1);
    QCOMPARE(files.validation_rows, 1);
    QCOMPARE(files.left_out.needs_review, 1);
    QCOMPARE(files.left_out.failed, 1);
    const TrainFiles all = write_train_files(*p, {}, true);
    QCOMPARE(all.train_rows, 2);
    QCOMPARE(all.validation_rows, 1);  // what the teacher failed at is no label
    QCOMPARE(all.left_out.needs_review, 0);
    QCOMPARE(all.left_out.failed, 1);
  }

  void whatWaitsForReviewInASplitKeepsItsPlace() {
    QTemporaryDir folder, other;
    Row unsure = row(1, Split::train), kept = row(2, Split::test);
    unsure.state = kept.state = RowState::needs_review;
    const auto p = project(folder, {unsure, row(3, Split::none)});
    QVERIFY_EXCEPTION_THROWN(write_train_files(*p), Error);  // not the row beside the split instead
    const auto tested = project(other, {kept, row(3, Split::none)});
    QVERIFY_EXCEPTION_THROWN(write_train_files(*tested, {}, true), Error);  // nor one that is for testing
  }

  void whenAllRowsNeedReviewThatIsSaid() {
    QTemporaryDir folder;
    std::vector<Row> rows{row(1, Split::none), row(2, Split::none)};
    for (Row& r : rows) r.state = RowState::needs_review;
    const auto p = project(folder, rows);
    try {
      write_train_files(*p);
      QFAIL("accepted");
    } catch (const Error& error) {
      QVERIFY2(QString(error.what()).contains("2 rows need review"), error.what());
    }
    QCOMPARE(write_train_files(*p, {}, true).train_rows, 2);
  }

  void withNothingToTrainOnItSaysSo() {
    QTemporaryDir a, b;
    QVERIFY_EXCEPTION_THROWN(write_train_files(*project(a, {})), Error);
    QVERIFY_EXCEPTION_THROWN(write_train_files(*project(b, {row(1, Split::test)})),
                             Error);  // test rows are never trained on
  }
};

QTEST_APPLESS_MAIN(TestTrainFiles)
#include "tst_train_files.moc"
