// NewProjectPanel: what a new project needs to be told: a name, a folder, the fields of the answer.
#pragma once

#include <QWidget>

#include "core/types/task.h"

QT_FORWARD_DECLARE_CLASS(QLabel)
QT_FORWARD_DECLARE_CLASS(QLineEdit)
QT_FORWARD_DECLARE_CLASS(QPushButton)

namespace minnow {

class Card;
class FieldTable;

/// Prompts are still empty: whoever makes the project writes them from the fields.
struct NewProject {
  QString folder;
  Task task;
};

class NewProjectPanel final : public QWidget {
  Q_OBJECT

 public:
  explicit NewProjectPanel(QWidget* parent = nullptr);
  /// Where projects go unless another folder is chosen; the name is put behind it.
  void setParentFolder(const QString& folder);
  NewProject project() const;
  /// Why it can't be made yet, or empty.
  QString fault() const;
  void clear();

 Q_SIGNALS:
  void changed();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslateUi();
  void chooseFolder();
  void proposeFolder();

  QString m_parent;
  bool m_folderChosen = false;
  Card* m_where;
  Card* m_what;
  QLabel* m_nameLabel;
  QLineEdit* m_name;
  QLabel* m_folderLabel;
  QLineEdit* m_folder;
  QPushButton* m_browse;
  QLabel* m_hint;
  FieldTable* m_fields;
};

}  // namespace minnow
