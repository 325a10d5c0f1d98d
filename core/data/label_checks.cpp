// The label's form first; then each field by its kind; last the place names together.
#include "core/data/label_checks.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/data/column_names.h"
#include "core/data/label_form.h"
#include "core/data/stands_in.h"
#include "core/data/value_shape.h"
#include "core/io/json.h"
#include "core/io/shown.h"
#include "core/text/unicode.h"
#include "core/types/error.h"

namespace minnow {
namespace {

using Problems = std::vector<Problem>;

/// The label as an object, or the problem that it isn't one.
std::optional<Json> label_object(const std::string& text, Problems& problems) {
  LabelText label = read_label(text);
  const auto problem = [&](const char* code, const std::string& sentence) { problems.push_back({code, "", sentence}); };
  switch (label.form) {
    case LabelShape::object:
      if (label.repeated_key)
        problem(problem_code::duplicate_key, "a key stands in the label twice; the last value counts");
      return std::move(label.object);
    case LabelShape::not_object:
      problem(problem_code::not_an_object, "the label is " + shown(text) + ", it must be a JSON object");
      break;
    case LabelShape::python:
      problem(problem_code::python_literal, "the label is a Python dict, not JSON: it was written with str() or repr()");
      break;
    case LabelShape::fenced:
      problem(problem_code::code_fence, "the label's JSON stands in a Markdown fence, which would be learnt too");
      break;
    case LabelShape::in_prose:
      problem(problem_code::text_around_json, "words stand around the label's JSON: " + shown(label.detail));
      break;
    case LabelShape::end_token:
      problem(problem_code::end_token, "behind the label's JSON stands " + shown(label.detail) +
                                           ", which would be learnt as text; training adds the end itself");
      break;
    case LabelShape::quoted:
      problem(problem_code::json_in_string, "the label is a JSON string with JSON in it: it was written as JSON twice");
      break;
    case LabelShape::empty:
      problem(problem_code::invalid_json, "the label is empty");
      break;
    case LabelShape::other:
      problem(problem_code::invalid_json, label.detail);
      break;
  }
  return std::nullopt;
}

const char* wanted_type(const Field& field) {
  if (field.kind == FieldKind::list) return "a list of texts";
  if (is_boolean(field)) return "true or false";
  return field.kind == FieldKind::number ? "a number or text" : "text";
}

/// The texts of a field's value, more than one (or none) of a list only; nothing when it has none (then the problem is
/// told).
std::optional<std::vector<std::string>> value_texts(const Json& value, const Field& field, Problems& problems) {
  const bool list = field.kind == FieldKind::list, boolean = is_boolean(field);
  const auto is_text = [](const Json& item) { return item.is_string(); };
  if (list && value.is_array() && std::all_of(value.begin(), value.end(), is_text))
    return value.get<std::vector<std::string>>();
  if (boolean ? value.is_boolean() || value == "" : !list && value.is_string()) return {{shown_json(value)}};
  if (field.kind == FieldKind::number && value.is_number()) return {{value.dump()}};
  problems.push_back({problem_code::wrong_type, field.key,
                      "the value is " + shown(dump_json(value)) + ", it must be " + wanted_type(field)});
  return std::nullopt;
}

std::string listed(const std::vector<std::string>& values) {
  constexpr std::size_t most = 12;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, values.size()); ++i) text += (i > 0 ? ", " : "") + values[i];
  return text + (values.size() > most ? ", …" : "");
}

bool is_copied(FieldKind kind) {
  return kind == FieldKind::verbatim || kind == FieldKind::person_name || kind == FieldKind::phone;
}

Standing standing_of(const std::string& input, const std::string& value) {
  const Standing found = standing_in(input, value);
  if (found.how != Standing::How::absent || (surely_nfc(input) && surely_nfc(value))) return found;
  return standing_in(nfc(input), nfc(value));
}

/// Names what a spreadsheet has damaged; false when nothing is.
bool check_damage(const std::string& value, const Field& field, const std::string& input, Problems& problems) {
  if (!is_copied(field.kind) && field.kind != FieldKind::text) return false;
  const std::string damage = spreadsheet_damage(input, value);
  if (!damage.empty()) problems.push_back({problem_code::damaged_number, field.key, damage});
  return !damage.empty();
}

