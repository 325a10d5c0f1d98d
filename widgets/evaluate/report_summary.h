// ReportSummary: a report at a glance: before and after with intervals, the paired test in words, bars of fields and of
// kinds of error. Every figure leads to its rows.
#pragma once

#include <QScrollArea>
#include <memory>
#include <vector>

#include "core/types/evaluate_report.h"
#include "widgets/evaluate/compared_rows_model.h"
#include "widgets/evaluate/comparison_bars.h"

QT_FORWARD_DECLARE_CLASS(QLabel)
QT_FORWARD_DECLARE_CLASS(QPushButton)

namespace minnow {

class Card;

class ReportSummary final : public QScrollArea {
  Q_OBJECT

 public:
  explicit ReportSummary(QWidget* parent = nullptr);
  /// `stillWrong`: rows that are wrong before and after. Null: nothing to show.
  void setReport(std::shared_ptr<const EvaluateReport> report, qint64 stillWrong);

 Q_SIGNALS:
  void rowsWanted(const minnow::RowFilter& filter);

 protected:
  void changeEvent(QEvent* event) override;
  void showEvent(QShowEvent* event) override;

 private:
  void retranslateUi();
  void showHeadline();
  void showBars();

  std::shared_ptr<const EvaluateReport> m_report;
  qint64 m_wrong = 0;
  std::vector<FieldError> m_kinds;  ///< rows of the error bars
  Card *m_exactCard, *m_jsonCard, *m_pairCard, *m_fieldCard, *m_errorCard;
  struct Headline {
    QPushButton *before, *after;
    QLabel *arrow, *interval;
  } m_exact, m_json;
  QPushButton *m_fixed, *m_broken, *m_stillWrong;
  QLabel *m_pair, *m_factsLabel, *m_legend;
  ComparisonBars *m_fieldBars, *m_errorBars;
};

}  // namespace minnow
