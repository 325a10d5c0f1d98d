// The two palettes of the window, light and dark: warm greys, one accent (deep teal), three colours for curves. Widgets
// that paint themselves ask colors(this) each time they paint, and repaint on QEvent::PaletteChange.
#pragma once

#include <QColor>
#include <QPalette>
#include <array>

QT_FORWARD_DECLARE_CLASS(QWidget)

namespace minnow {

struct Colors {
  bool dark = false;
  QColor window, sidebar, card, field, border, borderStrong, grid;
  QColor text, muted, disabled;
  QColor accent, accentHover, accentPressed, accentSoft, onAccent;
  QColor train, eval, score;              ///< curves: train loss blue, eval loss orange, task score green
  QColor good, warning, bad;              ///< states; never without a shape and a word beside them
  QColor goodSoft, warningSoft, badSoft;  ///< backgrounds of those
  QColor added, removed;                  ///< backgrounds of differing characters
  std::array<QColor, 8> spans;            ///< backgrounds of extracted values within a text, by field
};

const Colors& lightColors();
const Colors& darkColors();

/// Which of the two a palette belongs to: dark is when its text is lighter than its window (Qt 6.4 has no other hint).
const Colors& colors(const QPalette& palette);
/// What a widget paints itself with: the application's. Its own palette won't do, a style sheet makes that see-through.
const Colors& colors(const QWidget* widget);

/// The QPalette for widgets that no style sheet rule reaches.
QPalette paletteOf(const Colors& colors);

}  // namespace minnow
