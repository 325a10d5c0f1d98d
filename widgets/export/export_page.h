// ExportPage: write an adapter or merged weights that other programs open, and see them tested.
#pragma once

#include "core/types/progress.h"
#include "widgets/common/stage_page.h"

QT_FORWARD_DECLARE_CLASS(QComboBox)
QT_FORWARD_DECLARE_CLASS(QLineEdit)
QT_FORWARD_DECLARE_CLASS(QRadioButton)
QT_FORWARD_DECLARE_CLASS(QSpinBox)

namespace minnow {

class Badge;
class Card;
class HeadlineFigure;
class RunSelector;

struct ExportRequest {
  enum class Kind { adapter, merged };
  Kind kind = Kind::merged;
  QString folder;
  QString dtype = QStringLiteral("auto");  ///< of merged weights
  int testRows = 32;
  bool replace = false;
};

/// What was written and how it did when it was opened again.
struct ExportResult {
  QString folder;
  qint64 bytes = 0;
  bool tested = false, passed = false;
  QString notTested;  ///< why not, for people
  qint64 rows = 0, agreeing = 0, exactSource = 0, exactWritten = 0;
};

class ExportPage final : public StagePage {
  Q_OBJECT

 public:
  explicit ExportPage(QWidget* parent = nullptr);
  void setReady(const QString& reason);                  ///< why nothing can be exported; empty: it can
  RunSelector* runSelector() const { return m_source; }  ///< what is exported
  /// Where it goes unless another folder is chosen.
  void setDefaultFolders(const QString& adapter, const QString& merged);
  void setRunning(bool running);
  void setWaiting(bool waiting);  ///< asked for, but its turn hasn't come
  void setStopping();
  void setProgress(const Progress& progress);
  void setResult(const ExportResult& result);
  void clearResult();

 Q_SIGNALS:
  void cancelRequested();
  void exportRequested(const minnow::ExportRequest& request);
  void openFolderRequested(const QString& folder);

 protected:
  void retranslateUi() override;

 private:
  QWidget* makeChoice();
  QWidget* makeResult();
  void proposeFolder();
  void updateState();
  void showResult();
  ExportRequest request() const;

  QString m_notReady, m_adapterFolder, m_mergedFolder;
  bool m_running = false, m_waiting = false, m_stopping = false, m_folderChosen = false, m_hasResult = false;
  ExportResult m_result;
  Card* m_sourceCard;
  RunSelector* m_source;
  Card* m_whatCard;
  QRadioButton* m_merged;
  QLabel* m_mergedText;
  QRadioButton* m_adapter;
  QLabel* m_adapterText;
  QLabel* m_dtypeLabel;
  QComboBox* m_dtype;
  Card* m_whereCard;
  QLineEdit* m_folder;
  QPushButton* m_browse;
  QLabel* m_rowsLabel;
  QSpinBox* m_rows;
  Card* m_resultCard;
  QLabel* m_resultHint;
  QWidget* m_figures;
  Badge* m_verdict;
  HeadlineFigure* m_agreement;
  HeadlineFigure* m_score;
  HeadlineFigure* m_before;
  QLabel* m_written;
  QLabel* m_use;
  QPushButton* m_open;
  QPushButton* m_cancel;
  QLabel* m_progressLabel;
  Progress m_progress;
};

}  // namespace minnow
