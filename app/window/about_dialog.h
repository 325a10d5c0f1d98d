// AboutDialog: what Minnow is, what it is linked with, and under which licences.
#pragma once

#include <QDialog>

namespace minnow {

class AboutDialog final : public QDialog {
  Q_OBJECT

 public:
  explicit AboutDialog(QWidget* parent = nullptr);

  struct Library {
    const char* name;
    const char* what;     ///< English, for the table
    const char* licence;  ///< SPDX
  };
  static QList<Library> libraries();
};

}  // namespace minnow
