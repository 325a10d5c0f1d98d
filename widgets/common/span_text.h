// SpanText: a text that can be read and copied, with stretches of it marked in the colours that its fields have.
#pragma once

#include <QList>
#include <QTextEdit>

namespace minnow {

/// Characters [start, start + length) in UTF-16 units, in the colour of field number `field`.
struct TextSpan {
  int start = 0, length = 0, field = 0;
};

class SpanText final : public QTextEdit {
  Q_OBJECT

 public:
  explicit SpanText(QWidget* parent = nullptr);
  void setContent(const QString& text, const QList<TextSpan>& spans);

  /// Where each value stands in `text`: the first place that no earlier value has taken; a value that isn't there, or
  /// an empty one, has none. Numbered as the values are.
  static QList<TextSpan> find(const QString& text, const QStringList& values);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void mark();
  QList<TextSpan> m_spans;
};

}  // namespace minnow
