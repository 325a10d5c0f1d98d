// A run a row.
#include "widgets/train/earlier_runs_model.h"

#include <QFont>
#include <QLocale>
#include <cmath>

#include "widgets/common/number_text.h"
#include "widgets/train/verdict_card.h"

namespace minnow {
namespace {

QString key(const std::filesystem::path& folder) { return QString::fromStdString(folder.string()); }

const EvalDone* bestOf(const RunRecord& run) {
  for (const EvalDone& eval : run.evals) {
    if (eval.step == run.best_step) return &eval;
  }
  return nullptr;
}

}  // namespace

void EarlierRunsModel::setRuns(std::vector<RunRecord> runs) {
  beginResetModel();
  m_runs = std::move(runs);
  QSet<QString> there;
  for (const RunRecord& run : m_runs) there.insert(key(run.folder));
  m_compared.intersect(there);
  endResetModel();
}

int EarlierRunsModel::rowOf(const std::filesystem::path& folder) const {
  for (std::size_t i = 0; i < m_runs.size(); ++i) {
    if (m_runs[i].folder == folder) return static_cast<int>(i);
  }
  return -1;
}

bool EarlierRunsModel::isCompared(int row) const { return m_compared.contains(key(run(row).folder)); }

void EarlierRunsModel::setCompared(int row, bool on) {
  if (isCompared(row) == on || (on && run(row).folder == m_shown)) return;
  if (on)
    m_compared.insert(key(run(row).folder));
  else
    m_compared.remove(key(run(row).folder));
  Q_EMIT dataChanged(index(row, RunColumn), index(row, RunColumn), {Qt::CheckStateRole});
  Q_EMIT comparedChanged(row, on);
}

void EarlierRunsModel::setShown(const std::filesystem::path& folder) {
  m_shown = folder;
  if (const int row = rowOf(folder); row >= 0) setCompared(row, false);
  if (!m_runs.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int EarlierRunsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

int EarlierRunsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant EarlierRunsModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const RunRecord& run = this->run(index.row());
  const EvalDone* best = bestOf(run);
  const QLocale locale;
  if (role == Qt::CheckStateRole && index.column() == RunColumn)
    return run.folder == m_shown ? QVariant() : QVariant(isCompared(index.row()) ? Qt::Checked : Qt::Unchecked);
  if (role == Qt::FontRole && run.folder == m_shown) {
    QFont font;
    font.setWeight(QFont::DemiBold);
    return font;
  }
  if (role == Qt::ToolTipRole)
    return run.problem.empty()
               ? tr("%1. %2", "verdict, its figures").arg(fitWord(run.verdict.fit), fitEvidence(run.verdict))
               : QString::fromStdString(run.problem);
  if (role == Qt::TextAlignmentRole && index.column() >= BestLossColumn) return int(Qt::AlignRight | Qt::AlignVCenter);
  if (role != Qt::DisplayRole) return {};
  switch (index.column()) {
    case RunColumn:
      return QString::fromStdString(run.name);
    case FitColumn:
      return fitWord(run.verdict.fit);
    case BestLossColumn:
      return best ? locale.toString(best->eval_loss, 'f', 4) : QStringLiteral("–");
    case ExactColumn:
      return best && best->exact_rows >= 0 ? NumberText::percent(best->exact_rows, 0) : QStringLiteral("–");
    case StepsColumn:
      return run.max_steps > 0 ? QStringLiteral("%1/%2").arg(run.last_step()).arg(run.max_steps)
                               : QString::number(run.last_step());
  }
  return {};
}

bool EarlierRunsModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (role != Qt::CheckStateRole || !index.isValid() || index.column() != RunColumn ||
      run(index.row()).folder == m_shown)
    return false;
  setCompared(index.row(), value.toInt() == Qt::Checked);
  return true;
}

QVariant EarlierRunsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole)
    return int((section >= BestLossColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  if (role == Qt::ToolTipRole && section == RunColumn)
    return tr("Tick a run to draw it behind the curves; double-click to open it.");
  if (role != Qt::DisplayRole) return {};
  switch (section) {
    case RunColumn:
      return tr("Run");
    case FitColumn:
      return tr("Fit");
    case BestLossColumn:
      return tr("Best eval");
    case ExactColumn:
      return tr("Exact");
    case StepsColumn:
      return tr("Steps");
  }
  return {};
}

Qt::ItemFlags EarlierRunsModel::flags(const QModelIndex& index) const {
  Qt::ItemFlags flags = QAbstractTableModel::flags(index);
  if (index.isValid() && index.column() == RunColumn && run(index.row()).folder != m_shown)
    flags |= Qt::ItemIsUserCheckable;
  return flags;
}

}  // namespace minnow
