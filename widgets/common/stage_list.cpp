// The stages down the left side.
#include "widgets/common/stage_list.h"

#include <QEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QVBoxLayout>

#include "widgets/look/colors.h"
#include "widgets/look/icons.h"
#include "widgets/look/look.h"
#include "widgets/look/metrics.h"

namespace minnow {
namespace {

constexpr int entryHeight = 40, markSize = 16, left = 12;

void paintMark(QPainter& painter, const QRectF& box, StageMark mark, const Colors& c, qreal ratio) {
  const auto icon = [&](const char* name, const QColor& color) {
    painter.drawPixmap(box.topLeft().toPoint(), iconPixmap(QString::fromLatin1(name), markSize, color, ratio));
  };
  switch (mark) {
    case StageMark::none:
      return;
    case StageMark::ready:
      painter.setPen(QPen(c.borderStrong, 1.6));
      painter.setBrush(Qt::NoBrush);
      painter.drawEllipse(box.center(), 4.0, 4.0);
      return;
    case StageMark::running:
      painter.setPen(Qt::NoPen);
      painter.setBrush(c.accent);
      painter.drawEllipse(box.center(), 5.0, 5.0);
      return;
    case StageMark::done:
      icon("check", c.good);
      return;
    case StageMark::attention:
      icon("warning", c.warning);
      return;
  }
}

}  // namespace

StageButton::StageButton(const QString& icon, int number, QWidget* parent)
    : QAbstractButton(parent), m_icon(icon), m_number(number) {
  setCheckable(true);
  setAutoExclusive(true);
  setFocusPolicy(Qt::TabFocus);
  setCursor(Qt::PointingHandCursor);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setAttribute(Qt::WA_Hover);
}

void StageButton::setMark(StageMark mark) {
  if (m_mark == mark) return;
  m_mark = mark;
  describe();
  update();
}

QSize StageButton::sizeHint() const {
  const int text = fontMetrics().horizontalAdvance(label());
  return {left + metrics::icon + metrics::unit + text + metrics::unit + markSize + left, entryHeight};
}

void StageButton::paintEvent(QPaintEvent*) {
  const Colors& c = colors(this);
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QRectF box = QRectF(rect()).adjusted(0.5, 1.5, -0.5, -1.5);
  if (isChecked() || underMouse()) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(isChecked() ? c.card : c.accentSoft);
    painter.drawRoundedRect(box, metrics::controlRadius, metrics::controlRadius);
  }
  if (isChecked()) {
    painter.setBrush(c.accent);
    painter.drawRoundedRect(QRectF(0, box.top() + 8, 3, box.height() - 16), 1.5, 1.5);
  }
  if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange)) {  // not for whoever uses the mouse
    painter.setPen(QPen(c.accent, 1.6));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), metrics::controlRadius, metrics::controlRadius);
  }
  const QColor ink = isChecked() ? c.accent : c.muted;
  painter.drawPixmap(left, (this->height() - metrics::icon) / 2,
                     iconPixmap(m_icon, metrics::icon, ink, devicePixelRatioF()));
  QFont face = font();
  if (isChecked()) face.setWeight(QFont::DemiBold);
  painter.setFont(face);
  painter.setPen(c.text);
  const int x = left + metrics::icon + metrics::unit + 2;
  const QRect words(x, 0, width() - x - markSize - left, this->height());
  painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft,
                   QFontMetrics(face).elidedText(label(), Qt::ElideRight, words.width()));
  paintMark(painter, QRectF(width() - left - markSize, (this->height() - markSize) / 2.0, markSize, markSize), m_mark,
            c, devicePixelRatioF());
}

void StageButton::changeEvent(QEvent* event) {
  QAbstractButton::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) describe();
}

QString StageButton::label() const {
  return m_number > 0 ? QStringLiteral("%1  %2").arg(m_number).arg(text()) : text();
}

void StageButton::describe() {
  QString state;
  switch (m_mark) {
    case StageMark::none:
      break;
    case StageMark::ready:
      state = tr("can be done now");
      break;
    case StageMark::running:
      state = tr("running");
      break;
    case StageMark::done:
      state = tr("done");
      break;
    case StageMark::attention:
      state = tr("needs a look");
      break;
  }
  setAccessibleDescription(state);
}

StageList::StageList(QWidget* parent) : QWidget(parent), m_column(new QVBoxLayout(this)) {
  m_column->setContentsMargins(0, 0, 0, 0);
  m_column->setSpacing(2);
}

int StageList::addStage(const QString& objectName, const QString& icon, int number) {
  auto* button = new StageButton(icon, number, this);
  button->setObjectName(objectName);
  const int index = static_cast<int>(m_buttons.size());
  m_buttons += button;
  m_column->addWidget(button);
  button->installEventFilter(this);
  connect(button, &QAbstractButton::toggled, this, [this, index](bool on) {
    if (on) Q_EMIT stageChosen(index);
  });
  return index;
}

bool StageList::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
  const int key = static_cast<QKeyEvent*>(event)->key();
  const int step = key == Qt::Key_Down ? 1 : key == Qt::Key_Up ? -1 : 0;
  if (step == 0) return QWidget::eventFilter(watched, event);
  const int next = qBound(0, current() + step, static_cast<int>(m_buttons.size()) - 1);
  setCurrent(next);
  m_buttons[next]->setFocus(Qt::TabFocusReason);
  return true;
}

void StageList::setCurrent(int index) { m_buttons.at(index)->setChecked(true); }

int StageList::current() const {
  for (int i = 0; i < m_buttons.size(); ++i)
    if (m_buttons[i]->isChecked()) return i;
  return -1;
}

}  // namespace minnow
