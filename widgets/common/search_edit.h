// A field that rows or values are searched by: a lens in front and a cross that clears it, both in the palette's colour
// (Qt's own cross is black, also on dark).
#pragma once

#include <QAction>
#include <QLineEdit>

#include "widgets/look/icons.h"

namespace minnow {

inline QLineEdit* makeSearchEdit(const QString& objectName) {
  auto* edit = new QLineEdit;
  edit->setObjectName(objectName);
  edit->setClearButtonEnabled(true);
  if (auto* clear = edit->findChild<QAction*>(QStringLiteral("_q_qlineeditclearaction")))
    clear->setIcon(lineIcon(QStringLiteral("cross"), IconTone::muted));
  edit->addAction(lineIcon(QStringLiteral("search"), IconTone::muted), QLineEdit::LeadingPosition);
  return edit;
}

}  // namespace minnow
