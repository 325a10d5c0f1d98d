// FigureGrid: the small charts of a run, side by side where there is room, else two by two.
#pragma once

#include <QList>
#include <QWidget>

class QGridLayout;

namespace minnow {

class FigureGrid final : public QWidget {
 public:
  static constexpr int figureWidth = 132;  ///< what a small chart needs to be read

  explicit FigureGrid(QWidget* parent = nullptr);
  void add(QWidget* figure);
  QSize minimumSizeHint() const override;

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void place(int columns);

  QGridLayout* m_grid;
  QList<QWidget*> m_figures;
  int m_columns = 0;
};

}  // namespace minnow
