// QJsonDocument judges and decodes; the scan only finds where keys and values begin and end in a text it accepted.
#include "widgets/common/label_json.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace minnow {
namespace {

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

bool isNumber(const QString& text) {
  const auto document = QJsonDocument::fromJson('[' + text.toUtf8() + ']');
  return document.isArray() && document.array().size() == 1 && document.array().at(0).isDouble();
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

QString writeLabel(const QList<LabelValue>& values) {
  QString json = QStringLiteral("{");
  for (const LabelValue& value : values) {
    if (json.size() > 1) json += QStringLiteral(", ");
    json += quoted(value.key) + QStringLiteral(": ") + (value.isText ? quoted(value.text) : value.text);
  }
  return json + u'}';
}

QString labelWithValue(const QString& json, const QString& key, const QString& text) {
  QList<LabelValue> values = readLabel(json).value_or(QList<LabelValue>());
  for (LabelValue& value : values) {
    if (value.key != key) continue;
    value.isText = value.isText || !isNumber(text);
    value.text = text;
    return writeLabel(values);
  }
  values.append({key, text, true});
  return writeLabel(values);
}

}  // namespace minnow
