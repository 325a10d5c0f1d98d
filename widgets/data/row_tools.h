// RowTools: what can be done with rows, as buttons and a menu; which rows is the table's matter.
#pragma once

#include <QWidget>

#include "core/types/row.h"

QT_FORWARD_DECLARE_CLASS(QAction)
QT_FORWARD_DECLARE_CLASS(QMenu)
QT_FORWARD_DECLARE_CLASS(QToolButton)

namespace minnow {

class RowTools final : public QWidget {
  Q_OBJECT

 public:
  enum class SaveFormat { csv, tsv, jsonl };

  explicit RowTools(QWidget* parent = nullptr);
  /// Off: rows can be copied and saved, not changed.
  void setWritable(bool on);
  bool isWritable() const { return m_writable; }
  void setUndo(bool canUndo, bool canRedo);
  QMenu* menu() const { return m_menu; }          ///< "More", also the table's context menu
  QAction* copyAction() const { return m_copy; }  ///< to be added to the table: its shortcut is for one widget

 Q_SIGNALS:
  void undoRequested();
  void redoRequested();
  void addRequested();
  void deleteRequested();
  void copyRequested();
  void splitRequested(minnow::Split split);
  void saveRequested(minnow::RowTools::SaveFormat format);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslateUi();

  bool m_writable = true;
  QToolButton *m_undo, *m_redo, *m_add, *m_delete, *m_more;
  QMenu* m_menu;
  QAction* m_copy;
};

}  // namespace minnow
