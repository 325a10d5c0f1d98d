// The look: contrast of the palettes, the style sheet's names, icons that follow the palette.
#include <QApplication>
#include <QPushButton>
#include <QRegularExpression>
#include <QTest>
#include <cmath>
#include <cstdlib>
#include <memory>

#include "widgets/common/search_edit.h"
#include "widgets/look/colors.h"
#include "widgets/look/icons.h"
#include "widgets/look/look.h"

using namespace minnow;

namespace {

// Relative luminance and contrast as WCAG 2.1 defines them.
double luminance(const QColor& color) {
  const auto part = [](double v) { return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
  return 0.2126 * part(color.redF()) + 0.7152 * part(color.greenF()) + 0.0722 * part(color.blueF());
}

double contrast(const QColor& a, const QColor& b) {
  const double x = luminance(a), y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

}  // namespace

class TestLook : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void textIsReadableOnEveryBackground_data() {
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
  }

  void textIsReadableOnEveryBackground() {
    QFETCH(bool, dark);
    const Colors& c = dark ? darkColors() : lightColors();
    for (const QColor& back : {c.window, c.sidebar, c.card, c.field}) {
      for (const QColor& ink : {c.text, c.muted, c.accent, c.good, c.warning, c.bad})
        QVERIFY2(contrast(ink, back) >= 4.5, qPrintable(ink.name() + QStringLiteral(" on ") + back.name() +
                                                        QStringLiteral(": %1").arg(contrast(ink, back))));
    }
    QVERIFY(contrast(c.onAccent, c.accent) >= 4.5);
    QVERIFY(contrast(c.onAccent, c.accentHover) >= 4.5);
    QVERIFY(contrast(c.good, c.goodSoft) >= 4.5);
    QVERIFY(contrast(c.warning, c.warningSoft) >= 4.5);
    QVERIFY(contrast(c.bad, c.badSoft) >= 4.5);
    for (const QColor& span : c.spans) QVERIFY2(contrast(c.text, span) >= 4.5, qPrintable(span.name()));
    for (const QColor& curve : {c.train, c.eval, c.score})
      QVERIFY2(contrast(curve, c.card) >= 3.0, qPrintable(curve.name()));
  }

  void theCrossThatClearsASearchFollowsThePalette() {
    for (const Theme theme : {Theme::light, Theme::dark}) {
      applyLook(*qApp, theme);
      const std::unique_ptr<QLineEdit> edit(makeSearchEdit(QStringLiteral("searchEdit")));
      const auto* clear = edit->findChild<QAction*>(QStringLiteral("_q_qlineeditclearaction"));
      QVERIFY(clear != nullptr);
      const QImage picture = clear->icon().pixmap(16, 16).toImage();
      const QColor muted = (theme == Theme::dark ? darkColors() : lightColors()).muted;
      bool drawn = false;
      for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
          const QColor ink = picture.pixelColor(x, y);
          if (ink.alpha() < 200) continue;
          drawn = true;
          QVERIFY(std::abs(ink.red() - muted.red()) < 12 && std::abs(ink.blue() - muted.blue()) < 12);
        }
      }
      QVERIFY(drawn);
    }
  }

  void aPaletteTellsItsTheme() {
    QVERIFY(!colors(paletteOf(lightColors())).dark);
    QVERIFY(colors(paletteOf(darkColors())).dark);
  }

  void theStyleSheetHasNoNameLeft() {
    for (const Theme theme : {Theme::light, Theme::dark}) {
      applyLook(*qApp, theme);
      QVERIFY(!qApp->styleSheet().isEmpty());
      QVERIFY(!qApp->styleSheet().contains(QLatin1Char('@')));
    }
  }

  // Read by a plugin of Qt's: in Debian 13 a package of its own, and without it boxes have no arrows and no ticks.
  void picturesOfTheStyleSheetAndTheLogoAreRead() {
    QStringList paths{QStringLiteral(":/minnow/icons/minnow.svg")};
    for (const Theme theme : {Theme::light, Theme::dark}) {
      applyLook(*qApp, theme);
      static const QRegularExpression url(QStringLiteral("url\\(([^)]+)\\)"));
      for (auto found = url.globalMatch(qApp->styleSheet()); found.hasNext();) paths << found.next().captured(1);
    }
    QVERIFY(paths.size() >= 7);
    for (const QString& path : paths) QVERIFY2(!QPixmap(path).isNull(), qPrintable(path));
  }

  void aChangeOfThemePolishesEveryWidgetOnce() {
    applyLook(*qApp, Theme::light);
    class Counter final : public QPushButton {
     public:
      int changes = 0;

     protected:
      void changeEvent(QEvent* event) override {
        changes += event->type() == QEvent::StyleChange;
        QPushButton::changeEvent(event);
      }
    } button;
    button.ensurePolished();
    button.changes = 0;
    applyLook(*qApp, Theme::dark);
    QCOMPARE(button.changes, 1);
  }

  void iconsTakeThePalettesColour() {
    const QIcon icon = lineIcon(QStringLiteral("stop"));
    const auto darkest = [&] {
      const QImage picture = icon.pixmap(QSize(24, 24)).toImage();
      QColor found;
      for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width(); ++x)
          if (picture.pixelColor(x, y).alpha() > 250) found = picture.pixelColor(x, y);
      return found;
    };
    applyLook(*qApp, Theme::light);
    const QColor light = darkest();
    applyLook(*qApp, Theme::dark);
    const QColor dark = darkest();
    QVERIFY(light.isValid() && dark.isValid());
    QVERIFY(light.lightness() < 90);
    QVERIFY(dark.lightness() > 160);
  }

  void themesHaveStableNames() {
    for (const Theme theme : {Theme::system, Theme::light, Theme::dark}) QVERIFY(themeFrom(toString(theme)) == theme);
    QVERIFY(themeFrom(QStringLiteral("nonsense")) == Theme::system);
  }
};

QTEST_MAIN(TestLook)
#include "tst_look.moc"
