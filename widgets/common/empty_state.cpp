// What a stage shows while it has nothing.
#include "widgets/common/empty_state.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "widgets/common/labels.h"
#include "widgets/look/colors.h"
#include "widgets/look/icons.h"
#include "widgets/look/metrics.h"

namespace minnow {

EmptyState::EmptyState(const QString& icon, QWidget* parent)
    : QWidget(parent),
      m_icon(icon),
      m_picture(new QLabel),
      m_sentence(makeLabel(TextRole::section)),
      m_hint(makeLabel(TextRole::muted)),
      m_action(new QPushButton) {
  m_action->setObjectName(QStringLiteral("emptyStateButton"));
  m_sentence->setObjectName(QStringLiteral("emptyTitleLabel"));
  m_sentence->setAlignment(Qt::AlignCenter);
  m_sentence->setWordWrap(true);
  m_hint->setAlignment(Qt::AlignCenter);
  m_picture->setAlignment(Qt::AlignCenter);
  auto* column = new QVBoxLayout(this);
  column->setSpacing(metrics::unit);
  column->addStretch(2);
  column->addWidget(m_picture);
  column->addWidget(m_sentence);
  column->addWidget(m_hint);
  column->addSpacing(metrics::unit);
  column->addWidget(m_action, 0, Qt::AlignCenter);
  column->addStretch(3);
  m_action->hide();
  connect(m_action, &QPushButton::clicked, this, &EmptyState::actionTriggered);
  showPicture();
}

void EmptyState::setTexts(const QString& sentence, const QString& hint, const QString& action) {
  m_sentence->setText(sentence);
  m_hint->setText(hint);
  m_hint->setVisible(!hint.isEmpty());
  m_action->setText(action);
  m_action->setToolTip(hint.isEmpty() ? sentence : hint);
  m_action->setVisible(!action.isEmpty());
}

void EmptyState::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) showPicture();
}

void EmptyState::showPicture() {
  m_picture->setPixmap(iconPixmap(m_icon, 40, colors(this).disabled, devicePixelRatioF()));
}

}  // namespace minnow
