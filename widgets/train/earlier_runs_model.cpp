// A run a row.
#include "widgets/train/earlier_runs_model.h"

#include <QFont>
#include <QLocale>
#include <algorithm>
#include <cmath>
#include <functional>

#include "widgets/common/number_text.h"
#include "widgets/train/verdict_card.h"

namespace minnow {
namespace {

QString key(const std::filesystem::path& folder) { return QString::fromStdString(folder.string()); }

bool isFigure(int column) {
  return column != EarlierRunsModel::RunColumn && column != EarlierRunsModel::TitleColumn &&
         column != EarlierRunsModel::FitColumn && column != EarlierRunsModel::NoteColumn;
}

QString toolTip(const RunRecord& run, int column) {
  if (column == EarlierRunsModel::NoteColumn) return QString::fromStdString(run.notes.note);
  if (!run.problem.empty()) return QString::fromStdString(run.problem);
  const QString fit =
      EarlierRunsModel::tr("%1. %2", "verdict, its figures").arg(fitWord(run.verdict.fit), fitEvidence(run.verdict));
  return run.notes.title.empty() ? fit : QString::fromStdString(run.notes.title) + QLatin1Char('\n') + fit;
}

const EvalDone* bestOf(const RunRecord& run) {
  for (const EvalDone& eval : run.evals) {
    if (eval.step == run.best_step) return &eval;
  }
  return nullptr;
}

}  // namespace

void EarlierRunsModel::setWritable(bool on) { m_writable = on; }

void EarlierRunsModel::setRuns(std::vector<RunRecord> runs, std::vector<SettingColumn> settings) {
  beginResetModel();
  m_runs = std::move(runs);
  m_settings = std::move(settings);
  for (SettingColumn& column : m_settings) {
    // A list's brackets and quotes say nothing to people: ["train-abc.jsonl"].
    for (std::string& value : column.values)
      std::erase_if(value, [](char c) { return c == '[' || c == ']' || c == '"'; });
  }
  // The same file in a project that was moved is no difference.
  std::erase_if(m_settings, [](const SettingColumn& column) {
    return std::adjacent_find(column.values.begin(), column.values.end(), std::not_equal_to<>()) == column.values.end();
  });
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
  if (!m_runs.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

int EarlierRunsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

int EarlierRunsModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : FirstSettingColumn + static_cast<int>(m_settings.size());
}

QVariant EarlierRunsModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const RunRecord& run = this->run(index.row());
  if (role == Qt::CheckStateRole && index.column() == RunColumn)
    return run.folder == m_shown ? QVariant() : QVariant(isCompared(index.row()) ? Qt::Checked : Qt::Unchecked);
  if (role == Qt::FontRole && run.folder == m_shown) {
    QFont font;
    font.setWeight(QFont::DemiBold);
    return font;
  }
  if (role == Qt::ToolTipRole) return toolTip(run, index.column());
  if (role == Qt::TextAlignmentRole && isFigure(index.column())) return int(Qt::AlignRight | Qt::AlignVCenter);
  if (role != Qt::DisplayRole && role != Qt::EditRole) return {};
  if (index.column() >= FirstSettingColumn) {
    const auto& values = m_settings[static_cast<std::size_t>(index.column() - FirstSettingColumn)].values;
    const auto row = static_cast<std::size_t>(index.row());
    return row < values.size() ? QString::fromStdString(values[row]) : QString();
  }
  return text(run, index.column());
}

QString EarlierRunsModel::text(const RunRecord& run, int column) const {
  const EvalDone* best = bestOf(run);
  const QLocale locale;
  switch (column) {
    case RunColumn:
      return QString::fromStdString(run.name);
    case TitleColumn:
      return QString::fromStdString(run.notes.title);
    case NoteColumn:
      return QString::fromStdString(run.notes.note);
    case ScoreColumn:
      return run.report_rows > 0
                 ? NumberText::percent(static_cast<double>(run.report_right) / static_cast<double>(run.report_rows))
                 : QStringLiteral("–");
    case TimeColumn:
      return run.seconds > 0 ? NumberText::duration(run.seconds) : QStringLiteral("–");
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
  if (role == Qt::EditRole && index.isValid() && m_writable &&
      (index.column() == TitleColumn || index.column() == NoteColumn)) {
    RunRecord& run = m_runs[static_cast<std::size_t>(index.row())];
    RunNotes notes = run.notes;
    (index.column() == TitleColumn ? notes.title : notes.note) = value.toString().trimmed().toStdString();
    if (notes == run.notes) return false;
    run.notes = notes;
    Q_EMIT dataChanged(index, index);
    Q_EMIT notesEdited(run, notes);
    return true;
  }
  if (role != Qt::CheckStateRole || !index.isValid() || index.column() != RunColumn ||
      run(index.row()).folder == m_shown)
    return false;
  setCompared(index.row(), value.toInt() == Qt::Checked);
  return true;
}

QVariant EarlierRunsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole)
    return int((isFigure(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  if (role == Qt::ToolTipRole && section == RunColumn)
    return tr("Tick a run to draw it behind the curves; double-click to open it.");
  if (role == Qt::ToolTipRole && section == ScoreColumn) return tr("Exact test rows, of the report in Evaluate");
  if (role == Qt::ToolTipRole && section == ExactColumn)
    return tr("Exact rows of those validation rows that were decoded at the best step");
  if (role != Qt::DisplayRole) return {};
  if (section >= FirstSettingColumn && section < columnCount())  // a setting's name is that of its flag
    return QString::fromStdString(m_settings[static_cast<std::size_t>(section - FirstSettingColumn)].name);
  switch (section) {
    case RunColumn:
      return tr("Run");
    case TitleColumn:
      return tr("Name", "of a run");
    case ScoreColumn:
      return tr("Test rows exact");
    case TimeColumn:
      return tr("Time");
    case NoteColumn:
      return tr("Note");
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
  if (m_writable && (index.column() == TitleColumn || index.column() == NoteColumn)) flags |= Qt::ItemIsEditable;
  return flags;
}

}  // namespace minnow
