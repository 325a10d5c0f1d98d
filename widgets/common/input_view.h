// InputView: a row's input as text, each extracted value on its field's colour; a tooltip names the field.
#pragma once

#include <QList>
#include <QPlainTextEdit>
#include <vector>

#include "core/types/task.h"
#include "widgets/common/value_spans.h"

namespace minnow {

class InputView final : public QPlainTextEdit {
  Q_OBJECT

 public:
  explicit InputView(QWidget* parent = nullptr);
  void setFields(std::vector<Field> fields);
  /// Keeps cursor and undo where the text is the same.
  void setInput(const QString& text);
  /// Looks for these values anew, one per field.
  void setValues(const QList<QString>& values);
  const QList<ValueSpan>& spans() const { return m_spans; }
  /// At least and at most so many lines high.
  void setLines(int atLeast, int atMost);

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  bool event(QEvent* event) override;
  void changeEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void mark();
  int linesNeeded() const;
  std::vector<Field> m_fields;
  QList<QString> m_values;
  QList<ValueSpan> m_spans;
  int m_atLeast = 2, m_atMost = 6;
};

}  // namespace minnow
