// HeadlineFigure: one large number with a caption below it.
#pragma once

#include <QWidget>

QT_FORWARD_DECLARE_CLASS(QLabel)

namespace minnow {

class HeadlineFigure : public QWidget {
  Q_OBJECT

 public:
  enum class Size { normal, large };
  explicit HeadlineFigure(Size size = Size::normal, QWidget* parent = nullptr);
  void setFigure(const QString& figure);
  void setCaption(const QString& caption);
  QString figure() const;

 private:
  QLabel* m_figure;
  QLabel* m_caption;
};

}  // namespace minnow
