// Hidden where all is well.
#include "app/window/project_state.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "app/window/activity.h"
#include "app/window/workspace.h"
#include "widgets/common/labels.h"
#include "widgets/look/metrics.h"

namespace minnow {

ProjectState::ProjectState(Workspace& workspace, const Activity& activity, QWidget* parent)
    : QFrame(parent),
      m_workspace(workspace),
      m_activity(activity),
      m_title(makeLabel(TextRole::section)),
      m_text(makeLabel(TextRole::caption)),
      m_act(new QPushButton) {
  setObjectName(QStringLiteral("projectStateCard"));
  setProperty("card", true);
  setProperty("tone", QStringLiteral("warning"));
  m_title->setWordWrap(true);
  m_text->setObjectName(QStringLiteral("projectStateLabel"));
  m_act->setObjectName(QStringLiteral("projectStateButton"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(metrics::unit, metrics::unit, metrics::unit, metrics::unit);
  column->setSpacing(metrics::half);
  column->addWidget(m_title);
  column->addWidget(m_text);
  column->addWidget(m_act);
  for (const auto signal : {&Workspace::opened, &Workspace::closed, &Workspace::stateChanged, &Workspace::runsChanged})
    connect(&workspace, signal, this, &ProjectState::present);
  connect(m_act, &QPushButton::clicked, this, [this] {
    if (m_workspace.isGone())
      m_workspace.close();
    else
      m_workspace.openAgain();
  });
  connect(&activity, &Activity::changed, this, [this] { m_act->setEnabled(m_activity.isEmpty()); });
  present();
}

void ProjectState::present() {
  const QString reason = m_workspace.readOnlyReason();
  setVisible(!reason.isEmpty());
  if (reason.isEmpty()) return;
  const bool gone = m_workspace.isGone();
  m_title->setText(gone ? tr("The folder has gone") : tr("For reading only"));
  const QString run = m_workspace.runElsewhere();
  m_text->setText(run.isEmpty() ? reason : reason + QLatin1Char('\n') + run);
  m_act->setText(gone ? tr("Close the project") : tr("Open again"));
  m_act->setToolTip(gone ? tr("Shows the pages without it; nothing is deleted")
                         : tr("Shows what has changed since, and makes changes possible where they are by now"));
}

void ProjectState::changeEvent(QEvent* event) {
  QFrame::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) present();
}

}  // namespace minnow
