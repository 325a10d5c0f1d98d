// A framed area.
#include "widgets/common/card.h"

#include <QLabel>
#include <QVBoxLayout>

#include "widgets/common/labels.h"
#include "widgets/look/metrics.h"

namespace minnow {

Card::Card(QWidget* parent) : QFrame(parent), m_heading(makeLabel(TextRole::section)) {
  setProperty("card", true);
  m_content = new QVBoxLayout(this);
  m_content->setContentsMargins(metrics::cardPadding, metrics::cardPadding, metrics::cardPadding, metrics::cardPadding);
  m_content->setSpacing(metrics::unit);
  m_headingRow = new QHBoxLayout;
  m_headingRow->setSpacing(metrics::unit);
  m_headingRow->addWidget(m_heading);
  m_headingRow->addStretch(1);
  m_content->addLayout(m_headingRow);
  m_heading->hide();
}

void Card::setHeading(const QString& heading) {
  m_heading->setText(heading);
  m_heading->setVisible(!heading.isEmpty());
  setAccessibleName(heading);
}

void Card::setTone(const QString& tone) { setStyleProperty(this, "tone", tone); }

}  // namespace minnow
