// Look: theme, style sheet and fonts of the whole application, applied once and again when the theme changes.
#pragma once

#include <QFont>
#include <QString>

QT_FORWARD_DECLARE_CLASS(QApplication)

namespace minnow {

enum class Theme { system, light, dark };

QString toString(Theme theme);         ///< as settings keep it: "system", "light", "dark"
Theme themeFrom(const QString& name);  ///< system for an unknown name

/// Whether the desktop's own palette, beneath the one that applyLook sets, is dark. GUI thread.
bool systemIsDark();

/// Sets style (Fusion), palette, style sheet and font. GUI thread. For `system` to follow the desktop it is called
/// again on QEvent::ThemeChange.
void applyLook(QApplication& app, Theme theme);

/// The window's font: the desktop's, then families that have Chinese.
QFont bodyFont();
QFont captionFont();
QFont titleFont();
QFont monospaceFont();  ///< JSON, tokens, commands

}  // namespace minnow
