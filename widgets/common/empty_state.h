// EmptyState: what a stage shows while it has nothing: an icon, what is missing, one way on.
#pragma once

#include <QWidget>

QT_FORWARD_DECLARE_CLASS(QLabel)
QT_FORWARD_DECLARE_CLASS(QPushButton)

namespace minnow {

class EmptyState : public QWidget {
  Q_OBJECT

 public:
  explicit EmptyState(const QString& icon, QWidget* parent = nullptr);
  void setTexts(const QString& sentence, const QString& hint, const QString& action = {});
  QPushButton* action() const { return m_action; }

 Q_SIGNALS:
  void actionTriggered();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void showPicture();
  QString m_icon;
  QLabel* m_picture;
  QLabel* m_sentence;
  QLabel* m_hint;
  QPushButton* m_action;
};

}  // namespace minnow
