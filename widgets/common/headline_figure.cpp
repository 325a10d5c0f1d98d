// A large number and its caption.
#include "widgets/common/headline_figure.h"

#include <QLabel>
#include <QVBoxLayout>

#include "widgets/common/labels.h"

namespace minnow {

HeadlineFigure::HeadlineFigure(Size size, QWidget* parent)
    : QWidget(parent),
      m_figure(makeLabel(size == Size::large ? TextRole::headline : TextRole::figure)),
      m_caption(makeLabel(TextRole::caption)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(m_figure);
  column->addWidget(m_caption);
  setFigure(QStringLiteral("–"));
}

void HeadlineFigure::setFigure(const QString& figure) {
  m_figure->setText(figure);
  setAccessibleName(m_figure->text() + QLatin1Char(' ') + m_caption->text());
}

void HeadlineFigure::setCaption(const QString& caption) {
  m_caption->setText(caption);
  setAccessibleName(m_figure->text() + QLatin1Char(' ') + m_caption->text());
}

QString HeadlineFigure::figure() const { return m_figure->text(); }

}  // namespace minnow
