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
  QList<int> order;
  for (int i = 0; i < static_cast<int>(fields.size()) && i < values.size(); ++i) {
    if (!values.at(i).isEmpty()) order.append(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return values.at(a).size() > values.at(b).size(); });
  QList<ValueSpan> spans;
  QList<int> missed;
  for (const int field : order) {
    const qsizetype at = freePlace(input, values.at(field), spans);
    if (at >= 0) {
      spans.append({field, at, values.at(field).size()});
    } else {
      missed.append(field);
    }
  }
  for (const int field : missed) {
    const FieldKind kind = fields[static_cast<std::size_t>(field)].kind;
    if (isPlace(kind)) {
      for (qsizetype length = values.at(field).size() - 1; length >= 2; --length) {
        const qsizetype at = freePlace(input, values.at(field).left(length), spans);
        if (at < 0) continue;
        spans.append({field, at, length});
        break;
      }
    } else if (kind == FieldKind::phone) {
      ValueSpan span = spacedDigits(input, values.at(field));
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
