// StagePage: the frame every stage's page has: title, one sentence of purpose, body, and a footer with ONE primary
// button bottom right and, beside it, the reason why it can't run yet.
//
// A page derives from it, builds its controls in the constructor, sets every text in retranslateUi(), and calls that at
// the end of its constructor; a change of language calls it again.
#pragma once

#include <QIcon>
#include <QWidget>
#include <functional>

QT_FORWARD_DECLARE_CLASS(QHBoxLayout)
QT_FORWARD_DECLARE_CLASS(QLabel)
QT_FORWARD_DECLARE_CLASS(QPushButton)
QT_FORWARD_DECLARE_CLASS(QVBoxLayout)

namespace minnow {

class MessageBar;
struct UserMessage;

class StagePage : public QWidget {
  Q_OBJECT

 public:
  /// The primary button gets the icon, and the object name "primaryButton".
  explicit StagePage(const QString& primaryIcon, QWidget* parent = nullptr);

  QPushButton* primaryButton() const { return m_primary; }
  MessageBar* messageBar() const { return m_message; }
  /// Why the primary action can't run, for people: shown beside the button, which it disables. Empty: it can run.
  void setReason(const QString& reason);
  QString reason() const;
  /// What this page is for is done: the primary button leads on to the next stage under this text (asked again when the
  /// language changes), and what it did before moves to a button beside it. Null: the primary button acts again.
  void setNext(std::function<QString()> text);
  bool leadsOn() const { return m_next != nullptr; }

 public Q_SLOTS:
  void showError(const minnow::UserMessage& message);

 Q_SIGNALS:
  void primaryTriggered();
  void nextTriggered();

 protected:
  virtual void retranslateUi() = 0;
  void setTexts(const QString& title, const QString& purpose, const QString& primary);
  QVBoxLayout* body() const { return m_body; }
  /// To the right of the title: a recipe, a switch.
  QHBoxLayout* headerRow() const { return m_header; }
  /// Left of the primary button, in the order added.
  void addSecondaryButton(QPushButton* button);
  QHBoxLayout* footerRow() const { return m_footer; }  ///< its left end, for progress and figures

  void changeEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void placeMessage();
  void showButtons();
  void showReason();

  QLabel* m_title;
  QLabel* m_purpose;
  MessageBar* m_message;
  QHBoxLayout* m_header;
  QVBoxLayout* m_body;
  QHBoxLayout* m_footer;
  QWidget* m_footerWidget;
  QLabel* m_reason;
  QPushButton* m_own;  ///< the page's own action while the primary button leads on
  QPushButton* m_primary;
  QIcon m_icon;
  QString m_action, m_actionTip;
  std::function<QString()> m_next;
};

}  // namespace minnow
