// A page that is out of date is shown until its successor has come, so that nothing flickers.
#include "widgets/data/row_table_model.h"

#include <algorithm>
#include <limits>

#include "widgets/common/engine_sentence.h"
#include "widgets/common/label_json.h"
#include "widgets/common/number_text.h"
#include "widgets/common/row_words.h"
#include "widgets/common/value_spans.h"

namespace minnow {

RowTableModel::RowTableModel(QObject* parent)
    : QAbstractTableModel(parent), m_loader(new RowPageLoader(pageRows, this)) {
  connect(m_loader, &RowPageLoader::loaded, this, &RowTableModel::take);
}

void RowTableModel::setFields(std::vector<Field> fields) {
  beginResetModel();
  m_fields = std::move(fields);
  for (Page& page : m_pages) page.values.clear();
  endResetModel();
}

void RowTableModel::setSource(std::shared_ptr<const RowSource> source) {
  beginResetModel();
  m_source = std::move(source);
  m_loader->setSource(m_source);
  m_pages.clear();
  ++m_generation;
  m_rows = m_source ? static_cast<int>(std::min<qint64>(m_source->count(), std::numeric_limits<int>::max())) : 0;
  endResetModel();
}

void RowTableModel::resize(int rows) {
  if (rows > m_rows) {
    beginInsertRows({}, m_rows, rows - 1);
    m_rows = rows;
    endInsertRows();
  } else if (rows < m_rows) {
    beginRemoveRows({}, rows, m_rows - 1);
    m_rows = rows;
    endRemoveRows();
  }
}

void RowTableModel::sourceGrew() {
  if (m_source) resize(static_cast<int>(std::min<qint64>(m_source->count(), std::numeric_limits<int>::max())));
}

void RowTableModel::sourceChanged() {
  ++m_generation;
  sourceGrew();
  if (m_rows > 0) Q_EMIT dataChanged(index(0, 0), index(m_rows - 1, columnCount() - 1));
}

const RowTableModel::Page* RowTableModel::page(int row) const {
  const qint64 number = row / pageRows;
  const auto found = m_pages.find(number);
  const bool has = found != m_pages.end() && static_cast<std::size_t>(row % pageRows) < found->rows.size();
  if (!has || found->generation != m_generation) m_loader->request(number, m_generation);
  if (!has) return nullptr;
  found->used = ++m_clock;
  return &*found;
}

const Row* RowTableModel::row(int row) const {
  if (row < 0 || row >= m_rows) return nullptr;
  const Page* found = page(row);
  return found ? &found->rows[static_cast<std::size_t>(row % pageRows)] : nullptr;
}

void RowTableModel::take(const std::shared_ptr<RowPageLoader::Page>& loaded) {
  if (loaded->generation != m_generation) return;  // asked for anew when it is shown
  if (!loaded->failure.isEmpty()) {
    Q_EMIT readFailed(loaded->failure);
    return;
  }
  Page page;
  page.rows = std::move(loaded->rows);
  page.generation = loaded->generation;
  page.used = ++m_clock;
  const int first = static_cast<int>(loaded->number * pageRows);
  const int last = std::min(m_rows, first + static_cast<int>(page.rows.size())) - 1;
  m_pages.insert(loaded->number, std::move(page));
  dropUnused();
  if (last < first) return;
  Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1));
  Q_EMIT rowsArrived(first, last);
}

void RowTableModel::dropUnused() {
  while (m_pages.size() > keptPages) {
    auto oldest = m_pages.begin();
    for (auto page = m_pages.begin(); page != m_pages.end(); ++page) {
      if (page->used < oldest->used) oldest = page;
    }
    m_pages.erase(oldest);
  }
}

int RowTableModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : m_rows; }

int RowTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_fields.size()) + 5;
}

RowTableModel::Column RowTableModel::columnKind(int column) const {
  constexpr Column first[] = {Column::number, Column::state, Column::input};
  if (column < 3) return first[column];
  const int behind = column - 3 - static_cast<int>(m_fields.size());
  return behind < 0 ? Column::field : behind == 0 ? Column::split : Column::problems;
}

int RowTableModel::fieldOf(int column) const { return columnKind(column) == Column::field ? column - 3 : -1; }

std::optional<RowOrder> RowTableModel::orderOf(int column) const {
  switch (columnKind(column)) {
    case Column::number:
      return RowOrder::position;
    case Column::state:
      return RowOrder::state;
    case Column::input:
      return RowOrder::input;
    case Column::field:
      return RowOrder::field;
    case Column::split:
      return RowOrder::split;
    case Column::problems:
      return RowOrder::problems;
  }
  return std::nullopt;
}

QString RowTableModel::fieldValue(int row, int field) const {
  const Page* found = page(row);
  if (!found) return {};
  if (found->values.empty()) found->values.resize(found->rows.size());
  const auto at = static_cast<std::size_t>(row % pageRows);
  QList<QString>& values = found->values[at];
  if (values.isEmpty() && !m_fields.empty()) {
    values = fieldValues(QString::fromStdString(found->rows[at].label), m_fields);
  }
  return values.value(field);
}

