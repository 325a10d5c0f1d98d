// Appending, cutting back, and the table over both lists.
#include "widgets/charts/run_curves_model.h"
#include "widgets/common/number_text.h"

#include <QLocale>
#include <algorithm>
#include <cmath>

namespace minnow {
namespace {

template <typename Points>
auto firstAfter(Points& points, std::int64_t step) {
  return std::upper_bound(points.begin(), points.end(), step,
                          [](std::int64_t wanted, const auto& point) { return wanted < point.step; });
}

}  // namespace

void RunCurvesModel::setRun(const RunRecord& run) {
  beginResetModel();
  m_steps = run.steps;
  m_evals = run.evals;
  m_maxSteps = run.max_steps;
  m_bestTold = run.best_step;
  m_rows.clear();
  std::size_t s = 0, e = 0;
  while (s < m_steps.size() || e < m_evals.size()) {
    const bool stepNext = e >= m_evals.size() || (s < m_steps.size() && m_steps[s].step <= m_evals[e].step);
    TableRow row;
    const std::int64_t at = stepNext ? m_steps[s].step : m_evals[e].step;
    if (s < m_steps.size() && m_steps[s].step == at) row.step = static_cast<std::ptrdiff_t>(s++);
    if (e < m_evals.size() && m_evals[e].step == at) row.eval = static_cast<std::ptrdiff_t>(e++);
    m_rows.push_back(row);
  }
  ++m_generation;
  endResetModel();
  Q_EMIT curvesChanged();
}

void RunCurvesModel::clear() { setRun({}); }

void RunCurvesModel::cutBack(std::int64_t step) {
  const auto keep = std::find_if(m_rows.begin(), m_rows.end(), [&](const TableRow& row) {
    return (row.step >= 0 ? m_steps[static_cast<std::size_t>(row.step)].step
                          : m_evals[static_cast<std::size_t>(row.eval)].step) > step;
  });
  if (keep == m_rows.end()) return;
  beginRemoveRows({}, static_cast<int>(keep - m_rows.begin()), static_cast<int>(m_rows.size()) - 1);
  m_rows.erase(keep, m_rows.end());
  m_steps.erase(firstAfter(m_steps, step), m_steps.end());
  m_evals.erase(firstAfter(m_evals, step), m_evals.end());
  ++m_generation;
  endRemoveRows();
  Q_EMIT curvesChanged();
}

void RunCurvesModel::addStep(const StepDone& step) {
  if (!m_steps.empty() && step.step <= m_steps.back().step) cutBack(step.step - 1);
  if (step.max_steps > 0) m_maxSteps = step.max_steps;
  const int row = static_cast<int>(m_rows.size());
  beginInsertRows({}, row, row);
  m_rows.push_back({static_cast<std::ptrdiff_t>(m_steps.size()), -1});
  m_steps.push_back(step);
  endInsertRows();
  Q_EMIT curvesChanged();
}

void RunCurvesModel::addEval(const EvalDone& eval) {
  if (!m_evals.empty() && eval.step <= m_evals.back().step) cutBack(eval.step - 1);
  if (eval.is_best) m_bestTold = eval.step;
  const auto position = static_cast<std::ptrdiff_t>(m_evals.size());
  if (!m_rows.empty() && m_rows.back().step >= 0 && m_rows.back().eval < 0 &&
      m_steps[static_cast<std::size_t>(m_rows.back().step)].step == eval.step) {
    m_evals.push_back(eval);
    m_rows.back().eval = position;
    const int row = static_cast<int>(m_rows.size()) - 1;
    Q_EMIT dataChanged(index(row, EvalLossColumn), index(row, ExactRowsColumn));
  } else {
    const int row = static_cast<int>(m_rows.size());
    beginInsertRows({}, row, row);
    m_evals.push_back(eval);
    m_rows.push_back({-1, position});
    endInsertRows();
  }
  Q_EMIT curvesChanged();
}

void RunCurvesModel::setMaxSteps(std::int64_t steps) {
  if (steps == m_maxSteps) return;
  m_maxSteps = steps;
  Q_EMIT curvesChanged();
}

std::int64_t RunCurvesModel::bestStep() const {
  if (evalAt(m_bestTold)) return m_bestTold;
  const EvalDone* best = nullptr;
  for (const EvalDone& eval : m_evals) {
    if (std::isfinite(eval.eval_loss) && (!best || eval.eval_loss < best->eval_loss)) best = &eval;
  }
  return best ? best->step : 0;
}

const EvalDone* RunCurvesModel::evalAt(std::int64_t step) const {
  const auto it = std::lower_bound(m_evals.begin(), m_evals.end(), step,
                                   [](const EvalDone& eval, std::int64_t wanted) { return eval.step < wanted; });
  return it != m_evals.end() && it->step == step ? &*it : nullptr;
}

std::optional<std::size_t> RunCurvesModel::nearestStep(double step) const {
  if (m_steps.empty()) return std::nullopt;
  const auto it = std::lower_bound(m_steps.begin(), m_steps.end(), step, [](const StepDone& point, double wanted) {
    return static_cast<double>(point.step) < wanted;
  });
  if (it == m_steps.end()) return m_steps.size() - 1;
  const auto position = static_cast<std::size_t>(it - m_steps.begin());
  if (position == 0) return 0;
  const double above = static_cast<double>(it->step) - step;
  const double below = step - static_cast<double>(m_steps[position - 1].step);
  return below < above ? position - 1 : position;
}

int RunCurvesModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RunCurvesModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

double RunCurvesModel::value(const TableRow& row, int column) const {
  const StepDone* step = row.step >= 0 ? &m_steps[static_cast<std::size_t>(row.step)] : nullptr;
  const EvalDone* eval = row.eval >= 0 ? &m_evals[static_cast<std::size_t>(row.eval)] : nullptr;
  const auto share = [](double x) { return x < 0 ? not_measured : x; };
  switch (column) {
    case StepColumn:
      return static_cast<double>(step ? step->step : eval->step);
    case EpochColumn:
      return step ? step->epoch : eval->epoch;
    case TrainLossColumn:
      return step ? step->loss : not_measured;
    case TokenAccuracyColumn:
      return step ? step->token_accuracy : not_measured;
    case LearningRateColumn:
      return step ? step->learning_rate : not_measured;
    case GradNormColumn:
      return step ? step->grad_norm : not_measured;
    case TokensPerSecondColumn:
      return step && step->tokens_per_second > 0 ? step->tokens_per_second : not_measured;
    case EvalLossColumn:
      return eval ? eval->eval_loss : not_measured;
    case ValidJsonColumn:
      return eval ? share(eval->valid_json) : not_measured;
    case ExactRowsColumn:
      return eval ? share(eval->exact_rows) : not_measured;
  }
  return not_measured;
}

QVariant RunCurvesModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  if (role == Qt::TextAlignmentRole) return int(Qt::AlignRight | Qt::AlignVCenter);
  if (role != Qt::DisplayRole && role != Qt::UserRole) return {};
  const double x = value(m_rows[static_cast<std::size_t>(index.row())], index.column());
  if (role == Qt::UserRole) return x;
  if (std::isnan(x)) return QString();
  const QLocale locale;
  switch (index.column()) {
    case StepColumn:
      return locale.toString(static_cast<qlonglong>(x));
    case EpochColumn:
      return locale.toString(x, 'f', 2);
    case LearningRateColumn:
      return NumberText::rate(x);
    case TokensPerSecondColumn:
      return locale.toString(x, 'f', 0);
    case TokenAccuracyColumn:
    case ValidJsonColumn:
    case ExactRowsColumn:
      return tr("%1 %").arg(locale.toString(100.0 * x, 'f', 1));
    default:
      return locale.toString(x, 'f', 4);
  }
}

