// Rows, filter, and the table to take along.
#include "widgets/evaluate/compared_rows_model.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

#include "widgets/common/number_text.h"

namespace minnow {
namespace {

QString text(const std::string& utf8) { return QString::fromStdString(utf8); }

QString valueText(const ComparedValue& value) { return value.absent ? QString() : text(value.text()); }

QStringList sideLines(const ComparedRow& row, bool after) {
  const bool json = after ? row.after_json : row.before_json;
  const std::string& raw = after ? row.after_text : row.before_text;
  if (!json && !raw.empty()) return {text(raw)};
  QStringList lines;
  for (const ComparedField& field : row.fields) lines << valueText(after ? field.after : field.before);
  return lines;
}

QByteArray quoted(const QString& value, char separator) {
  QString clean = value;
  if (separator == '\t') {
    clean.replace(QLatin1Char('\t'), QLatin1Char(' '))
        .replace(QLatin1Char('\n'), QLatin1Char(' '))
        .replace(QLatin1Char('\r'), QLatin1Char(' '));
    return clean.toUtf8();
  }
  if (!clean.contains(QLatin1Char(',')) && !clean.contains(QLatin1Char('"')) && !clean.contains(QLatin1Char('\n')) &&
      !clean.contains(QLatin1Char('\r')))
    return clean.toUtf8();
  return '"' + clean.replace(QLatin1Char('"'), QStringLiteral("\"\"")).toUtf8() + '"';
}

const char* outcomeCode(RowOutcomeKind kind) {
  switch (kind) {
    case RowOutcomeKind::fixed:
      return "fixed";
    case RowOutcomeKind::broken:
      return "broken";
    case RowOutcomeKind::wrong:
      return "still_wrong";
    case RowOutcomeKind::right:
      return "right";
  }
  return "";
}

}  // namespace

RowOutcomeKind outcomeOf(const ComparedRow& row) {
  const bool after = row.after_present ? row.after_exact : row.before_exact;
  const bool before = row.before_present ? row.before_exact : after;
  if (after) return before ? RowOutcomeKind::right : RowOutcomeKind::fixed;
  return before ? RowOutcomeKind::broken : RowOutcomeKind::wrong;
}

void ComparedRowsModel::setRows(std::vector<ComparedRow> rows, std::vector<std::string> fieldKeys) {
  beginResetModel();
  m_rows = std::move(rows);
  m_keys = std::move(fieldKeys);
  endResetModel();
}

int ComparedRowsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ComparedRowsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString ComparedRowsModel::outcomeWord(RowOutcomeKind kind) {
  switch (kind) {
    case RowOutcomeKind::fixed:
      return tr("fixed");
    case RowOutcomeKind::broken:
      return tr("broken");
    case RowOutcomeKind::wrong:
      return tr("still wrong");
    case RowOutcomeKind::right:
      return tr("right");
  }
  return {};
}

QString ComparedRowsModel::outcomeSign(RowOutcomeKind kind) {
  switch (kind) {
    case RowOutcomeKind::fixed:
      return QStringLiteral("▲");
    case RowOutcomeKind::broken:
      return QStringLiteral("▼");
    case RowOutcomeKind::wrong:
      return QStringLiteral("✕");
    case RowOutcomeKind::right:
      return QStringLiteral("✓");
  }
  return {};
}

QVariant ComparedRowsModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const ComparedRow& row = this->row(index.row());
  if (role == Qt::ToolTipRole) {
    if (index.column() == InputColumn) return text(row.input);
    if (index.column() == BeforeColumn && !row.before_text.empty()) return text(row.before_text);
    if (index.column() == AfterColumn && !row.after_text.empty()) return text(row.after_text);
    return {};
  }
  if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole) return {};
  switch (index.column()) {
    case OutcomeColumn:
      return outcomeWord(outcomeOf(row));
    case InputColumn:
      return text(row.input);
    case FieldColumn: {
      QStringList lines;
      for (const std::string& key : m_keys) lines << text(key);
      return lines.join(QLatin1Char('\n'));
    }
    case ExpectedColumn: {
      QStringList lines;
      for (const ComparedField& field : row.fields) lines << text(field.expected);
      return lines.join(QLatin1Char('\n'));
    }
    case BeforeColumn:
      return sideLines(row, false).join(QLatin1Char('\n'));
    case AfterColumn:
      return sideLines(row, true).join(QLatin1Char('\n'));
  }
  return {};
}