/// What is copied must stand in the input. A number must not be a piece of another one there, whatever the field; one
/// that a spreadsheet has damaged is named as that.
void check_place(const std::string& value, const Field& field, const std::string& input, Problems& problems) {
  if (!is_copied(field.kind) && field.kind != FieldKind::text) return;
  const bool phone = field.kind == FieldKind::phone, phone_shaped = phone && is_phone(value);
  if (check_damage(value, field, input, problems)) return;
  constexpr std::size_t long_number = 6;  // digits; shorter ones can well be meant as a part
  const bool is_number = value.size() >= long_number && value.find_first_not_of("0123456789") == std::string::npos;
  const Standing place = is_copied(field.kind) || is_number ? standing_of(input, value) : Standing{Standing::How::whole, {}};
  if (is_copied(field.kind) && place.how == Standing::How::absent) {
    problems.push_back({problem_code::value_not_in_input, field.key, shown(value) + " doesn't stand in the input"});
  } else if (place.how == Standing::How::piece_of_number && (!phone || phone_shaped)) {
    problems.push_back({problem_code::value_not_in_input, field.key,
                        shown(value) + " is only a piece of " + shown(place.number) + " in the input"});
  }
  // A number that its sender mistyped is copied as it is.
  const bool copied_typo = phone && place.how == Standing::How::whole && is_mistyped_mobile(value);
  if (phone && !phone_shaped && !copied_typo) {
    problems.push_back({problem_code::phone_shape, field.key, shown(value) + " hasn't the shape of a phone number"});
  }
}

void check_value(const std::string& value, const Field& field, const std::string& input, Problems& problems) {
  if (trimmed(value).empty()) {
    if (!field.may_be_empty) problems.push_back({problem_code::empty_value, field.key, "the value is empty"});
    return;
  }
  check_place(value, field, input, problems);
  if (field.kind == FieldKind::number && !is_number(value)) {
    problems.push_back({problem_code::number_shape, field.key, shown(value) + " isn't a number"});
  }
  if (field.kind == FieldKind::date && !is_date(value)) {
    problems.push_back({problem_code::date_shape, field.key, shown(value) + " isn't a date"});
  }
  const std::vector<std::string> allowed = allowed_values(field);
  const auto same = [&](const std::string& one) { return one == value || nfc(one) == nfc(value); };
  if (!allowed.empty() && std::none_of(allowed.begin(), allowed.end(), same)) {
    problems.push_back(
        {problem_code::not_a_choice, field.key, shown(value) + " is none of the field's values: " + listed(allowed)});
  }
}

/// A list's items are checked as values are, and must not be empty.
void check_values(const std::vector<std::string>& texts, const Field& field, const std::string& input,
                  Problems& problems) {
  if (field.kind != FieldKind::list) return check_value(texts.front(), field, input, problems);
  if (texts.empty() && !field.may_be_empty)
    problems.push_back({problem_code::empty_value, field.key, "the list is empty"});
  Field item = field;
  item.may_be_empty = false;
  for (const std::string& text : texts) check_value(text, item, input, problems);
}

/// The first field of each kind of place.
struct RegionFields {
  std::array<const Field*, 3> field{};
  std::array<std::string, 3> value;
};

RegionFields region_fields(const Json& label, const Task& task) {
  constexpr std::array kinds{FieldKind::province, FieldKind::city, FieldKind::district};
  RegionFields found;
  for (std::size_t level = 0; level < 3; ++level) {
    const auto field =
        std::find_if(task.fields.begin(), task.fields.end(), [&](const Field& f) { return f.kind == kinds[level]; });
    if (field == task.fields.end()) continue;
    const auto value = label.find(field->key);
    if (value == label.end() || !value->is_string()) continue;
    found.field[level] = &*field;
    found.value[level] = std::string(trimmed(value->get_ref<const std::string&>()));
  }
  return found;
}

/// The full names that a name can mean at a level; itself alone if it is "" (not stated).
std::vector<std::string> full_names(const Gazetteer& regions, RegionLevel level, const std::string& name) {
  if (name.empty()) return {""};
  std::vector<std::string> names;
  for (const int index : regions.find_any(level, name)) {
    const std::string& full = regions[index].name;
    if (std::find(names.begin(), names.end(), full) == names.end()) names.push_back(full);
  }
  // County-level cities are written in the city's place too.
  if (level == RegionLevel::city) {
    for (const int index : regions.find_any(RegionLevel::district, name)) {
      const std::string& full = regions[index].name;
      if (full.ends_with("市") && std::find(names.begin(), names.end(), full) == names.end()) names.push_back(full);
    }
  }
  return names;
}

