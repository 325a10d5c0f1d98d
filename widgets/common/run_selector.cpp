// A checkpoint a line.
#include "widgets/common/run_selector.h"

#include <QEvent>
#include <QLocale>
#include <algorithm>

namespace minnow {
namespace {

constexpr int runRole = Qt::UserRole, stepRole = Qt::UserRole + 1;

}  // namespace

QString runTitle(const QString& name, const QString& title) {
  const QString version = name.section(QLatin1Char('-'), 0, 0);
  return title.isEmpty() ? version : RunSelector::tr("%1 (%2)", "a run's own name, its version").arg(title, version);
}

RunSelector::RunSelector(QWidget* parent) : QComboBox(parent) {
  setObjectName(QStringLiteral("runSelector"));
  setMinimumWidth(170);
  setMaximumWidth(320);
  connect(this, qOverload<int>(&QComboBox::activated), this, [this](int index) {
    const QString run = itemData(index, runRole).toString();
    const qint64 step = itemData(index, stepRole).toLongLong();
    if (run.isEmpty() || (run == m_run && step == m_step)) return;
    m_run = run;
    m_step = step;
    Q_EMIT chosen(run, step);
  });
  retranslateUi();
}

void RunSelector::setRuns(const QList<SelectableRun>& runs, const QString& run, qint64 step) {
  m_runs = runs;
  m_run = run;
  m_step = step;
  retranslateUi();
}

QString RunSelector::run() const { return currentData(runRole).toString(); }
qint64 RunSelector::step() const { return currentData(stepRole).toLongLong(); }

void RunSelector::retranslateUi() {
  setAccessibleName(tr("Run and checkpoint"));
  setToolTip(tr("Which run and checkpoint Evaluate, Try and Export use"));
  clear();
  const QLocale locale;
  for (const SelectableRun& run : m_runs) {
    for (auto step = run.steps.crbegin(); step != run.steps.crend(); ++step) {
      QString text = tr("%1 · step %2", "run, step").arg(runTitle(run.name, run.title), locale.toString(*step));
      if (*step == run.best) text += tr(" ★ best", "the best step of a run");
      addItem(text);
      const int at = count() - 1;
      setItemData(at, run.name, runRole);
      setItemData(at, *step, stepRole);
      setItemData(at, run.note.isEmpty() ? run.name : run.name + QLatin1Char('\n') + run.note, Qt::ToolTipRole);
      if (run.name == m_run && *step == m_step) setCurrentIndex(at);
    }
  }
  if (count() == 0) addItem(tr("No run yet"));
}

void RunSelector::changeEvent(QEvent* event) {
  QComboBox::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslateUi();
}

}  // namespace minnow