QVariant ComparedRowsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (role == Qt::TextAlignmentRole && orientation == Qt::Horizontal) return int(Qt::AlignLeft | Qt::AlignVCenter);
  if (role != Qt::DisplayRole) return {};
  if (orientation == Qt::Vertical) return section + 1;
  switch (section) {
    case OutcomeColumn:
      return tr("Outcome");
    case InputColumn:
      return tr("Input");
    case FieldColumn:
      return tr("Field");
    case ExpectedColumn:
      return tr("Expected");
    case BeforeColumn:
      return tr("Before");
    case AfterColumn:
      return tr("After");
  }
  return {};
}

ComparedRowsFilter::ComparedRowsFilter(ComparedRowsModel* rows, QObject* parent)
    : QSortFilterProxyModel(parent), m_rows(rows) {
  setSourceModel(rows);
}

void ComparedRowsFilter::setFilter(const RowFilter& filter) {
  if (filter == m_filter) return;
  m_filter = filter;
  invalidateFilter();
}

bool ComparedRowsFilter::accepts(const RowFilter& f, const ComparedRow& row) {
  const bool after = f.side == RowFilter::Side::after;
  if (f.outcome && outcomeOf(row) != *f.outcome) return false;
  if (f.exact && (after ? row.after_exact : row.before_exact) != *f.exact) return false;
  if (f.validJson && (after ? row.after_json : row.before_json) != *f.validJson) return false;
  if (f.field || f.error) {
    bool found = false;
    for (int i = 0; i < static_cast<int>(row.fields.size()) && !found; ++i) {
      if (f.field && *f.field != i) continue;
      const ComparedField& field = row.fields[static_cast<std::size_t>(i)];
      const FieldError error = (after ? field.after : field.before).error;
      found = f.error ? error == *f.error : error != FieldError::none;
    }
    if (!found) return false;
  }
  if (f.text.isEmpty()) return true;
  const auto has = [&](const std::string& value) { return text(value).contains(f.text, Qt::CaseInsensitive); };
  if (has(row.input) || has(row.before_text) || has(row.after_text)) return true;
  return std::any_of(row.fields.begin(), row.fields.end(), [&](const ComparedField& field) {
    return has(field.expected) || has(field.before.text()) || has(field.after.text());
  });
}

bool ComparedRowsFilter::filterAcceptsRow(int row, const QModelIndex&) const {
  return accepts(m_filter, m_rows->row(row));
}

QByteArray comparedRowsTable(const ComparedRowsModel& rows, const std::vector<int>& which, char separator) {
  QByteArray table("id");
  const auto add = [&](const QString& cell) { table += separator + quoted(cell, separator); };
  add(QStringLiteral("outcome"));
  add(QStringLiteral("input"));
  for (const char* side : {"expected", "before", "after"}) {
    for (const std::string& key : rows.fieldKeys()) add(text(key) + QLatin1Char(' ') + QLatin1String(side));
  }
  table += '\n';
  for (const int i : which) {
    const ComparedRow& row = rows.row(i);
    table += quoted(text(row.id), separator);
    add(QLatin1String(outcomeCode(outcomeOf(row))));
    add(text(row.input));
    for (const ComparedField& field : row.fields) add(text(field.expected));
    for (std::size_t f = 0; f < row.fields.size(); ++f)
      add(!row.before_json && f == 0 ? text(row.before_text) : valueText(row.fields[f].before));
    for (std::size_t f = 0; f < row.fields.size(); ++f)
      add(!row.after_json && f == 0 ? text(row.after_text) : valueText(row.fields[f].after));
    table += '\n';
  }
  return table;
}

QByteArray comparedRowsJsonl(const ComparedRowsModel& rows, const std::vector<int>& which) {
  QByteArray lines;
  for (const int i : which) {
    const ComparedRow& row = rows.row(i);
    QJsonObject object{{QStringLiteral("id"), text(row.id)},
                       {QStringLiteral("input"), text(row.input)},
                       {QStringLiteral("outcome"), QLatin1String(outcomeCode(outcomeOf(row)))}};
    QJsonObject expected, before, after;
    for (std::size_t f = 0; f < row.fields.size(); ++f) {
      const QString key = text(rows.fieldKeys()[f]);
      expected[key] = text(row.fields[f].expected);
      if (!row.fields[f].before.absent) before[key] = text(row.fields[f].before.text());
      if (!row.fields[f].after.absent) after[key] = text(row.fields[f].after.text());
    }
    object[QStringLiteral("expected")] = expected;
    if (row.before_present)
      object[QStringLiteral("before")] = row.before_json ? QJsonValue(before) : QJsonValue(text(row.before_text));
    if (row.after_present)
      object[QStringLiteral("after")] = row.after_json ? QJsonValue(after) : QJsonValue(text(row.after_text));
    lines += QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
  }
  return lines;
}

}  // namespace minnow
