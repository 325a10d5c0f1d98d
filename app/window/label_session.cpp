// Over core/teach/label_project.h.
#include "app/window/label_session.h"

#include <chrono>

#include "app/window/engine_thread.h"
#include "app/window/paths.h"
#include "app/window/stage.h"
#include "app/window/workspace.h"
#include "core/project/project.h"
#include "core/teach/label_project.h"

namespace minnow {
namespace {

LabelOptions optionsOf(const LabelWish& wish) {
  LabelOptions options;
  options.teacher = pathOf(wish.folder);
  options.max_new_tokens = wish.answerTokens;
  options.doubtful_below = wish.doubtfulBelow;
  options.engine.constrain_json = wish.constrainJson;
  return options;
}

}  // namespace

void LabelSession::tryRows(const LabelWish& wish, int count) {
  const auto trials = std::make_shared<QList<LabelTrialView>>();
  start(
      Where::engine, [] { return tr("Trying the teacher"); },
      [trials, wish, count, project = context().workspace.project(), progress = progressSink()](std::stop_token stop) {
        for (const LabelTrial& trial : try_teacher(*project, optionsOf(wish), count, progress, stop)) {
          trials->append({QString::fromStdString(trial.prompt), QString::fromStdString(trial.answer.text), trial.row});
        }
      },
      [this, trials] { Q_EMIT tried(*trials); });
}

void LabelSession::label(const LabelWish& wish) {
  run([] { return tr("Labelling"); }, wish, {});
}

void LabelSession::askAgain(const LabelWish& wish, const QStringList& ids) {
  run([] { return tr("Asking again"); }, wish, ids);
}

void LabelSession::run(const std::function<QString()>& what, const LabelWish& wish, const QStringList& ids) {
  const auto outcome = std::make_shared<LabelOutcome>();
  start(
      Where::engine, what,
      [this, outcome, wish, ids, &engine = context().engine, project = context().workspace.project(),
       progress = progressSink()](std::stop_token stop) {
        ProjectLabelOptions options;
        options.teaching = optionsOf(wish);
        options.failed_too = wish.failedToo;
        options.limit = wish.limit;
        if (!ids.isEmpty()) {
          for (const QString& id : ids) options.ids.push_back(id.toStdString());
          options.limit = 0;
        }
        auto told = std::chrono::steady_clock::time_point();
        const LabelReport report = label_project(
            *project, options,
            [this, &told, again = !ids.isEmpty()](const Row& row, const Answer&) {
              if (again) post([this, row] { Q_EMIT rowAnsweredAgain(row); });
              const auto now = std::chrono::steady_clock::now();
              if (now - told < std::chrono::milliseconds(100)) return;
              told = now;
              post([this] { Q_EMIT rowLabelled(); });
            },
            serving(progress, engine, stop), stop);
        *outcome = {report.asked,      report.labelled, report.needs_review,      report.failed,
                    report.unanswered, report.seconds,  report.tokens_per_second, stop.stop_requested()};
      },
      [this, outcome] {
        context().workspace.rowsEdited();
        Q_EMIT labelled(*outcome);
      });
}

}  // namespace minnow
