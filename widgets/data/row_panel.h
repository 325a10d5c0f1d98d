// RowPanel: one row in full: its input with each value marked, its answer as a form or JSON, what is wrong with it, and
// how the model reads it. Changes are kept when the person moves on; they can be undone.
#pragma once

#include <QWidget>
#include <optional>
#include <vector>

#include "core/types/row.h"
#include "core/types/task.h"
#include "widgets/data/token_strip.h"

QT_FORWARD_DECLARE_CLASS(QComboBox)
QT_FORWARD_DECLARE_CLASS(QLabel)
QT_FORWARD_DECLARE_CLASS(QPushButton)
QT_FORWARD_DECLARE_CLASS(QScrollArea)

namespace minnow {

class Badge;
class InputView;
class LabelForm;

class RowPanel final : public QWidget {
  Q_OBJECT

 public:
  explicit RowPanel(QWidget* parent = nullptr);
  void setFields(std::vector<Field> fields);
  void setReadOnly(bool readOnly);
  /// Another row (what was changed in the one before is kept), or a newer version of the same.
  void setRow(const std::optional<Row>& row);
  const std::optional<Row>& row() const { return m_row; }
  void setTokens(const TokenizedRow& tokens);
  bool isChanged() const { return m_changed; }

 public Q_SLOTS:
  /// Keeps what was changed: emits editRequested.
  void keep();
  void revert();

 Q_SIGNALS:
  void editRequested(const minnow::Row& row);
  /// The row as it stands in the panel: its tokens are wanted.
  void tokensWanted(const minnow::Row& row);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslateUi();
  void touched();
  void present();
  void showTokens();
  Row edited() const;

  std::vector<Field> m_fields;
  std::optional<Row> m_row;
  TokenizedRow m_tokens;
  bool m_changed = false, m_readOnly = false, m_showing = false;
  QWidget* m_body;
  QLabel* m_none;
  QLabel* m_id;
  Badge* m_state;
  QComboBox* m_split;
  QLabel* m_inputCaption;
  InputView* m_input;
  LabelForm* m_form;
  QLabel* m_problems;
  QLabel* m_origin;
  QLabel* m_tokenCaption;
  QLabel* m_tokenCounts;
  TokenStrip* m_strip;
  QPushButton* m_keep;
  QPushButton* m_revert;
};

}  // namespace minnow
