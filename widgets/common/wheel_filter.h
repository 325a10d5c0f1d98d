// WheelFilter: the mouse wheel scrolls the page, whatever field is under the pointer: it never changes a value.
#pragma once

#include <QObject>

namespace minnow {

/// To be installed on the application.
class WheelFilter final : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;
  bool eventFilter(QObject* watched, QEvent* event) override;
};

}  // namespace minnow
