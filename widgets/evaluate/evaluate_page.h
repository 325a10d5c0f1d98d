// EvaluatePage: the stage Evaluate. Before and after on the same rows: headline, fields, kinds of error, and the rows
// themselves side by side; every figure leads to its rows. It shows a report and asks for one; judging is the engine's.
#pragma once

#include <QList>
#include <memory>
#include <vector>

#include "core/types/compared_row.h"
#include "core/types/evaluate_report.h"
#include "core/types/progress.h"
#include "widgets/common/stage_page.h"
#include "widgets/evaluate/compared_rows_model.h"

QT_FORWARD_DECLARE_CLASS(QComboBox)
QT_FORWARD_DECLARE_CLASS(QProgressBar)
QT_FORWARD_DECLARE_CLASS(QStackedWidget)
QT_FORWARD_DECLARE_CLASS(QTabBar)

namespace minnow {

class ComparedRowsView;
class EmptyState;
class ReportSummary;
class RunSelector;

/// Rows that can be evaluated on: a split, or a file (then `path` is set).
struct EvaluateRows {
  QString key;        ///< "test", "validation", or the path
  qint64 count = -1;  ///< < 0: unknown
};

/// An earlier report to open.
struct ReportEntry {
  QString path, name;
};

class EvaluatePage final : public StagePage {
  Q_OBJECT

 public:
  explicit EvaluatePage(QWidget* parent = nullptr);

  RunSelector* runSelector() const { return m_runBox; }
  void setRowSources(const QList<EvaluateRows>& sources);
  QString rowSource() const;
  void setReports(const QList<ReportEntry>& reports, const QString& shown);
  void setRunning(bool on);
  void setStopping();
  void setWaiting(bool on);  ///< asked for, but its turn hasn't come
  void setProgress(const Progress& progress, double secondsLeft);
  void setReport(std::shared_ptr<const EvaluateReport> report, std::vector<ComparedRow> rows);
  void clearReport();
  bool hasReport() const { return m_report != nullptr; }
  void setNextIsTry(bool on);

  ComparedRowsModel* rows() const;
  ComparedRowsFilter* filtered() const;
  /// Shows the rows that a figure counts.
  void showRows(const RowFilter& filter);

 Q_SIGNALS:
  void evaluateRequested(const QString& rowSource);
  void cancelRequested();
  void tryRequested();
  /// The report says that nothing was learned.
  void trainRequested();
  void fileWanted();  ///< rows from a file: ask for one
  void openReportRequested(const QString& path);
  void saveRequested(const QString& path);  ///< .html, .pdf or .json
  void rowActivated(const QString& id);

 protected:
  void retranslateUi() override;

 private:
  bool nextIsTrain() const;
  void makeFooter();
  void showReport();
  void showTabs();
  void updateButtons();
  void showEmpty();
  void saveReport(const QString& ending);

  std::shared_ptr<const EvaluateReport> m_report;
  QList<EvaluateRows> m_sources;
  QList<ReportEntry> m_reports;
  bool m_running = false, m_waiting = false, m_stopping = false, m_nextIsTry = false;
  Progress m_progress;
  double m_secondsLeft = -1.0;

  QLabel *m_runLabel, *m_sourceLabel, *m_reportLabel;
  RunSelector* m_runBox;
  QComboBox *m_sourceBox, *m_reportBox;
  QStackedWidget *m_stack, *m_pages;
  EmptyState* m_empty;
  QTabBar* m_tabs;
  ReportSummary* m_summary;
  ComparedRowsView* m_rowsView;
  QPushButton *m_save, *m_cancel, *m_again;
  QProgressBar* m_bar;
  QLabel* m_progressLabel;
};

}  // namespace minnow
