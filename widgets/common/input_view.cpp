// Colours are extra selections, so they are no part of the text's undo.
#include "widgets/common/input_view.h"

#include <QEvent>
#include <QHelpEvent>
#include <QTextBlock>
#include <QTextLayout>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "widgets/look/colors.h"
#include "widgets/look/metrics.h"

namespace minnow {

InputView::InputView(QWidget* parent) : QPlainTextEdit(parent) {
  setTabChangesFocus(true);
  setLineWrapMode(QPlainTextEdit::WidgetWidth);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  connect(this, &QPlainTextEdit::textChanged, this, [this] {
    mark();
    updateGeometry();
  });
}

void InputView::setFields(std::vector<Field> fields) {
  m_fields = std::move(fields);
  mark();
}

void InputView::setInput(const QString& text) {
  if (toPlainText() != text) setPlainText(text);
}

void InputView::setValues(const QList<QString>& values) {
  m_values = values;
  mark();
}

void InputView::setLines(int atLeast, int atMost) {
  m_atLeast = atLeast;
  m_atMost = atMost;
  updateGeometry();
}

void InputView::mark() {
  m_spans = valueSpans(toPlainText(), m_fields, m_values);
  const auto& palette = colors(this);
  QList<QTextEdit::ExtraSelection> selections;
  for (const ValueSpan& span : m_spans) {
    QTextEdit::ExtraSelection selection;
    selection.format.setBackground(palette.spans[static_cast<std::size_t>(span.field) % palette.spans.size()]);
    selection.cursor = QTextCursor(document());
    selection.cursor.setPosition(static_cast<int>(span.start));
    selection.cursor.setPosition(static_cast<int>(span.start + span.length), QTextCursor::KeepAnchor);
    selections.append(selection);
  }
  setExtraSelections(selections);
}

int InputView::linesNeeded() const {
  int lines = 0;
  const int width = std::max(40, viewport()->width() - 8);
  const QFontMetrics text(font());
  for (QTextBlock block = document()->begin(); block.isValid() && lines <= m_atMost; block = block.next()) {
    lines += std::max(1, static_cast<int>(std::ceil(1.04 * text.horizontalAdvance(block.text()) / width)));
  }
  return std::clamp(lines, m_atLeast, m_atMost);
}

QSize InputView::sizeHint() const {
  const int height = linesNeeded() * QFontMetrics(font()).lineSpacing() + 2 * metrics::unit + 4;
  return {240, height};
}

QSize InputView::minimumSizeHint() const { return {120, sizeHint().height()}; }

bool InputView::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QPlainTextEdit::event(event);
  auto* help = static_cast<QHelpEvent*>(event);
  const int at = cursorForPosition(viewport()->mapFrom(this, help->pos())).position();
  for (const ValueSpan& span : m_spans) {
    if (at < span.start || at > span.start + span.length) continue;
    QToolTip::showText(help->globalPos(), QString::fromStdString(m_fields[static_cast<std::size_t>(span.field)].key),
                       this);
    return true;
  }
  return QPlainTextEdit::event(event);
}

void InputView::changeEvent(QEvent* event) {
  QPlainTextEdit::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) mark();
}

void InputView::resizeEvent(QResizeEvent* event) {
  QPlainTextEdit::resizeEvent(event);
  updateGeometry();
}

}  // namespace minnow
