// One Try as a table.
#include "widgets/try/try_results_model.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

#include "widgets/common/engine_sentence.h"
#include "widgets/common/number_text.h"
#include "widgets/common/row_words.h"

namespace minnow {
namespace {

/// Names that stay: other programs read them.
QString validityName(const TryAnswer& answer) {
  if (answer.state != TryAnswer::State::done) return QStringLiteral("not_answered");
  if (answer.cutAtLimit) return QStringLiteral("too_long");
  if (!answer.validJson) return QStringLiteral("not_json");
  return answer.exactKeys ? QStringLiteral("valid") : QStringLiteral("other_keys");
}

QStringList faultyKeys(const TryAnswer& answer) {
  QStringList keys;
  for (const TryField& field : answer.fields)
    if (field.isFaulty()) keys += field.key;
  return keys;
}

QString confidenceText(double confidence) { return confidence < 0 ? QString() : QString::number(confidence, 'f', 4); }

}  // namespace

bool TryAnswer::isUnsure() const {
  return std::any_of(fields.begin(), fields.end(), [](const TryField& field) { return field.isUnsure(); });
}

bool TryAnswer::isFaulty() const {
  return std::any_of(fields.begin(), fields.end(), [](const TryField& field) { return field.isFaulty(); });
}

double TryAnswer::confidence() const {
  double least = -1.0;
  for (const TryField& field : fields)
    if (field.present && (least < 0 || field.confidence < least)) least = field.confidence;
  return least;
}

void TryResultsModel::start(const QStringList& inputs, const QStringList& keys, bool before, bool after) {
  beginResetModel();
  m_rows.clear();
  m_keys = keys;
  m_before = before;
  m_after = after;
  for (const QString& input : inputs) {
    TryRow row;
    row.input = input;
    m_rows += row;
  }
  endResetModel();
}

void TryResultsModel::appendText(int row, TrySide side, const QString& characters) {
  if (row >= m_rows.size()) return;
  TryAnswer& answer = m_rows[row].side(side);
  const bool first = answer.state != TryAnswer::State::running;
  answer.state = TryAnswer::State::running;
  answer.text += characters;
  // Cells show states, not half texts: one change a row, not one a token.
  if (first) Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1));
}

void TryResultsModel::setAnswer(int row, TrySide side, const TryAnswer& answer) {
  if (row >= m_rows.size()) return;
  m_rows[row].side(side) = answer;
  Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1));
}

void TryResultsModel::markCancelled() {
  for (int row = 0; row < m_rows.size(); ++row) {
    for (const TrySide side : {TrySide::before, TrySide::after}) {
      TryAnswer& answer = m_rows[row].side(side);
      if (has(side) && answer.state != TryAnswer::State::done) answer.state = TryAnswer::State::cancelled;
    }
  }
  if (!m_rows.isEmpty()) Q_EMIT dataChanged(index(0, 0), index(static_cast<int>(m_rows.size()) - 1, columnCount() - 1));
}

int TryResultsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int TryResultsModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : firstFieldColumn + static_cast<int>(m_keys.size());
}

QStringList TryResultsModel::values(const TryRow& row) const {
  const TryAnswer& answer = row.side(shown());
  QStringList found;
  for (qsizetype i = 0; i < m_keys.size(); ++i) found += i < answer.fields.size() ? answer.fields[i].value : QString();
  return found;
}

const TryField* TryResultsModel::field(int row, int column) const {
  const TryAnswer& answer = m_rows[row].side(shown());
  const int at = column - firstFieldColumn;
  return at >= 0 && at < answer.fields.size() ? &answer.fields[at] : nullptr;
}

QString TryResultsModel::problemText(const TryField& field) {
  if (!field.isFaulty()) return {};
  const QString code = QString::fromStdString(field.problem.code);
  return code == QLatin1String("value_not_in_input") ? tr("isn't in the text") : problemWord(code);
}

QVariant TryResultsModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
  if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
  const TryRow& row = m_rows[index.row()];
  if (const TryField* value = field(index.row(), index.column())) {
    if (role == Qt::DisplayRole)  // a shape and a word beside the value, not colour alone
      return value->isFaulty() ? tr("⚠ %1 (%2)", "value, problem").arg(value->value, problemText(*value))
                               : value->value;
    QStringList lines{value->value};
    if (value->present) lines += tr("sure to %1").arg(NumberText::percent(value->confidence));
    if (value->isFaulty()) lines += engineSentence(value->problem.sentence);
    return lines.join(QLatin1Char('\n'));
  }
  switch (index.column()) {
    case inputColumn:
      return row.input;
    case beforeColumn:
      return m_before ? stateText(row.before) : QString();
    case afterColumn:
      return m_after ? stateText(row.after) : QString();
    default:
      return values(row).value(index.column() - firstFieldColumn);
  }
}

