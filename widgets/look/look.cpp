// One style sheet from resources/look/minnow.qss, its @names replaced by the palette's colours.
#include "widgets/look/look.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QHash>
#include <QPalette>
#include <QStyle>
#include <QStyleFactory>

#include "widgets/look/colors.h"
#include "widgets/look/metrics.h"

namespace minnow {
namespace {

QString styleSheetOf(const Colors& c) {
  QFile file(QStringLiteral(":/minnow/look/minnow.qss"));
  if (!file.open(QIODevice::ReadOnly)) return {};
  const QString text = QString::fromUtf8(file.readAll());
  const QHash<QString, QColor> names{{QStringLiteral("window"), c.window},
                                     {QStringLiteral("sidebar"), c.sidebar},
                                     {QStringLiteral("card"), c.card},
                                     {QStringLiteral("field"), c.field},
                                     {QStringLiteral("border"), c.border},
                                     {QStringLiteral("borderStrong"), c.borderStrong},
                                     {QStringLiteral("grid"), c.grid},
                                     {QStringLiteral("text"), c.text},
                                     {QStringLiteral("muted"), c.muted},
                                     {QStringLiteral("disabled"), c.disabled},
                                     {QStringLiteral("accent"), c.accent},
                                     {QStringLiteral("accentHover"), c.accentHover},
                                     {QStringLiteral("accentPressed"), c.accentPressed},
                                     {QStringLiteral("accentSoft"), c.accentSoft},
                                     {QStringLiteral("onAccent"), c.onAccent},
                                     {QStringLiteral("good"), c.good},
                                     {QStringLiteral("warning"), c.warning},
                                     {QStringLiteral("bad"), c.bad},
                                     {QStringLiteral("goodSoft"), c.goodSoft},
                                     {QStringLiteral("warningSoft"), c.warningSoft},
                                     {QStringLiteral("badSoft"), c.badSoft}};
  QString sheet;
  sheet.reserve(text.size());
  for (qsizetype i = 0; i < text.size();) {
    if (text[i] != QLatin1Char('@')) {
      sheet += text[i++];
      continue;
    }
    qsizetype end = i + 1;
    while (end < text.size() && text[end].isLetter()) ++end;
    const QString name = text.mid(i + 1, end - i - 1);
    Q_ASSERT_X(name == QLatin1String("theme") || names.contains(name), "minnow.qss", qPrintable(name));
    sheet += name == QLatin1String("theme") ? c.dark ? QStringLiteral("dark") : QStringLiteral("light")
                                            : names.value(name).name();
    i = end;
  }
  return sheet;
}

// Latin letters from the first of these that is installed, Chinese from the first that has it.
QStringList families() {
  static const QStringList found = [] {
    QStringList list;
    const QStringList installed = QFontDatabase::families();
    // Noto Sans CJK's Latin letters are Source Sans: better than DejaVu, which is what a bare system falls back to.
    const QString system = QFontDatabase::systemFont(QFontDatabase::GeneralFont).family();
    for (const QString& name : {QStringLiteral("Inter"), QStringLiteral("Cantarell"), QStringLiteral("Noto Sans"),
                                QStringLiteral("Noto Sans CJK SC"), system, QStringLiteral("WenQuanYi Micro Hei"),
                                QStringLiteral("DejaVu Sans")}) {
      if (installed.contains(name) && !list.contains(name)) list += name;
    }
    if (list.isEmpty()) list += system;
    return list;
  }();
  return found;
}

QFont sized(int pixels, QFont::Weight weight = QFont::Normal) {
  QFont font;
  font.setFamilies(families());
  font.setPixelSize(pixels);
  font.setWeight(weight);
  return font;
}

}  // namespace

QString toString(Theme theme) {
  return theme == Theme::dark    ? QStringLiteral("dark")
         : theme == Theme::light ? QStringLiteral("light")
                                 : QStringLiteral("system");
}

Theme themeFrom(const QString& name) {
  return name == QLatin1String("dark") ? Theme::dark : name == QLatin1String("light") ? Theme::light : Theme::system;
}

bool systemIsDark() {
  const QPalette own = QApplication::palette();
  QApplication::setPalette(QPalette());  // what is then left is the desktop's
  const bool dark = colors(QApplication::palette()).dark;
  QApplication::setPalette(own);
  return dark;
}

void applyLook(QApplication& app, Theme theme) {
  const bool dark = theme == Theme::dark || (theme == Theme::system && systemIsDark());
  const Colors& c = dark ? darkColors() : lightColors();
  // Once: under a style sheet style() is Qt's own, nameless one, and another Fusion would polish every widget again.
  if (!app.property("minnowStyle").toBool()) {
    QApplication::setStyle(QStringLiteral("Fusion"));
    app.setProperty("minnowStyle", true);
  }
  QApplication::setPalette(paletteOf(c));
  QApplication::setFont(bodyFont());
  app.setStyleSheet(styleSheetOf(c));
}

QFont bodyFont() { return sized(metrics::body); }
QFont captionFont() { return sized(metrics::caption); }
QFont titleFont() { return sized(metrics::title, QFont::DemiBold); }

QFont monospaceFont() {
  QFont font = sized(metrics::body);
  QStringList list{QFontDatabase::systemFont(QFontDatabase::FixedFont).family(), QStringLiteral("DejaVu Sans Mono"),
                   QStringLiteral("Noto Sans Mono CJK SC")};
  font.setFamilies(list + families());
  font.setStyleHint(QFont::Monospace);
  return font;
}

}  // namespace minnow
