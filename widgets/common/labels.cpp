// Labels by role.
#include "widgets/common/labels.h"

#include <QStyle>
#include <QVariant>

namespace minnow {
namespace {

const char* nameOf(TextRole role) {
  switch (role) {
    case TextRole::body:
      return "body";
    case TextRole::title:
      return "title";
    case TextRole::section:
      return "section";
    case TextRole::caption:
      return "caption";
    case TextRole::muted:
      return "muted";
    case TextRole::headline:
      return "headline";
    case TextRole::figure:
      return "figure";
    case TextRole::reason:
      return "reason";
    case TextRole::warning:
      return "warning";
  }
  return "body";
}

}  // namespace

QLabel* makeLabel(TextRole role, QWidget* parent) {
  auto* label = new QLabel(parent);
  label->setProperty("role", QString::fromLatin1(nameOf(role)));
  label->setWordWrap(role == TextRole::body || role == TextRole::caption || role == TextRole::muted ||
                     role == TextRole::reason || role == TextRole::warning);
  label->setTextFormat(Qt::PlainText);
  return label;
}

QFrame* makeRule(QWidget* parent) {
  auto* rule = new QFrame(parent);
  rule->setProperty("rule", true);
  return rule;
}

void setStyleProperty(QWidget* widget, const char* name, const QVariant& value) {
  if (widget->property(name) == value) return;
  widget->setProperty(name, value);
  widget->style()->unpolish(widget);
  widget->style()->polish(widget);
}

}  // namespace minnow