QVariant RunCurvesModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  switch (section) {
    case StepColumn:
      return tr("Step");
    case EpochColumn:
      return tr("Epoch");
    case TrainLossColumn:
      return tr("Train loss (nats per token)");
    case TokenAccuracyColumn:
      return tr("Token accuracy");
    case LearningRateColumn:
      return tr("Learning rate");
    case GradNormColumn:
      return tr("Gradient norm");
    case TokensPerSecondColumn:
      return tr("Tokens per second");
    case EvalLossColumn:
      return tr("Eval loss (nats per token)");
    case ValidJsonColumn:
      return tr("Valid JSON");
    case ExactRowsColumn:
      return tr("Exact rows");
  }
  return {};
}

QByteArray RunCurvesModel::csv() const {
  static const char* const names[ColumnCount] = {"step",          "epoch",     "train_loss",        "token_accuracy",
                                                 "learning_rate", "grad_norm", "tokens_per_second", "eval_loss",
                                                 "valid_json",    "exact_rows"};
  QByteArray text;
  for (int column = 0; column < ColumnCount; ++column) text += (column ? "," : "") + QByteArray(names[column]);
  text += '\n';
  for (const TableRow& row : m_rows) {
    for (int column = 0; column < ColumnCount; ++column) {
      if (column) text += ',';
      const double x = value(row, column);
      if (column == StepColumn)
        text += QByteArray::number(static_cast<qlonglong>(x));
      else if (!std::isnan(x))
        text += QByteArray::number(x, 'g', 9);
    }
    text += '\n';
  }
  return text;
}

}  // namespace minnow
