// Card: a framed area with an optional heading; what other programs use group boxes for.
#pragma once

#include <QFrame>
#include <QString>

QT_FORWARD_DECLARE_CLASS(QHBoxLayout)
QT_FORWARD_DECLARE_CLASS(QLabel)
QT_FORWARD_DECLARE_CLASS(QVBoxLayout)

namespace minnow {

class Card : public QFrame {
  Q_OBJECT

 public:
  explicit Card(QWidget* parent = nullptr);
  /// An empty heading takes no room.
  void setHeading(const QString& heading);
  QLabel* heading() const { return m_heading; }
  QHBoxLayout* headingRow() const { return m_headingRow; }  ///< for a button or badge at its right end
  QVBoxLayout* content() const { return m_content; }
  /// "", "good", "warning" or "bad": background and border.
  void setTone(const QString& tone);

 private:
  QLabel* m_heading;
  QHBoxLayout* m_headingRow;
  QVBoxLayout* m_content;
};

}  // namespace minnow
