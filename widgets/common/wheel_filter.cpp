// What is ignored goes on to the parent, and so to whatever scrolls.
#include "widgets/common/wheel_filter.h"

#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QEvent>
#include <QScrollBar>
#include <QTabBar>

namespace minnow {

bool WheelFilter::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() != QEvent::Wheel) return false;
  const bool field = qobject_cast<QComboBox*>(watched) || qobject_cast<QAbstractSpinBox*>(watched) ||
                     qobject_cast<QTabBar*>(watched) ||
                     (qobject_cast<QAbstractSlider*>(watched) && !qobject_cast<QScrollBar*>(watched));
  if (field) event->ignore();
  return field;
}

}  // namespace minnow
