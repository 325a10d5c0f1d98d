// QJsonDocument judges and decodes; the scan only finds where keys and values begin and end in a text it accepted.
#include "widgets/common/label_json.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

namespace minnow {
namespace {

/// The strings of a JSON array that has nothing else.
std::optional<QStringList> texts(const QString& json) {
  if (!json.startsWith(u'[')) return std::nullopt;
  const auto document = QJsonDocument::fromJson(json.toUtf8());
  if (!document.isArray()) return std::nullopt;
  QStringList items;
  for (const auto& item : document.array()) {
    if (!item.isString()) return std::nullopt;
    items += item.toString();
  }
  return items;
}

class Scan {
 public:
  explicit Scan(const QString& text) : m_text(text) {}

  QList<LabelValue> values() {
    QList<LabelValue> result;
    skipBlanks();
    ++m_at;  // the brace
    for (;;) {
      skipBlanks();
      if (peek() != u'"') return result;
      LabelValue value;
      value.key = decoded(take());
      skipBlanks();
      ++m_at;  // the colon
      skipBlanks();
      const QString raw = take();
      value.isText = raw.startsWith(u'"');
      value.text = value.isText ? decoded(raw) : raw;
      if (const auto items = texts(raw)) {
        value.isList = true;
        value.text = listText(*items);
      }
      result.append(value);
      skipBlanks();
      if (peek() != u',') return result;
      ++m_at;
    }
  }

 private:
  QChar peek() const { return m_at < m_text.size() ? m_text.at(m_at) : QChar(); }
  void skipBlanks() {
    while (peek().isSpace()) ++m_at;
  }
  void skipString() {
    for (++m_at; m_at < m_text.size() && peek() != u'"'; ++m_at) {
      if (peek() == u'\\') ++m_at;
    }
    ++m_at;
  }
  /// One value: to its end, brackets and strings within it included.
  QString take() {
    const qsizetype begin = m_at;
    int depth = 0;
    while (m_at < m_text.size()) {
      const QChar c = peek();
      if (c == u'"') {
        skipString();
      } else {
        if (c == u'{' || c == u'[') ++depth;
        if (c == u'}' || c == u']') --depth;
        if (depth < 0 || (depth == 0 && (c == u',' || c == u':' || c.isSpace()))) break;
        ++m_at;
      }
      if (depth == 0 && (c == u'"' || c == u'}' || c == u']')) break;
    }
    return m_text.mid(begin, m_at - begin);
  }
  static QString decoded(const QString& raw) {
    return QJsonDocument::fromJson('[' + raw.toUtf8() + ']').array().at(0).toString();
  }

  const QString& m_text;
  qsizetype m_at = 0;
};

QString quoted(const QString& text) {
  QString json = QStringLiteral("\"");
  for (const QChar c : text) {
    if (c == u'"' || c == u'\\') {
      json += u'\\';
      json += c;
    } else if (c == u'\n') {
      json += QStringLiteral("\\n");
    } else if (c == u'\t') {
      json += QStringLiteral("\\t");
    } else if (c == u'\r') {
      json += QStringLiteral("\\r");
    } else if (c < QChar(0x20)) {
      json += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
    } else {
      json += c;
    }
  }
  return json + u'"';
}

/// Whether a value typed for the field can stand without quotes: a number, true or false.
bool isPlain(const Field& field, const QString& text) {
  if (is_boolean(field)) return text == QLatin1String("true") || text == QLatin1String("false");
  const auto document = QJsonDocument::fromJson('[' + text.toUtf8() + ']');
  return document.isArray() && document.array().size() == 1 && document.array().at(0).isDouble();
}

QString array(const QStringList& items) {
  QStringList quotedItems;
  for (const QString& item : items) quotedItems += quoted(item);
  return u'[' + quotedItems.join(QStringLiteral(", ")) + u']';
}

}  // namespace

std::optional<QList<LabelValue>> readLabel(const QString& json, QString* problem) {
  QJsonParseError error;
  const auto document = QJsonDocument::fromJson(json.toUtf8(), &error);
  if (document.isObject()) return Scan(json).values();
  if (problem != nullptr) {
    *problem = error.error == QJsonParseError::NoError
                   ? QCoreApplication::translate("minnow::LabelJson", "The answer must be a JSON object.")
                   : QCoreApplication::translate("minnow::LabelJson", "This isn't JSON: %1.").arg(error.errorString());
  }
  return std::nullopt;
}

QString listText(const QStringList& items) {
  const auto separates = [](const QString& item) {
    return item.contains(u';') || item.contains(u'；') || item.contains(u'、') || item.contains(u'\n') ||
           item.trimmed() != item || item.isEmpty() || item.startsWith(u'[');
  };
  return std::any_of(items.begin(), items.end(), separates) ? array(items) : items.join(QStringLiteral("; "));
}

QStringList listItems(const QString& text) {
  if (const auto items = texts(text.trimmed())) return *items;
  QString same = text;
  for (const QChar c : {QChar(u'；'), QChar(u'\n')}) same.replace(c, u';');
  if (!same.contains(u';')) same.replace(u'、', u';');
  QStringList items;
  for (const QString& part : same.split(u';')) {
    if (!part.trimmed().isEmpty()) items += part.trimmed();
  }
  return items;
}

QString writeLabel(const QList<LabelValue>& values) {
  QString json = QStringLiteral("{");
  for (const LabelValue& value : values) {
    if (json.size() > 1) json += QStringLiteral(", ");
    json += quoted(value.key) + QStringLiteral(": ");
    json += value.isList ? array(listItems(value.text)) : value.isText ? quoted(value.text) : value.text;
  }
  return json + u'}';
}

QString labelWithValue(const QString& json, const Field& field, const QString& text) {
  QList<LabelValue> values = readLabel(json).value_or(QList<LabelValue>());
  const QString key = QString::fromStdString(field.key);
  auto value = std::find_if(values.begin(), values.end(), [&](const LabelValue& one) { return one.key == key; });
  if (value == values.end()) {
    values.append({key, {}, !is_boolean(field)});
    value = values.end() - 1;
  }
  value->isList = field.kind == FieldKind::list;
  value->isText = !value->isList && (value->isText || !isPlain(field, text));
  value->text = text;
  return writeLabel(values);
}

}  // namespace minnow
