// Parses both sides, compares key by key; classification is error_kind's.
#include "core/evaluate/score.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "core/evaluate/error_kind.h"
#include "core/io/json.h"
#include "core/text/unicode.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\n\v\f\r";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

struct ParsedAnswer {
  std::optional<Json> object;  ///< absent: not one JSON object
  bool repeated_key = false;
};

ParsedAnswer parse_answer(std::string_view answer) {
  const std::string_view text = trimmed(answer);
  if (text.empty() || text.front() != '{') return {};  // a byte order mark ends here too
  JsonLimits limits;
  limits.reject_duplicates = true;
  ParsedAnswer parsed;
  try {
    parsed.object = parse_json(text, "the answer", limits);
    return parsed;
  } catch (const Error&) {
    // Not JSON, or a key twice: the second reading tells which. An ordinary "no", no refusal.
  }
  limits.reject_duplicates = false;
  try {
    parsed.object = parse_json(text, "the answer", limits);
    parsed.repeated_key = true;
  } catch (const Error&) {
    return {};
  }
  return parsed;
}

// Strings anywhere within the value in NFC, so that == compares what the rule says.
Json normalised(const Json& value) {
  if (value.is_string()) return nfc(value.get_ref<const std::string&>());
  if (!value.is_structured()) return value;
  Json copy = value;
  for (Json& item : copy) item = normalised(item);
  return copy;
}

Json parse_label(const Task& task, const std::string& expected_json) {
  Json label;
  try {
    label = parse_json(expected_json, "the label");
  } catch (const Error& error) {
    throw Error(ErrorKind::data, std::string("a row can't be judged: ") + error.what(), "label");
  }
  if (!label.is_object()) {
    throw Error(ErrorKind::data, "a row can't be judged: its label is a JSON " + std::string(label.type_name()) +
                                     ", not an object", "label");
  }
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
  ParsedAnswer parsed = parse_answer(answer);
  RowJudgement judgement;
  if (!parsed.object) {
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
