// A text with marked stretches.
#include "widgets/common/span_text.h"

#include <QEvent>

#include "widgets/look/colors.h"

namespace minnow {

SpanText::SpanText(QWidget* parent) : QTextEdit(parent) {
  setReadOnly(true);
  setAcceptRichText(false);
  setFrameShape(QFrame::NoFrame);
  setTabChangesFocus(true);
}

void SpanText::setContent(const QString& text, const QList<TextSpan>& spans) {
  m_spans = spans;
  if (toPlainText() != text) setPlainText(text);
  mark();
}

QList<TextSpan> SpanText::find(const QString& text, const QStringList& values) {
  QList<TextSpan> spans;
  const auto isTaken = [&](qsizetype start, qsizetype length) {
    for (const TextSpan& span : spans)
      if (start < span.start + span.length && span.start < start + length) return true;
    return false;
  };
  for (int field = 0; field < values.size(); ++field) {
    const QString& value = values[field];
    if (value.isEmpty()) continue;
    for (qsizetype at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
      if (isTaken(at, value.size())) continue;
      spans += TextSpan{static_cast<int>(at), static_cast<int>(value.size()), field};
      break;
    }
  }
  return spans;
}

void SpanText::changeEvent(QEvent* event) {
  QTextEdit::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) mark();
}

void SpanText::mark() {
  const auto& spanColors = colors(this).spans;
  QList<ExtraSelection> selections;
  for (const TextSpan& span : m_spans) {
    ExtraSelection selection;
    selection.cursor = QTextCursor(document());
    selection.cursor.setPosition(span.start);
    selection.cursor.setPosition(qMin(span.start + span.length, document()->characterCount() - 1),
                                 QTextCursor::KeepAnchor);
    selection.format.setBackground(spanColors[static_cast<std::size_t>(span.field) % spanColors.size()]);
    selections += selection;
  }
  setExtraSelections(selections);
}

}  // namespace minnow
