// The order in which doubtful answers are looked at.
#include <QtTest>

#include "core/project/review_queue.h"
#include "tests/data/scratch.h"

using namespace minnow;

namespace {

Row row_of(const std::string& input, RowState state, double confidence, const std::vector<std::string>& problems) {
  Row row;
  row.input = input;
  row.label = "{}";
  row.state = state;
  row.confidence = confidence;
  for (const std::string& code : problems) row.problems.push_back({code, "", ""});
  return row;
}

std::unique_ptr<Project> project_in(const Scratch& scratch) {
  ProjectSettings settings;
  settings.task.fields = {{"a", FieldKind::text, "", true}};
  auto project = Project::create(scratch.file("p"), settings);
  project->add_rows({row_of("fine", RowState::labelled, 0.1, {}),
                     row_of("unsure", RowState::needs_review, 0.2, {"low_confidence"}),
                     row_of("failed", RowState::failed, -1.0, {"invalid_json", "x", "y"}),
                     row_of("two problems", RowState::needs_review, 0.9, {"phone_shape", "region_chain"}),
                     row_of("very unsure", RowState::needs_review, 0.05, {"low_confidence"}),
                     row_of("one problem", RowState::needs_review, -1.0, {"phone_shape"}),
                     row_of("one problem, unsure", RowState::needs_review, 0.4, {"phone_shape", "low_confidence"})});
  return project;
}

}  // namespace

class TestReviewQueue : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theMostDoubtfulComesFirst() {
    const Scratch scratch;
    const std::shared_ptr<Project> project = project_in(scratch);
    const ReviewQueue queue = review_queue(*project);
    QStringList inputs;
    const RowsById rows(project, queue.ids);
    for (const Row& row : rows.rows(0, 100)) inputs += QString::fromStdString(row.input);
    QCOMPARE(inputs,
             (QStringList{"two problems", "one problem, unsure", "one problem", "very unsure", "unsure", "failed"}));
    QCOMPARE(queue.states[static_cast<std::size_t>(RowState::labelled)], std::int64_t{1});
    QCOMPARE(queue.states[static_cast<std::size_t>(RowState::needs_review)], std::int64_t{5});
    QVERIFY(!queue.stopped);
  }

  void aRowThatIsGoneKeepsItsPlace() {
    const Scratch scratch;
    const std::shared_ptr<Project> project = project_in(scratch);
    const ReviewQueue queue = review_queue(*project);
    const RowsById rows(project, queue.ids);
    project->edit({}, {queue.ids[0]});
    const auto all = rows.rows(0, 2);
    QCOMPARE(all.size(), std::size_t{2});
    QVERIFY(all[0].input.empty() && all[0].id.empty());  // no row, not even a raw one
    QCOMPARE(all[1].input, std::string("one problem, unsure"));
    project->undo();
    QCOMPARE(rows.rows(0, 1)[0].input, std::string("two problems"));
  }

  void aStopIsTold() {
    const Scratch scratch;
    const auto project = project_in(scratch);
    std::stop_source source;
    source.request_stop();
    QVERIFY(review_queue(*project, {}, source.get_token()).stopped);
  }
};

QTEST_APPLESS_MAIN(TestReviewQueue)
#include "tst_review_queue.moc"
