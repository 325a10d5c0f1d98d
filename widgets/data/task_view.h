// TaskView: what is to be extracted: the fields with their kinds, the two prompts, the prompt style.
#pragma once

#include <QStringList>
#include <QWidget>

#include "core/types/task.h"

QT_FORWARD_DECLARE_CLASS(QComboBox)
QT_FORWARD_DECLARE_CLASS(QLabel)
QT_FORWARD_DECLARE_CLASS(QLineEdit)
QT_FORWARD_DECLARE_CLASS(QPlainTextEdit)

namespace minnow {

class FieldTable;

class TaskView final : public QWidget {
  Q_OBJECT

 public:
  explicit TaskView(QWidget* parent = nullptr);
  /// Another task; what was being typed is gone.
  void setTask(const Task& task);
  void setReadOnly(bool readOnly);
  Task task() const;
  /// Per field of task() the key that it had in the task as it was set; "" for a new one.
  QStringList origins() const;
  bool isChanged() const { return m_changed; }
  /// Why it can't be saved as it stands; empty when it can.
  QString reason() const;

 public Q_SLOTS:
  void revert();

 Q_SIGNALS:
  void changed();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslateUi();
  void touched();

  Task m_task;
  bool m_changed = false, m_filling = false;
  QLabel *m_nameCaption, *m_fieldsCaption, *m_styleCaption, *m_conciseCaption, *m_conciseHint, *m_detailedCaption,
      *m_detailedHint;
  QLineEdit* m_name;
  FieldTable* m_fields;
  QComboBox* m_style;
  QPlainTextEdit *m_concise, *m_detailed;
};

}  // namespace minnow
