// Parses both sides, compares key by key; classification is error_kind's.
#include "core/evaluate/score.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "core/data/label_form.h"
#include "core/evaluate/error_kind.h"
#include "core/io/json.h"
#include "core/text/unicode.h"
#include "core/types/error.h"

namespace minnow {
namespace {

// Strings anywhere within the value in NFC, so that == compares what the rule says.
Json normalised(const Json& value) {
  if (value.is_string()) return nfc(value.get_ref<const std::string&>());
  if (!value.is_structured()) return value;
  Json copy = value;
  for (Json& item : copy) item = normalised(item);
  return copy;
}

Json parse_label(const Task& task, const std::string& expected_json) {
  LabelText read = read_label(expected_json);
  if (read.form != LabelShape::object) {
    throw Error(ErrorKind::data, "a row can't be judged: its label isn't a JSON object", "label");
  }
  Json label = std::move(*read.object);
  for (const Field& field : task.fields) {
    if (!label.contains(field.key)) {
      throw Error(ErrorKind::data, "a row can't be judged: its label has no key '" + field.key + "'", field.key);
    }
  }
  if (label.size() != task.fields.size()) {
    throw Error(ErrorKind::data, "a row can't be judged: its label has " + std::to_string(label.size()) +
                                     " keys, the task has " + std::to_string(task.fields.size()) + " fields", "label");
  }
  return label;
}

}  // namespace

RowJudgement judge(const Task& task, const std::string& input, const std::string& expected_json,
                   const std::string& answer, const Gazetteer* gazetteer) {
  const Json wanted = normalised(parse_label(task, expected_json));
  const LabelText parsed = read_label(answer);
  RowJudgement judgement;
  if (parsed.form != LabelShape::object) {
    judgement.field_errors.assign(task.fields.size(), FieldError::bad_json);
    return judgement;
  }
  const Json given = normalised(*parsed.object);
  judgement.valid_json = true;
  judgement.extra_keys = parsed.repeated_key;
  for (const auto& item : given.items()) judgement.extra_keys |= !wanted.contains(item.key());

  const ErrorContext context{task, nfc(repair_utf8(input)), wanted, gazetteer};
  bool all_right = true;
  for (std::size_t i = 0; i < task.fields.size(); ++i) {
    const auto found = given.find(task.fields[i].key);
    const Json* value = found == given.end() ? nullptr : &*found;
    const FieldError error = error_kind(context, i, value);
    judgement.field_errors.push_back(error);
    all_right &= error == FieldError::none;
  }
  judgement.exact = all_right && !judgement.extra_keys;
  return judgement;
}

}  // namespace minnow
