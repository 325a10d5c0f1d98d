// StatusPanel: the bar along the bottom: what computes, memory, what runs now with its progress, time left and Cancel,
// and what waits behind it.
#pragma once

#include <QTimer>
#include <QWidget>

QT_FORWARD_DECLARE_CLASS(QLabel)
QT_FORWARD_DECLARE_CLASS(QProgressBar)
QT_FORWARD_DECLARE_CLASS(QPushButton)

namespace minnow {

class Activity;

class StatusPanel final : public QWidget {
  Q_OBJECT

 public:
  explicit StatusPanel(Activity& activity, QWidget* parent = nullptr);
  /// "CPU · 2 threads · bf16"; empty until the machine is known.
  void setMachine(const QString& machine);
  /// Bytes in use and there; 0 hides it.
  void setMemory(qint64 used, qint64 total);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslateUi();
  void showActivity();
  void showWaiting();

  Activity& m_activity;
  QLabel* m_machine;
  QLabel* m_memory;
  QLabel* m_what;
  QProgressBar* m_progress;
  QPushButton* m_cancel;
  QPushButton* m_waiting;  ///< jobs behind the one that runs; its menu cancels them
  QString m_machineText;
  qint64 m_used = 0, m_total = 0;
  QTimer m_repaint;  ///< at most 30 a second
};

}  // namespace minnow