bool any_chain(const Gazetteer& regions, const std::array<std::vector<std::string>, 3>& names) {
  for (const auto& province : names[0]) {
    for (const auto& city : names[1]) {
      for (const auto& district : names[2]) {
        if (regions.chain_exists(province, city, district)) return true;
      }
    }
  }
  return false;
}

/// Zones are places in addresses without being administrative units, so no list of those has them.
bool is_zone(std::string_view district) {
  constexpr std::array<std::string_view, 16> endings{"开发区", "高新区", "经开区", "新区",   "保税区", "示范区",
                                                     "园区",   "度假区", "管理区", "试验区", "合作区", "科学城",
                                                     "科技城", "大学城", "生态城", "新城"};
  return std::any_of(endings.begin(), endings.end(),
                     [&](std::string_view ending) { return district.ends_with(ending); });
}

/// "云南省 大理白族自治州": where a district lies, for the sentence.
std::string places_of(const Gazetteer& regions, const std::string& district) {
  std::string text;
  std::size_t listed = 0;
  for (const auto& parents : regions.parents_of(district, true)) {
    if (++listed > 3) return text + " and elsewhere";
    text += (text.empty() ? "" : ", ") + parents.province;
    if (!parents.city.empty() && parents.city != parents.province) text += " " + parents.city;
  }
  return text;
}

}  // namespace

std::vector<RegionFault> check_regions(const Gazetteer& regions, const std::string& province, const std::string& city,
                                       const std::string& district) {
  constexpr std::array levels{RegionLevel::province, RegionLevel::city, RegionLevel::district};
  constexpr std::array nobody{"no province is called ", "no city is called ", "no district or county is called "};
  const std::array<const std::string*, 3> given{&province, &city, &district};
  std::array<std::vector<std::string>, 3> names;
  std::vector<RegionFault> faults;
  for (int level = 0; level < 3; ++level) {
    const auto at = static_cast<std::size_t>(level);
    names[at] = full_names(regions, levels[at], *given[at]);
    if (names[at].empty() && level == 2 && is_zone(district)) names[at] = {""};
    if (!names[at].empty()) continue;
    faults.push_back({problem_code::unknown_region, nobody[at] + shown(*given[at]), level});
    names[at] = {""};  // the others are still held against each other
  }
  if (any_chain(regions, names)) return faults;
  // The lowest level that says something names the place; the one above it that doesn't fit is at fault.
  const bool by_district = names[2].front() != "";
  auto without_city = names;
  without_city[1] = {""};
  const int wrong = by_district && !city.empty() && any_chain(regions, without_city) ? 1 : 0;
  std::string sentence =
      shown(by_district ? district : city) + " doesn't lie in " + shown(wrong == 1 ? city : province);
  if (by_district) {
    if (const std::string places = places_of(regions, district); !places.empty()) sentence += "; it lies in " + places;
  }
  faults.push_back({problem_code::region_chain, sentence, wrong});
  return faults;
}

std::vector<Problem> check_label(const std::string& input, const std::string& label, const Task& task,
                                 const Gazetteer* regions) {
  Problems problems;
  const auto tree = label_object(label, problems);
  if (!tree) return problems;
  for (const Field& field : task.fields) {
    const auto value = tree->find(field.key);
    if (value != tree->end() && value->is_number()) check_damage(value->dump(), field, input, problems);
    if (value == tree->end()) {
      problems.push_back({problem_code::missing_key, field.key, "the label has no " + shown(field.key)});
    } else if (const auto texts = value_texts(*value, field, problems)) {
      check_values(*texts, field, input, problems);
    }
  }
  for (const auto& item : tree->items()) {
    const bool known = std::any_of(task.fields.begin(), task.fields.end(),
                                   [&](const Field& field) { return field.key == item.key(); });
    if (!known) problems.push_back({problem_code::extra_key, item.key(), "the task has no field " + shown(item.key())});
  }
  if (regions != nullptr) {
    const RegionFields places = region_fields(*tree, task);
    for (const RegionFault& fault : check_regions(*regions, places.value[0], places.value[1], places.value[2])) {
      const Field* field = places.field[static_cast<std::size_t>(fault.wrong)];
      problems.push_back({fault.code, field != nullptr ? field->key : "", fault.sentence});
    }
  }
  return problems;
}

}  // namespace minnow
