// Labels in the window's three sizes; the style sheet knows them by the property "role".
#pragma once

#include <QLabel>

namespace minnow {

enum class TextRole { body, title, section, caption, muted, headline, figure, reason, warning };

/// A label that wraps unless it is a title or a figure. Texts are set by retranslateUi(), so none is taken here.
QLabel* makeLabel(TextRole role, QWidget* parent = nullptr);

/// A horizontal 1-px line.
QFrame* makeRule(QWidget* parent = nullptr);

/// Sets a dynamic property that the style sheet selects by, and styles the widget again if it changed.
void setStyleProperty(QWidget* widget, const char* name, const QVariant& value);

}  // namespace minnow
