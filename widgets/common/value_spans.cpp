// Plain searches; inputs are a line or a few.
#include "widgets/common/value_spans.h"

#include <algorithm>

#include "widgets/common/label_json.h"

namespace minnow {
namespace {

bool isFree(const QList<ValueSpan>& spans, qsizetype start, qsizetype length) {
  return std::none_of(spans.begin(), spans.end(), [=](const ValueSpan& span) {
    return start < span.start + span.length && span.start < start + length;
  });
}

/// The first free place of `value`, or -1.
qsizetype freePlace(const QString& input, const QString& value, const QList<ValueSpan>& taken) {
  for (qsizetype at = input.indexOf(value); at >= 0; at = input.indexOf(value, at + 1)) {
    if (isFree(taken, at, value.size())) return at;
  }
  return -1;
}

/// Digits that stand apart in the input: "138 0013-8000".
ValueSpan spacedDigits(const QString& input, const QString& value) {
  QString digits;
  for (const QChar c : value) {
    if (c.isDigit()) digits += c;
  }
  if (digits.size() < 5) return {};
  for (qsizetype start = 0; start < input.size(); ++start) {
    qsizetype at = start, matched = 0;
    while (at < input.size() && matched < digits.size()) {
      const QChar c = input.at(at);
      if (c == digits.at(matched)) {
        ++matched;
      } else if (matched == 0 || (c != u' ' && c != u'-')) {
        break;
      }
      ++at;
    }
    if (matched == digits.size()) return {0, start, at - start};
  }
  return {};
}

bool isPlace(FieldKind kind) {
  return kind == FieldKind::province || kind == FieldKind::city || kind == FieldKind::district;
}

}  // namespace

QList<ValueSpan> valueSpans(const QString& input, const std::vector<Field>& fields, const QList<QString>& values) {
  struct Wanted {
    int field;
    QString text;
  };
  QList<Wanted> order, missed;
  for (int i = 0; i < static_cast<int>(fields.size()) && i < values.size(); ++i) {
    const bool list = fields[static_cast<std::size_t>(i)].kind == FieldKind::list;
    for (const QString& text : list ? listItems(values.at(i)) : QStringList(values.at(i))) {
      if (!text.isEmpty()) order.append({i, text});
    }
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const Wanted& a, const Wanted& b) { return a.text.size() > b.text.size(); });
  QList<ValueSpan> spans;
  for (const Wanted& wanted : order) {
    const qsizetype at = freePlace(input, wanted.text, spans);
    if (at >= 0) {
      spans.append({wanted.field, at, wanted.text.size()});
    } else {
      missed.append(wanted);
    }
  }
  for (const auto& [field, text] : missed) {
    const FieldKind kind = fields[static_cast<std::size_t>(field)].kind;
    if (isPlace(kind)) {
      for (qsizetype length = text.size() - 1; length >= 2; --length) {
        const qsizetype at = freePlace(input, text.left(length), spans);
        if (at < 0) continue;
        spans.append({field, at, length});
        break;
      }
    } else if (kind == FieldKind::phone) {
      ValueSpan span = spacedDigits(input, text);
      span.field = field;
      if (span.length > 0 && isFree(spans, span.start, span.length)) spans.append(span);
    }
  }
  std::sort(spans.begin(), spans.end(), [](const ValueSpan& a, const ValueSpan& b) { return a.start < b.start; });
  return spans;
}

QList<QString> fieldValues(const QString& label, const std::vector<Field>& fields) {
  QList<QString> values(static_cast<qsizetype>(fields.size()));
  if (label.isEmpty()) return values;
  const auto read = readLabel(label);
  if (!read) return values;
  for (const LabelValue& value : *read) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (value.key == QString::fromStdString(fields[i].key)) values[static_cast<qsizetype>(i)] = value.text;
    }
  }
  return values;
}

}  // namespace minnow
