// MessageBar: an error or a note within a page: what happened, what to do, details one click away. Never a dialog.
#pragma once

#include <QFrame>
#include <functional>

#include "widgets/common/user_message.h"

QT_FORWARD_DECLARE_CLASS(QLabel)
QT_FORWARD_DECLARE_CLASS(QPlainTextEdit)
QT_FORWARD_DECLARE_CLASS(QPushButton)

namespace minnow {

class MessageBar : public QFrame {
  Q_OBJECT

 public:
  explicit MessageBar(QWidget* parent = nullptr);
  void showError(const UserMessage& message);        ///< red, with details
  void showNote(std::function<QString()> sentence);  ///< neutral; asked again when the language changes
  /// The same with something that can be done about it: a button that is pressed once, and goes with the note.
  void showOffer(std::function<QString()> sentence, std::function<QString()> actionText, std::function<void()> action);
  void clear();
  const UserMessage& message() const { return m_message; }

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslateUi();
  void showIcon();
  void present(const UserMessage& message, const QString& tone);
  void showAction();

  UserMessage m_message;
  QString m_tone;
  QLabel* m_icon;
  QLabel* m_title;
  QLabel* m_nextStep;
  QPushButton* m_act;
  QPushButton* m_details;
  QPushButton* m_copy;
  QPushButton* m_close;
  QPlainTextEdit* m_text;
  std::function<QString()> m_actionText;
  std::function<void()> m_action;
};

}  // namespace minnow
