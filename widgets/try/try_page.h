// TryPage: type texts, see what the untuned and the tuned model make of them, take the table along.
#pragma once

#include <vector>

#include "core/types/task.h"
#include "widgets/common/stage_page.h"
#include "widgets/try/try_results_model.h"
#include "widgets/try/try_types.h"

QT_FORWARD_DECLARE_CLASS(QCheckBox)
QT_FORWARD_DECLARE_CLASS(QDoubleSpinBox)
QT_FORWARD_DECLARE_CLASS(QListWidget)
QT_FORWARD_DECLARE_CLASS(QPlainTextEdit)
QT_FORWARD_DECLARE_CLASS(QSpinBox)
QT_FORWARD_DECLARE_CLASS(QSplitter)
QT_FORWARD_DECLARE_CLASS(QTableView)

namespace minnow {

class AnswerPanel;
class Card;
class InputView;
class RunSelector;

class TryPage final : public StagePage {
  Q_OBJECT

 public:
  explicit TryPage(QWidget* parent = nullptr);

  /// Why nothing can be asked now; empty: it can. `tuned` false: there is no adapter, so only "before" can be asked.
  void setReady(const QString& reason, bool tuned);
  RunSelector* runSelector() const { return m_runBox; }
  /// The task's fields: what the answers' forms show and what is marked in the input.
  void setFields(const std::vector<Field>& fields);
  void setExample(const QString& input);  ///< a row to start from, where nothing is typed yet
  void setRunning(bool running);

  void appendText(int row, TrySide side, const QString& characters);
  void setAnswer(int row, TrySide side, const TryAnswer& answer);
  TryResultsModel* results() const { return m_results; }
  /// A note that stands beside the button, e.g. that a run goes on meanwhile.
  void setNote(const QString& note);

 Q_SIGNALS:
  void askRequested(const minnow::TryRequest& request);
  void stopRequested();
  void exportModelWanted();  ///< it is good enough: on to Export
  /// A row for the project's data; an empty label leaves it unlabelled.
  void addToDataRequested(const QString& input, const QString& label);
  void exportRequested(const QString& file, const QString& text);

 protected:
  void retranslateUi() override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QWidget* makeInput();
  QWidget* makeResults();
  void ask();
  void showRow(int row);
  void updateState();
  void addToHistory(const QStringList& inputs);
  static QString historyText(const QStringList& inputs);
  void exportTable(TryResultsModel::Format format);
  void addToData(bool labelled);
  QStringList inputs() const;

  QStringList m_keys;
  QString m_notReady;
  bool m_running = false, m_tuned = true;
  int m_shownRow = -1;
  TryResultsModel* m_results;
  QLabel* m_runLabel;
  RunSelector* m_runBox;
  Card* m_inputCard;
  QPlainTextEdit* m_input;
  QCheckBox* m_eachLine;
  QLabel* m_inputHint;
  QCheckBox* m_before;
  QCheckBox* m_after;
  QCheckBox* m_onlyJson;
  QLabel* m_temperatureLabel;
  QDoubleSpinBox* m_temperature;
  QLabel* m_lengthLabel;
  QSpinBox* m_length;
  Card* m_historyCard;
  QListWidget* m_history;
  Card* m_markedCard;
  InputView* m_marked;
  AnswerPanel* m_beforePanel;
  AnswerPanel* m_afterPanel;
  QTableView* m_table;
  QSplitter* m_split;
  QLabel* m_note;
  QPushButton* m_export;
  QPushButton* m_add;
  QPushButton* m_stop;
  QPushButton* m_next;
  QList<QAction*> m_exportActions, m_addActions;
};

}  // namespace minnow
