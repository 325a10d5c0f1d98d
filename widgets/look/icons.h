// Line icons drawn for Minnow: resources/icons/*.svg, one stroke width, "currentColor". They take the palette's colour
// when they are painted, so a change of theme needs no new icons.
#pragma once

#include <QIcon>
#include <QPixmap>
#include <QString>

namespace minnow {

/// Which colour of the palette an icon is painted with. onAccent: on the primary button.
enum class IconTone { text, muted, accent, onAccent, good, warning, bad };

/// The icon `name` ("train" is resources/icons/train.svg). An unknown name is a bug and asserts.
QIcon lineIcon(const QString& name, IconTone tone = IconTone::text);

/// One picture of it in a colour, for widgets that paint themselves.
QPixmap iconPixmap(const QString& name, int size, const QColor& color, qreal devicePixelRatio);

}  // namespace minnow
