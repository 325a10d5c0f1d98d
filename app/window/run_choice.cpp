// Connects the selector of a page with the workspace.
#include "app/window/run_choice.h"

#include "app/window/paths.h"
#include "app/window/workspace.h"
#include "widgets/common/run_selector.h"

namespace minnow {

void followRuns(RunSelector* selector, Workspace& workspace) {
  const auto show = [selector, &workspace] {
    QList<SelectableRun> runs;
    for (const RunSummary& run : workspace.runs()) {
      SelectableRun shown{QString::fromStdString(run.name),
                          QString::fromStdString(run.notes.title),
                          QString::fromStdString(run.notes.note),
                          {},
                          run.best_step};
      shown.steps = QList<qint64>(run.checkpoints.begin(), run.checkpoints.end());
      runs += shown;
    }
    const RunSummary* current = workspace.currentRun();
    const QString folder = textOf(current != nullptr ? current->in_use.filename() : std::filesystem::path());
    selector->setRuns(runs, current != nullptr ? QString::fromStdString(current->name) : QString(),
                      folder.section(QLatin1Char('-'), 1).toLongLong());
  };
  for (const auto signal : {&Workspace::opened, &Workspace::closed, &Workspace::runsChanged})
    QObject::connect(&workspace, signal, selector, show);
  QObject::connect(selector, &RunSelector::chosen, &workspace, &Workspace::chooseCheckpoint);
  show();
}

}  // namespace minnow
