// What states, splits and problems are called in the window.
#include "widgets/common/row_words.h"

#include <QCoreApplication>
#include <QHash>

namespace minnow {
namespace {

QString word(const char* text) { return QCoreApplication::translate("minnow::RowWords", text); }

}  // namespace

QString stateWord(RowState state) {
  switch (state) {
    case RowState::unlabelled:
      return word(QT_TRANSLATE_NOOP("minnow::RowWords", "Raw"));
    case RowState::labelled:
      return word(QT_TRANSLATE_NOOP("minnow::RowWords", "Labelled"));
    case RowState::needs_review:
      return word(QT_TRANSLATE_NOOP("minnow::RowWords", "Needs review"));
    case RowState::failed:
      return word(QT_TRANSLATE_NOOP("minnow::RowWords", "Failed"));
  }
  return {};
}

QString splitWord(Split split) {
  switch (split) {
    case Split::none:
      return word(QT_TRANSLATE_NOOP("minnow::RowWords", "No split"));
    case Split::train:
      return word(QT_TRANSLATE_NOOP("minnow::RowWords", "Train"));
    case Split::validation:
      return word(QT_TRANSLATE_NOOP("minnow::RowWords", "Validation"));
    case Split::test:
      return word(QT_TRANSLATE_NOOP("minnow::RowWords", "Test"));
  }
  return {};
}

QString kindWord(FieldKind kind) {
  switch (kind) {
    case FieldKind::text:
      return word(QT_TRANSLATE_NOOP("minnow::RowWords", "Text"));
    case FieldKind::verbatim:
      return word(QT_TRANSLATE_NOOP("minnow::RowWords", "Text, word for word"));
    case FieldKind::province:
      return word(QT_TRANSLATE_NOOP("minnow::RowWords", "Province"));
    case FieldKind::city:
      return word(QT_TRANSLATE_NOOP("minnow::RowWords", "City"));
    case FieldKind::district:
      return word(QT_TRANSLATE_NOOP("minnow::RowWords", "District"));
    case FieldKind::phone:
      return word(QT_TRANSLATE_NOOP("minnow::RowWords", "Phone number"));
    case FieldKind::person_name:
      return word(QT_TRANSLATE_NOOP("minnow::RowWords", "Person's name"));
    case FieldKind::number:
      return word(QT_TRANSLATE_NOOP("minnow::RowWords", "Number"));
    case FieldKind::date:
      return word(QT_TRANSLATE_NOOP("minnow::RowWords", "Date"));
    case FieldKind::choice:
      return word(QT_TRANSLATE_NOOP("minnow::RowWords", "Choice"));
    case FieldKind::yes_no:
      return word(QT_TRANSLATE_NOOP("minnow::RowWords", "Yes or no"));
    case FieldKind::list:
      return word(QT_TRANSLATE_NOOP("minnow::RowWords", "List"));
  }
  return {};
}

QString problemWord(const QString& code) {
  static const QHash<QString, const char*> words{
      {QStringLiteral("empty_input"), QT_TRANSLATE_NOOP("minnow::RowWords", "Empty input")},
      {QStringLiteral("invalid_json"), QT_TRANSLATE_NOOP("minnow::RowWords", "Invalid JSON")},
      {QStringLiteral("not_an_object"), QT_TRANSLATE_NOOP("minnow::RowWords", "No JSON object")},
      {QStringLiteral("python_literal"), QT_TRANSLATE_NOOP("minnow::RowWords", "Python instead of JSON")},
      {QStringLiteral("code_fence"), QT_TRANSLATE_NOOP("minnow::RowWords", "JSON in a code fence")},
      {QStringLiteral("text_around_json"), QT_TRANSLATE_NOOP("minnow::RowWords", "Words around the JSON")},
      {QStringLiteral("end_token"), QT_TRANSLATE_NOOP("minnow::RowWords", "End token behind the JSON")},
      {QStringLiteral("json_in_string"), QT_TRANSLATE_NOOP("minnow::RowWords", "JSON inside a string")},
      {QStringLiteral("control_token"), QT_TRANSLATE_NOOP("minnow::RowWords", "Control token as text")},
      {QStringLiteral("damaged_number"), QT_TRANSLATE_NOOP("minnow::RowWords", "Damaged by a spreadsheet")},
      {QStringLiteral("duplicate_key"), QT_TRANSLATE_NOOP("minnow::RowWords", "A key twice")},
      {QStringLiteral("missing_key"), QT_TRANSLATE_NOOP("minnow::RowWords", "Missing key")},
      {QStringLiteral("extra_key"), QT_TRANSLATE_NOOP("minnow::RowWords", "Key that isn't asked for")},
      {QStringLiteral("wrong_type"), QT_TRANSLATE_NOOP("minnow::RowWords", "Value of another type")},
      {QStringLiteral("empty_value"), QT_TRANSLATE_NOOP("minnow::RowWords", "Empty value")},
      {QStringLiteral("value_not_in_input"), QT_TRANSLATE_NOOP("minnow::RowWords", "Value not in the input")},
      {QStringLiteral("phone_shape"), QT_TRANSLATE_NOOP("minnow::RowWords", "Phone number shape")},
      {QStringLiteral("number_shape"), QT_TRANSLATE_NOOP("minnow::RowWords", "Not a number")},
      {QStringLiteral("date_shape"), QT_TRANSLATE_NOOP("minnow::RowWords", "Not a date")},
      {QStringLiteral("not_a_choice"), QT_TRANSLATE_NOOP("minnow::RowWords", "Not one of the values")},
      {QStringLiteral("unknown_region"), QT_TRANSLATE_NOOP("minnow::RowWords", "Unknown place")},
      {QStringLiteral("region_chain"), QT_TRANSLATE_NOOP("minnow::RowWords", "Places don't fit together")},
      {QStringLiteral("too_long"), QT_TRANSLATE_NOOP("minnow::RowWords", "Too long")},
      {QStringLiteral("duplicate"), QT_TRANSLATE_NOOP("minnow::RowWords", "Duplicate")},
      {QStringLiteral("conflicting_label"), QT_TRANSLATE_NOOP("minnow::RowWords", "Same input, another answer")},
      {QStringLiteral("leakage"), QT_TRANSLATE_NOOP("minnow::RowWords", "Leaks into another split")},
      {QStringLiteral("cut_at_limit"), QT_TRANSLATE_NOOP("minnow::RowWords", "Answer was cut")},
      {QStringLiteral("low_confidence"), QT_TRANSLATE_NOOP("minnow::RowWords", "Teacher unsure")},
      {QStringLiteral("no_confidence"), QT_TRANSLATE_NOOP("minnow::RowWords", "Sureness not known")},
      {QStringLiteral("unreadable_row"), QT_TRANSLATE_NOOP("minnow::RowWords", "Unreadable row")},
  };
  const auto found = words.find(code);
  return found == words.end() ? code : word(*found);
}

}  // namespace minnow
