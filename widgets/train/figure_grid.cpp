// Places figures anew where the width allows another number of columns.
#include "widgets/train/figure_grid.h"

#include <QGridLayout>

#include "widgets/look/metrics.h"

namespace minnow {

FigureGrid::FigureGrid(QWidget* parent) : QWidget(parent), m_grid(new QGridLayout(this)) {
  m_grid->setContentsMargins(0, 0, 0, 0);
  m_grid->setSpacing(metrics::unit + metrics::half);
  m_grid->setSizeConstraint(QLayout::SetNoConstraint);
}

void FigureGrid::add(QWidget* figure) {
  m_figures << figure;
  place(static_cast<int>(m_figures.size()));
}

QSize FigureGrid::minimumSizeHint() const { return {2 * figureWidth, m_grid->minimumSize().height()}; }

void FigureGrid::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  const int all = static_cast<int>(m_figures.size());
  const int columns = width() >= all * (figureWidth + m_grid->spacing()) ? all : (all + 1) / 2;
  if (columns != m_columns) place(columns);
}

void FigureGrid::place(int columns) {
  m_columns = columns;
  for (int i = 0; i < m_figures.size(); ++i) {
    m_grid->addWidget(m_figures[i], i / columns, i % columns);
    m_grid->setColumnStretch(i, i < columns ? 1 : 0);
  }
  updateGeometry();
}

}  // namespace minnow
