// What this machine is.
#include "widgets/model/environment_card.h"

#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "widgets/common/labels.h"
#include "widgets/look/icons.h"
#include "widgets/look/metrics.h"

namespace minnow {

EnvironmentCard::EnvironmentCard(QWidget* parent)
    : Card(parent),
      m_grid(new QGridLayout),
      m_warning(makeLabel(TextRole::warning)),
      m_copy(new QPushButton(lineIcon(QStringLiteral("copy"), IconTone::accent), QString())) {
  setObjectName(QStringLiteral("environmentCard"));
  m_copy->setObjectName(QStringLiteral("copyEnvironmentButton"));
  m_copy->setProperty("quiet", true);
  headingRow()->addWidget(m_copy);
  m_grid->setHorizontalSpacing(metrics::gap);
  m_grid->setVerticalSpacing(metrics::half);
  m_grid->setColumnStretch(1, 1);
  content()->addLayout(m_grid);
  content()->addWidget(m_warning);
  content()->addStretch(1);
  m_warning->hide();
  connect(m_copy, &QPushButton::clicked, this, [this] { QApplication::clipboard()->setText(copiedText()); });
  retranslateUi();
}

void EnvironmentCard::setLines(const QList<EnvironmentLine>& lines) {
  m_lines = lines;
  while (QLayoutItem* item = m_grid->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  for (int row = 0; row < lines.size(); ++row) {
    auto* name = makeLabel(TextRole::caption);
    name->setText(lines[row].name);
    name->setWordWrap(false);
    auto* value = makeLabel(TextRole::body);
    value->setText(lines[row].value);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_grid->addWidget(name, row, 0, Qt::AlignTop);
    m_grid->addWidget(value, row, 1);
  }
}

void EnvironmentCard::setWarning(const QString& sentence) {
  m_warning->setText(sentence);
  m_warning->setVisible(!sentence.isEmpty());
}

QString EnvironmentCard::copiedText() const {
  QString text;
  for (const EnvironmentLine& line : m_lines) text += QStringLiteral("%1: %2\n").arg(line.englishName, line.value);
  return text;
}

void EnvironmentCard::changeEvent(QEvent* event) {
  Card::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslateUi();
}

void EnvironmentCard::retranslateUi() {
  setHeading(tr("This machine"));
  m_copy->setText(tr("Copy"));
  m_copy->setToolTip(tr("Copy these lines for a bug report"));
  m_copy->setAccessibleName(tr("Copy the lines about this machine"));
}

}  // namespace minnow
