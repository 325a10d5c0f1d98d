// The bar along the bottom.
#include "app/window/status_panel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>

#include "app/window/activity.h"
#include "widgets/common/labels.h"
#include "widgets/common/number_text.h"
#include "widgets/look/metrics.h"

namespace minnow {

StatusPanel::StatusPanel(Activity& activity, QWidget* parent)
    : QWidget(parent),
      m_activity(activity),
      m_machine(makeLabel(TextRole::caption)),
      m_memory(makeLabel(TextRole::caption)),
      m_what(makeLabel(TextRole::caption)),
      m_progress(new QProgressBar),
      m_cancel(new QPushButton),
      m_waiting(new QPushButton) {
  setObjectName(QStringLiteral("statusPanel"));
  setAttribute(Qt::WA_StyledBackground);
  m_machine->setObjectName(QStringLiteral("machineLabel"));
  m_memory->setObjectName(QStringLiteral("memoryLabel"));
  m_what->setObjectName(QStringLiteral("activityLabel"));
  m_progress->setObjectName(QStringLiteral("activityProgressBar"));
  m_cancel->setObjectName(QStringLiteral("activityCancelButton"));
  m_cancel->setProperty("quiet", true);
  m_waiting->setObjectName(QStringLiteral("waitingJobsButton"));
  m_waiting->setProperty("quiet", true);
  m_waiting->setMenu(new QMenu(m_waiting));
  m_progress->setTextVisible(false);
  m_progress->setFixedWidth(160);
  for (QLabel* label : {m_machine, m_memory, m_what}) label->setWordWrap(false);
  setFixedHeight(metrics::controlHeight + metrics::half);

  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(metrics::gap, 0, metrics::gap, 0);
  row->setSpacing(metrics::wide);
  row->addWidget(m_machine);
  row->addWidget(m_memory);
  row->addStretch(1);
  row->addWidget(m_what);
  row->addWidget(m_progress);
  row->addWidget(m_cancel);
  row->addWidget(m_waiting);

  m_repaint.setSingleShot(true);
  m_repaint.setInterval(33);
  connect(&m_repaint, &QTimer::timeout, this, &StatusPanel::showActivity);
  connect(&m_activity, &Activity::changed, this, [this] {
    if (!m_repaint.isActive()) m_repaint.start();
  });
  connect(m_cancel, &QPushButton::clicked, this, [this] {
    const Activity::Entry* now = m_activity.front();
    if (now == nullptr) return;
    const auto cancel = now->cancel;
    m_cancel->setEnabled(false);
    if (cancel) cancel();
  });
  retranslateUi();
}

void StatusPanel::setMachine(const QString& machine) {
  m_machineText = machine;
  m_machine->setText(machine.isEmpty() ? tr("Looking at this machine …") : machine);
}

void StatusPanel::setMemory(qint64 used, qint64 total) {
  m_used = used;
  m_total = total;
  m_memory->setVisible(total > 0);
  //: memory in use of all there is, in gigabytes
  m_memory->setText(tr("Memory %1 of %2 GB").arg(NumberText::gigabytes(used), NumberText::gigabytes(total)));
}

void StatusPanel::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslateUi();
}

void StatusPanel::retranslateUi() {
  m_memory->setToolTip(tr("What Minnow holds now, of what this machine has"));
  m_cancel->setToolTip(tr("Stop what is running; what is done so far is kept"));
  m_waiting->setToolTip(tr("What starts when the running job is done"));
  m_progress->setAccessibleName(tr("Progress"));
  setMachine(m_machineText);
  setMemory(m_used, m_total);
  showActivity();
}

void StatusPanel::showActivity() {
  const Activity::Entry* front = m_activity.front();
  m_progress->setVisible(front != nullptr);
  m_cancel->setVisible(front != nullptr && front->cancel);
  showWaiting();
  if (front == nullptr) {
    m_cancel->setEnabled(true);
    m_what->setText(tr("Nothing is running"));
    return;
  }
  const Activity::Entry& now = *front;
  m_cancel->setText(now.cancelText ? now.cancelText() : tr("Cancel"));
  m_cancel->setAccessibleName(tr("%1: %2", "what is running, Cancel").arg(now.what(), m_cancel->text()));
  if (m_progress->property("activity").toInt() != now.id) {  // another one came or this one is back in front
    m_progress->setProperty("activity", now.id);
    m_cancel->setEnabled(true);
  }
  const QString what = now.what();
  QString text = what;
  const QLocale locale;
  if (now.waiting) {
    //: %1 is what waits for its turn, e.g. Evaluating
    text = tr("%1 is waiting").arg(what);
  } else if (now.paused) {
    //: %1 is what is running, e.g. Training
    text = tr("%1, paused").arg(what);
  } else if (now.total > 0) {
    text = tr("%1: %2 of %3 %4", "what, done, total, unit")
               .arg(what, locale.toString(now.done), locale.toString(now.total), now.unit);
  } else if (now.done > 0) {
    text = tr("%1: %2 %3", "what, done, unit").arg(what, locale.toString(now.done), now.unit);
  }
  if (!now.paused && now.perSecond > 0 && !now.unit.isEmpty()) {
    const QString rate = locale.toString(now.perSecond, 'f', now.perSecond < 10 ? 1 : 0);
    text += QStringLiteral(" · ") + tr("%1 %2/s", "rate, unit").arg(rate, now.unit);
  }
  if (!now.paused && now.remainingSeconds >= 0)
    text += QStringLiteral(" · ") + tr("%1 left", "a duration").arg(NumberText::duration(now.remainingSeconds));
  m_what->setText(text);
  m_progress->setRange(0, now.total > 0 ? 1000 : 0);
  if (now.total > 0)
    m_progress->setValue(static_cast<int>(1000.0 * static_cast<double>(now.done) / static_cast<double>(now.total)));
}

void StatusPanel::showWaiting() {
  QList<int> ids;
  for (const Activity::Entry& entry : m_activity.entries())
    if (entry.waiting && &entry != m_activity.front()) ids += entry.id;
  m_waiting->setVisible(!ids.isEmpty());
  m_waiting->setText(tr("%Ln waiting", nullptr, static_cast<int>(ids.size())));
  m_waiting->setAccessibleName(m_waiting->text());
  QMenu* menu = m_waiting->menu();
  const QString language = QLocale().name();
  if (menu->property("jobs") == QVariant::fromValue(ids) && menu->property("language") == language) return;
  menu->setProperty("jobs", QVariant::fromValue(ids));  // an open menu isn't made anew thirty times a second
  menu->setProperty("language", language);
  menu->clear();
  for (const Activity::Entry& entry : m_activity.entries()) {
    if (!ids.contains(entry.id) || !entry.cancel) continue;
    auto* action = menu->addAction(tr("Cancel: %1", "what waits").arg(entry.what()));
    connect(action, &QAction::triggered, this, [cancel = entry.cancel] { cancel(); });
  }
}

}  // namespace minnow
