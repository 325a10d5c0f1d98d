// Badge: a state as a shape, a word and a colour, never colour alone.
#pragma once

#include <QWidget>

namespace minnow {

enum class Tone { neutral, accent, good, warning, bad };

class Badge : public QWidget {
  Q_OBJECT

 public:
  explicit Badge(QWidget* parent = nullptr);
  void setState(Tone tone, const QString& word);
  QString word() const { return m_word; }
  Tone tone() const { return m_tone; }
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  Tone m_tone = Tone::neutral;
  QString m_word;
};

}  // namespace minnow
