// The bar along the bottom.
#include "app/window/status_panel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
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
      m_cancel(new QPushButton) {
  setObjectName(QStringLiteral("statusPanel"));
  setAttribute(Qt::WA_StyledBackground);
  m_machine->setObjectName(QStringLiteral("machineLabel"));
  m_memory->setObjectName(QStringLiteral("memoryLabel"));
  m_what->setObjectName(QStringLiteral("activityLabel"));
  m_progress->setObjectName(QStringLiteral("activityProgressBar"));
  m_cancel->setObjectName(QStringLiteral("activityCancelButton"));
  m_cancel->setProperty("quiet", true);
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

  m_repaint.setSingleShot(true);
  m_repaint.setInterval(33);
  connect(&m_repaint, &QTimer::timeout, this, &StatusPanel::showActivity);
  connect(&m_activity, &Activity::changed, this, [this] {
    if (!m_repaint.isActive()) m_repaint.start();
  });
  connect(m_cancel, &QPushButton::clicked, this, [this] {
    if (m_activity.isEmpty()) return;
    const auto cancel = m_activity.entries().constLast().cancel;
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
  m_cancel->setText(tr("Cancel"));
  m_cancel->setToolTip(tr("Stop what is running; what is done so far is kept"));
  m_cancel->setAccessibleName(tr("Cancel what is running"));
  m_progress->setAccessibleName(tr("Progress"));
  setMachine(m_machineText);
  setMemory(m_used, m_total);
  showActivity();
}

void StatusPanel::showActivity() {
  const bool any = !m_activity.isEmpty();
  m_progress->setVisible(any);
  m_cancel->setVisible(any && m_activity.entries().constLast().cancel);
  if (!any) {
    m_cancel->setEnabled(true);
    m_what->setText(tr("Nothing is running"));
    return;
  }
  const Activity::Entry& now = m_activity.entries().constLast();
  if (m_progress->property("activity").toInt() != now.id) {  // another one came or this one is back in front
    m_progress->setProperty("activity", now.id);
    m_cancel->setEnabled(true);
  }
  const QString what = now.what();
  QString text = what;
  const QLocale locale;
  if (now.paused) {
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

}  // namespace minnow
