// ChecksView: what the audit of all rows found; every count leads to its rows.
#pragma once

#include <QList>
#include <QWidget>
#include <optional>

#include "widgets/data/data_types.h"

QT_FORWARD_DECLARE_CLASS(QLabel)
QT_FORWARD_DECLARE_CLASS(QPushButton)
QT_FORWARD_DECLARE_CLASS(QVBoxLayout)

namespace minnow {

class HeadlineFigure;

class ChecksView final : public QWidget {
  Q_OBJECT

 public:
  explicit ChecksView(QWidget* parent = nullptr);
  void showOutcome(const CheckOutcome& outcome);
  /// Rows were changed since: the figures may be old.
  void setOutdated(bool outdated);
  /// Whether all rows were checked as they are now.
  bool isCurrent() const { return m_outcome && !m_outdated && !m_outcome->stopped; }
  void clear();

 Q_SIGNALS:
  /// "": all rows that have none.
  void rowsWanted(const QString& problemCode);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslateUi();
  void present();
  std::optional<CheckOutcome> m_outcome;
  bool m_outdated = false;
  QLabel *m_none, *m_note;
  QWidget* m_result;
  HeadlineFigure *m_rows, *m_fine, *m_wrong;
  QVBoxLayout* m_list;
  QList<QWidget*> m_lines;
};

}  // namespace minnow