QVariant TryResultsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (role != Qt::DisplayRole) return QAbstractTableModel::headerData(section, orientation, role);
  if (orientation == Qt::Vertical) return section + 1;
  switch (section) {
    case inputColumn:
      return tr("Input");
    case beforeColumn:
      return tr("Before");
    case afterColumn:
      return tr("After");
    default:
      return m_keys.value(section - firstFieldColumn);
  }
}

void TryResultsModel::retranslate() {
  Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
  if (!m_rows.isEmpty()) Q_EMIT dataChanged(index(0, 0), index(static_cast<int>(m_rows.size()) - 1, columnCount() - 1));
}

QString TryResultsModel::stateText(const TryAnswer& answer) {
  switch (answer.state) {
    //: an answer that hasn't begun
    case TryAnswer::State::none:
      return tr("Waiting");
    case TryAnswer::State::running:
      return tr("Writing …");
    case TryAnswer::State::cancelled:
      return tr("Stopped");
    case TryAnswer::State::done:
      break;
  }
  if (answer.cutAtLimit) return tr("Too long");
  if (!answer.validJson) return tr("Not JSON");
  if (!answer.exactKeys) return tr("Other keys");
  if (answer.isFaulty()) return answer.isUnsure() ? tr("Valid, doubtful, unsure") : tr("Valid, doubtful");
  return answer.isUnsure() ? tr("Valid, unsure") : tr("Valid");
}

QString TryResultsModel::exported(Format format) const {
  switch (format) {
    case Format::tsv:
      return separated(QLatin1Char('\t'));
    case Format::csv:
      return separated(QLatin1Char(','));
    case Format::jsonl:
      return lines();
  }
  return {};
}

QString TryResultsModel::separated(QChar separator) const {
  // RFC 4180: quoted where a cell has the separator, a quote or a line break.
  const auto cell = [separator](QString text) {
    const bool quoted = text.contains(separator) || text.contains(QLatin1Char('"')) ||
                        text.contains(QLatin1Char('\n')) || text.contains(QLatin1Char('\r'));
    if (!quoted) return text;
    text.replace(QLatin1Char('"'), QLatin1String("\"\""));
    return QLatin1Char('"') + text + QLatin1Char('"');
  };
  const auto line = [&](const QStringList& cells) {
    QStringList quoted;
    for (const QString& one : cells) quoted += cell(one);
    return quoted.join(separator) + QLatin1Char('\n');
  };
  QStringList header{QStringLiteral("input")};
  header += m_keys;
  header += {QStringLiteral("answer"), QStringLiteral("validity"), QStringLiteral("least_confidence"),
             QStringLiteral("doubtful_fields")};
  QString text = line(header);
  for (const TryRow& row : m_rows) {
    const TryAnswer& answer = row.side(shown());
    text += line(QStringList(row.input) + values(row) +
                 QStringList{answer.text, validityName(answer), confidenceText(answer.confidence()),
                             faultyKeys(answer).join(QLatin1Char(' '))});
  }
  return text;
}

QString TryResultsModel::lines() const {
  QString text;
  for (const TryRow& row : m_rows) {
    QJsonObject object{{QStringLiteral("input"), row.input}};
    for (const TrySide side : {TrySide::before, TrySide::after}) {
      if (!has(side)) continue;
      const TryAnswer& answer = row.side(side);
      const QString name = side == TrySide::before ? QStringLiteral("before") : QStringLiteral("after");
      QJsonObject confidence, doubtful;
      for (const TryField& field : answer.fields) {
        if (field.present) confidence.insert(field.key, field.confidence);
        if (field.isFaulty()) doubtful.insert(field.key, QString::fromStdString(field.problem.code));
      }
      object.insert(name, answer.text);
      object.insert(name + QStringLiteral("_validity"), validityName(answer));
      object.insert(name + QStringLiteral("_confidence"), confidence);
      object.insert(name + QStringLiteral("_doubtful"), doubtful);
    }
    text += QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)) + QLatin1Char('\n');
  }
  return text;
}

}  // namespace minnow
