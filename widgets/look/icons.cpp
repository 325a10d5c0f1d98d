// An icon engine that renders the SVG in the colour that the palette has now.
#include "widgets/look/icons.h"

#include <QApplication>
#include <QFile>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include "widgets/look/colors.h"

namespace minnow {
namespace {

QByteArray sourceOf(const QString& name) {
  static QHash<QString, QByteArray> sources;  // GUI thread only, as all painting of widgets
  const auto known = sources.constFind(name);
  if (known != sources.constEnd()) return *known;
  QFile file(QStringLiteral(":/minnow/icons/%1.svg").arg(name));
  const bool open = file.open(QIODevice::ReadOnly);
  Q_ASSERT_X(open, "lineIcon", qPrintable(name));
  Q_UNUSED(open);
  return *sources.insert(name, file.readAll());
}

QColor toneColor(IconTone tone, QIcon::Mode mode) {
  const Colors& c = colors(QApplication::palette());
  if (mode == QIcon::Disabled) return c.disabled;
  switch (tone) {
    case IconTone::text:
      return c.text;
    case IconTone::muted:
      return c.muted;
    case IconTone::accent:
      return c.accent;
    case IconTone::onAccent:
      return c.onAccent;
    case IconTone::good:
      return c.good;
    case IconTone::warning:
      return c.warning;
    case IconTone::bad:
      return c.bad;
  }
  return c.text;
}

class LineIconEngine final : public QIconEngine {
 public:
  LineIconEngine(QString name, IconTone tone) : m_name(std::move(name)), m_tone(tone) {}
  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
    const int side = qMin(rect.width(), rect.height());
    const QPixmap picture = iconPixmap(m_name, side, toneColor(m_tone, mode), painter->device()->devicePixelRatio());
    painter->drawPixmap(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2, picture);
  }
  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override {
    return iconPixmap(m_name, qMin(size.width(), size.height()), toneColor(m_tone, mode), 1.0);
  }
  QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal scale) override {
    QPixmap picture =
        iconPixmap(m_name, qRound(qMin(size.width(), size.height()) / scale), toneColor(m_tone, mode), scale);
    return picture;
  }
  QIconEngine* clone() const override { return new LineIconEngine(m_name, m_tone); }

 private:
  QString m_name;
  IconTone m_tone;
};

}  // namespace

QIcon lineIcon(const QString& name, IconTone tone) { return QIcon(new LineIconEngine(name, tone)); }

QPixmap iconPixmap(const QString& name, int size, const QColor& color, qreal ratio) {
  const QString key = QStringLiteral("minnow/%1/%2/%3/%4").arg(name).arg(size).arg(color.rgba(), 0, 16).arg(ratio);
  QPixmap picture;
  if (QPixmapCache::find(key, &picture)) return picture;
  QByteArray svg = sourceOf(name);
  svg.replace("currentColor", color.name().toLatin1());
  picture = QPixmap(qMax(1, qRound(size * ratio)), qMax(1, qRound(size * ratio)));
  picture.fill(Qt::transparent);
  QPainter painter(&picture);
  painter.setRenderHint(QPainter::Antialiasing);
  QSvgRenderer(svg).render(&painter, QRectF(0, 0, picture.width(), picture.height()));
  painter.end();
  picture.setDevicePixelRatio(ratio);
  QPixmapCache::insert(key, picture);
  return picture;
}

}  // namespace minnow
