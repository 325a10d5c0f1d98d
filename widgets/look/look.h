// Look: theme, style sheet and fonts of the whole application, applied once and again when the theme changes.
#pragma once

#include <QFont>
#include <QString>

QT_FORWARD_DECLARE_CLASS(QApplication)

namespace minnow {

enum class Theme { system, light, dark };

QString toString(Theme theme);         ///< as settings keep it: "system", "light", "dark"
Theme themeFrom(const QString& name);  ///< system for an unknown name

/// Sets style (Fusion), palette, style sheet and font. GUI thread. `system` is what the palette said at the first call.
void applyLook(QApplication& app, Theme theme);

/// The window's font: the desktop's, then families that have Chinese.
QFont bodyFont();
QFont captionFont();
QFont titleFont();
QFont headlineFont();   ///< large figures; digits of one width
QFont monospaceFont();  ///< JSON, tokens, commands

}  // namespace minnow
