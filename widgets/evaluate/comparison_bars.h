// ComparisonBars: a list of bars, before above after, each with its figure; shares carry their 95 % interval. A click
// on a bar or its figure leads to its rows; arrow keys move, Enter follows.
#pragma once

#include <QWidget>
#include <optional>
#include <vector>

#include "core/types/evaluate_report.h"

namespace minnow {

class ComparisonBars final : public QWidget {
  Q_OBJECT

 public:
  enum class Side { before, after };
  struct Bar {
    double value = 0.0, low = 0.0, high = 0.0;  ///< in the scale of setMaximum
    QString text;                               ///< "98.5 %" or "17"
    bool hasInterval = false;
  };
  struct Row {
    QString label, tip;
    std::optional<Bar> before, after;
  };

  explicit ComparisonBars(QWidget* parent = nullptr);
  void setRows(std::vector<Row> rows, double maximum);
  const std::vector<Row>& rows() const { return m_rows; }
  /// What stands in front of the two bars.
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;
  /// Where a bar is, for tests.
  QRect barRect(int row, Side side) const;

 Q_SIGNALS:
  void barChosen(int row, minnow::ComparisonBars::Side side);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool event(QEvent* event) override;

 private:
  struct Place {
    int row = -1;
    Side side = Side::after;
    bool operator==(const Place&) const = default;
  };
  std::optional<Place> placeAt(const QPoint& point) const;
  int labelWidth() const;
  int figureWidth() const;
  int rowHeight() const;
  std::vector<Row> m_rows;
  double m_maximum = 1.0;
  std::optional<Place> m_hovered, m_focused;
};

}  // namespace minnow
