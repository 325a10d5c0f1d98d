// The curves of one run as a table that grows while it trains: one row per optimiser step, evaluations in the row of
// their step. Charts read the points directly and repaint on a timer; the table feeds "save as CSV" and views.
#pragma once

#include <QAbstractTableModel>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/types/run_record.h"
#include "core/types/train_event.h"

namespace minnow {

class RunCurvesModel final : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column {
    StepColumn,
    EpochColumn,
    TrainLossColumn,
    TokenAccuracyColumn,
    LearningRateColumn,
    GradNormColumn,
    TokensPerSecondColumn,
    EvalLossColumn,
    ValidJsonColumn,
    ExactRowsColumn,
    ColumnCount
  };

  explicit RunCurvesModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}

  /// Everything anew, as a run's folder tells it.
  void setRun(const RunRecord& run);
  void clear();
  /// A step behind those there are; one that repeats an earlier step (a resumed run) first cuts the curves back to it.
  void addStep(const StepDone& step);
  void addEval(const EvalDone& eval);
  /// Drops every point after `step`.
  void cutBack(std::int64_t step);

  const std::vector<StepDone>& steps() const { return m_steps; }
  const std::vector<EvalDone>& evals() const { return m_evals; }
  std::int64_t maxSteps() const { return m_maxSteps; }
  void setMaxSteps(std::int64_t steps);
  /// Step of the lowest eval loss; 0 while nothing was evaluated. A run's own choice (best_metric) wins once told.
  std::int64_t bestStep() const;
  /// The evaluation at `step`, if there was one.
  const EvalDone* evalAt(std::int64_t step) const;
  /// Position in steps() of the point nearest to `step`; nothing when empty.
  std::optional<std::size_t> nearestStep(double step) const;
  /// Counts up whenever points were taken away, so that a chart knows that appending isn't enough.
  int generation() const { return m_generation; }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

  /// The whole table as comma-separated values with a header line; numbers as C writes them, an empty cell where
  /// nothing was measured.
  QByteArray csv() const;

 Q_SIGNALS:
  /// Points were added or taken away. Cheap to connect: views only note that they are stale.
  void curvesChanged();

 private:
  struct TableRow {
    std::ptrdiff_t step = -1, eval = -1;  // positions in m_steps and m_evals
  };
  double value(const TableRow& row, int column) const;

  std::vector<StepDone> m_steps;
  std::vector<EvalDone> m_evals;
  std::vector<TableRow> m_rows;
  std::int64_t m_maxSteps = 0;
  std::int64_t m_bestTold = 0;
  int m_generation = 0;
};

}  // namespace minnow