QVariant RowTableModel::display(const Row& row, const QModelIndex& index) const {
  switch (columnKind(index.column())) {
    case Column::number:
      return NumberText::count(index.row() + 1);
    case Column::state:
      return row.id.empty() ? tr("Deleted", "a row that has gone since") : stateWord(row.state);
    case Column::input:
      return QString::fromStdString(row.input);
    case Column::field:
      return fieldValue(index.row(), fieldOf(index.column()));
    case Column::split:
      return row.split == Split::none ? QString() : splitWord(row.split);
    case Column::problems:
      break;
  }
  if (row.problems.empty()) return QString();
  const Problem& problem = row.problems.front();
  // How much too long is what one wants to know.
  const QString first = problem.code == "too_long" ? engineSentence(problem.sentence)
                                                   : problemWord(QString::fromStdString(problem.code));
  return row.problems.size() == 1 ? first
                                  : tr("%1 and %n more", nullptr, static_cast<int>(row.problems.size()) - 1).arg(first);
}

QVariant RowTableModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const Row* row = this->row(index.row());
  if (role == LoadedRole) return row != nullptr;
  if (!row) {
    // The number is known before the row is.
    return role == Qt::DisplayRole && columnKind(index.column()) == Column::number
               ? QVariant(NumberText::count(index.row() + 1))
               : QVariant();
  }
  switch (role) {
    case Qt::DisplayRole:
      return display(*row, index);
    case Qt::EditRole:
      return display(*row, index);
    case StateRole:
      return static_cast<int>(row->state);
    case Qt::ToolTipRole:
      if (columnKind(index.column()) == Column::input) return QString::fromStdString(row->input);
      if (columnKind(index.column()) != Column::problems) return {};
      return data(index, ProblemsRole).toStringList().join(u'\n');
    case ProblemsRole: {
      QStringList sentences;
      for (const Problem& problem : row->problems) {
        const QString field = QString::fromStdString(problem.field);
        const QString sentence = engineSentence(problem.sentence);
        sentences += field.isEmpty() ? sentence : QStringLiteral("%1: %2").arg(field, sentence);
      }
      return sentences;
    }
    case ProblemFieldRole: {
      const int field = fieldOf(index.column());
      return field >= 0 && std::any_of(row->problems.begin(), row->problems.end(), [&](const Problem& problem) {
               return problem.field == m_fields[static_cast<std::size_t>(field)].key;
             });
    }
    case Qt::TextAlignmentRole:
      if (columnKind(index.column()) == Column::number) return int(Qt::AlignRight | Qt::AlignVCenter);
      return int(Qt::AlignLeft | Qt::AlignVCenter);
    default:
      return {};
  }
}

bool RowTableModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (role != Qt::EditRole || !(flags(index) & Qt::ItemIsEditable)) return false;
  if (data(index, Qt::EditRole) == value) return true;  // nothing to undo later
  Row row = *this->row(index.row());
  if (columnKind(index.column()) == Column::input) {
    row.input = value.toString().toStdString();
  } else {
    const Field& field = m_fields[static_cast<std::size_t>(fieldOf(index.column()))];
    row.label = labelWithValue(QString::fromStdString(row.label), field, value.toString()).toStdString();
  }
  Page& page = m_pages[index.row() / pageRows];
  const auto at = static_cast<std::size_t>(index.row() % pageRows);
  page.rows[at] = row;
  if (!page.values.empty()) page.values[at].clear();
  Q_EMIT dataChanged(index.siblingAtColumn(0), index.siblingAtColumn(columnCount() - 1));
  Q_EMIT editRequested(row);
  return true;
}

QVariant RowTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
  if (role == Qt::TextAlignmentRole) {
    return int((columnKind(section) == Column::number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  }
  const int field = fieldOf(section);
  if (role == Qt::ToolTipRole && field >= 0) {
    return QString::fromStdString(m_fields[static_cast<std::size_t>(field)].description);
  }
  if (role != Qt::DisplayRole) return {};
  switch (columnKind(section)) {
    case Column::number:
      return QStringLiteral("#");
    case Column::state:
      return tr("State");
    case Column::input:
      return tr("Input");
    case Column::field:
      return QString::fromStdString(m_fields[static_cast<std::size_t>(field)].key);
    case Column::split:
      return tr("Split");
    case Column::problems:
      return tr("Problems");
  }
  return {};
}

Qt::ItemFlags RowTableModel::flags(const QModelIndex& index) const {
  Qt::ItemFlags flags = QAbstractTableModel::flags(index);
  if (!index.isValid()) return flags;
  const Column kind = columnKind(index.column());
  const bool editable = kind == Column::input || kind == Column::field;
  if (editable && !m_readOnly && row(index.row()) != nullptr) flags |= Qt::ItemIsEditable;
  return flags | Qt::ItemNeverHasChildren;
}

}  // namespace minnow
