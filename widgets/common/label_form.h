// LabelForm: a row's answer as a form, one line per field with the field's colour, its doubts and problems below; or as
// the JSON text it is trained on. What is typed in one shows in the other.
#pragma once

#include <QList>
#include <QWidget>
#include <vector>

#include "core/types/row.h"
#include "core/types/task.h"

QT_FORWARD_DECLARE_CLASS(QGridLayout)
QT_FORWARD_DECLARE_CLASS(QLabel)
QT_FORWARD_DECLARE_CLASS(QLineEdit)
QT_FORWARD_DECLARE_CLASS(QPlainTextEdit)
QT_FORWARD_DECLARE_CLASS(QPushButton)
QT_FORWARD_DECLARE_CLASS(QStackedWidget)

namespace minnow {

class LabelForm final : public QWidget {
  Q_OBJECT

 public:
  explicit LabelForm(QWidget* parent = nullptr);
  void setFields(std::vector<Field> fields);
  void setLabel(const QString& json);
  void setProblems(const std::vector<Problem>& problems);
  void setReadOnly(bool readOnly);
  const QString& label() const { return m_label; }
  QList<QString> values() const;
  QLineEdit* edit(int field) const { return m_lines.at(field).edit; }
  /// The first field with a problem, else the first one.
  void focusDoubtful();
  /// Whether the JSON typed can't be a label; a sentence says why.
  bool isInvalid() const { return m_invalid; }

 public Q_SLOTS:
  void showJson(bool json);

 Q_SIGNALS:
  void labelEdited(const QString& json);  ///< by a person, at each key

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Line {
    QLabel* swatch;
    QLabel* name;
    QLineEdit* edit;
    QLabel* mark;
    QLabel* problem;
  };
  void retranslateUi();
  void fill();
  void rebuild();
  void paintSwatches();
  void jsonEdited();

  std::vector<Field> m_fields;
  std::vector<Problem> m_problems;
  QString m_label;
  QList<Line> m_lines;
  QPushButton* m_asForm;
  QPushButton* m_asJson;
  QStackedWidget* m_stack;
  QGridLayout* m_grid;
  QWidget* m_form;
  QPlainTextEdit* m_json;
  QLabel* m_jsonProblem;
  bool m_readOnly = false, m_filling = false, m_invalid = false;
};

}  // namespace minnow
