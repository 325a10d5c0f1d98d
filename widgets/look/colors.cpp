// The colours. Text on its background keeps a contrast of at least 4.5 to 1 (WCAG AA); tests/widgets/tst_look measures.
#include "widgets/look/colors.h"

#include <QGuiApplication>

namespace minnow {
namespace {

Colors makeLight() {
  Colors c;
  c.window = QColor(0xf6f5f2);
  c.sidebar = QColor(0xeeece7);
  c.card = QColor(0xffffff);
  c.field = QColor(0xffffff);
  c.border = QColor(0xe1ded7);
  c.borderStrong = QColor(0xb9b4aa);
  c.grid = QColor(0xece9e3);
  c.text = QColor(0x23211e);
  c.muted = QColor(0x655f56);
  c.disabled = QColor(0xa39d93);
  c.accent = QColor(0x0f6b6b);
  c.accentHover = QColor(0x0d5c5c);
  c.accentPressed = QColor(0x0a4c4c);
  c.accentSoft = QColor(0xdfeeec);
  c.onAccent = QColor(0xffffff);
  c.train = QColor(0x2468b0);
  c.eval = QColor(0xd3690f);
  c.score = QColor(0x2b8a55);
  c.good = QColor(0x23714a);
  c.warning = QColor(0x8a5300);
  c.bad = QColor(0xac3028);
  c.goodSoft = QColor(0xe2f1e8);
  c.warningSoft = QColor(0xf8ecd5);
  c.badSoft = QColor(0xf9e3e0);
  c.added = QColor(0xc9ead7);
  c.removed = QColor(0xf6cfca);
  c.spans = {QColor(0xd3e5f7), QColor(0xfce3c8), QColor(0xd5eed8), QColor(0xeadcf5),
             QColor(0xf9d9de), QColor(0xd2eeee), QColor(0xf3ecc1), QColor(0xe3e0da)};
  return c;
}

Colors makeDark() {
  Colors c;
  c.dark = true;
  c.window = QColor(0x1e1d1b);
  c.sidebar = QColor(0x181716);
  c.card = QColor(0x272624);
  c.field = QColor(0x201f1d);
  c.border = QColor(0x3a3834);
  c.borderStrong = QColor(0x5e5b55);
  c.grid = QColor(0x33312e);
  c.text = QColor(0xece9e3);
  c.muted = QColor(0xaaa49a);
  c.disabled = QColor(0x6e6a63);
  c.accent = QColor(0x4fb3a9);
  c.accentHover = QColor(0x64c3b9);
  c.accentPressed = QColor(0x3f9d94);
  c.accentSoft = QColor(0x1f3a37);
  c.onAccent = QColor(0x0c1f1d);
  c.train = QColor(0x6fabe9);
  c.eval = QColor(0xf2a65a);
  c.score = QColor(0x6ccb94);
  c.good = QColor(0x72c796);
  c.warning = QColor(0xe3b35a);
  c.bad = QColor(0xf08b81);
  c.goodSoft = QColor(0x21382b);
  c.warningSoft = QColor(0x3d3220);
  c.badSoft = QColor(0x442a27);
  c.added = QColor(0x2b5a41);
  c.removed = QColor(0x6a3430);
  c.spans = {QColor(0x2b4666), QColor(0x5f4223), QColor(0x2f5237), QColor(0x4b3a5e),
             QColor(0x5f3440), QColor(0x245052), QColor(0x554d1f), QColor(0x4a4742)};
  return c;
}

}  // namespace

const Colors& lightColors() {
  static const Colors light = makeLight();
  return light;
}

const Colors& darkColors() {
  static const Colors dark = makeDark();
  return dark;
}

const Colors& colors(const QPalette& palette) {
  const bool dark = palette.color(QPalette::WindowText).lightness() > palette.color(QPalette::Window).lightness();
  return dark ? darkColors() : lightColors();
}

const Colors& colors(const QWidget*) { return colors(QGuiApplication::palette()); }

QPalette paletteOf(const Colors& c) {
  QPalette p;
  p.setColor(QPalette::Window, c.window);
  p.setColor(QPalette::WindowText, c.text);
  p.setColor(QPalette::Base, c.field);
  p.setColor(QPalette::AlternateBase, c.window);
  p.setColor(QPalette::Text, c.text);
  p.setColor(QPalette::Button, c.card);
  p.setColor(QPalette::ButtonText, c.text);
  p.setColor(QPalette::ToolTipBase, c.text);
  p.setColor(QPalette::ToolTipText, c.card);
  p.setColor(QPalette::PlaceholderText, c.muted);
  p.setColor(QPalette::BrightText, c.bad);
  p.setColor(QPalette::Highlight, c.accent);
  p.setColor(QPalette::HighlightedText, c.onAccent);
  p.setColor(QPalette::Link, c.accent);
  p.setColor(QPalette::LinkVisited, c.accent);
  p.setColor(QPalette::Light, c.card);
  p.setColor(QPalette::Midlight, c.border);
  p.setColor(QPalette::Mid, c.borderStrong);
  p.setColor(QPalette::Dark, c.borderStrong);
  p.setColor(QPalette::Shadow, c.dark ? QColor(Qt::black) : c.borderStrong);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
    p.setColor(QPalette::Disabled, role, c.disabled);
  p.setColor(QPalette::Disabled, QPalette::Highlight, c.border);
  p.setColor(QPalette::Disabled, QPalette::HighlightedText, c.muted);
  return p;
}

}  // namespace minnow
