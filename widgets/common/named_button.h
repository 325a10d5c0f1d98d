// A button with an icon that tests and pictures find by its name.
#pragma once

#include <QPushButton>

#include "widgets/look/icons.h"

namespace minnow {

/// Without a text: the page sets it in its own language. No parent: whoever places it owns it.
inline QPushButton* namedButton(const char* name, const char* icon) {
  auto* button = new QPushButton(lineIcon(QLatin1String(icon)), QString());
  button->setObjectName(QLatin1String(name));
  return button;
}

}  // namespace minnow
