// ShortcutsDialog: what the keyboard does.
#pragma once

#include <QDialog>

namespace minnow {

class ShortcutsDialog final : public QDialog {
  Q_OBJECT

 public:
  explicit ShortcutsDialog(QWidget* parent = nullptr);
};

}  // namespace minnow
