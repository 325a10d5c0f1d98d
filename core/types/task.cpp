// Names of field kinds and prompt styles as they stand in files, and what values a kind takes.
#include "core/types/task.h"

#include <algorithm>
#include <utility>

#include "core/types/error.h"

namespace minnow {
namespace {

constexpr std::array<std::pair<FieldKind, const char*>, 12> kFieldKinds{{
    {FieldKind::text, "text"},
    {FieldKind::verbatim, "verbatim"},
    {FieldKind::province, "province"},
    {FieldKind::city, "city"},
    {FieldKind::district, "district"},
    {FieldKind::phone, "phone"},
    {FieldKind::person_name, "person_name"},
    {FieldKind::number, "number"},
    {FieldKind::date, "date"},
    {FieldKind::choice, "choice"},
    {FieldKind::yes_no, "yes_no"},
    {FieldKind::list, "list"},
}};

}  // namespace

bool has_values(FieldKind kind) {
  return kind == FieldKind::choice || kind == FieldKind::yes_no || kind == FieldKind::list;
}

std::vector<std::string> allowed_values(const Field& field) {
  if (field.kind == FieldKind::yes_no && field.values.empty()) return {"yes", "no"};
  return has_values(field.kind) ? field.values : std::vector<std::string>{};
}

bool is_boolean(const Field& field) {
  const auto has = [&](const char* word) { return std::count(field.values.begin(), field.values.end(), word) == 1; };
  return field.kind == FieldKind::yes_no && field.values.size() == 2 && has("true") && has("false");
}

std::string values_fault(const Field& field) {
  const auto& values = field.values;
  if (!has_values(field.kind))
    return values.empty() ? "" : std::string("only choice, yes_no and list have values, not ") + to_string(field.kind);
  if (field.kind == FieldKind::choice && values.empty()) return "a choice needs its values, a list of texts";
  if (field.kind == FieldKind::yes_no && !values.empty() && values.size() != 2)
    return "yes_no has two values, the word for yes and the word for no, not " + std::to_string(values.size());
  for (auto value = values.begin(); value != values.end(); ++value) {
    if (value->empty()) return "a value is empty; may_be_empty allows an empty value";
    if (std::find(values.begin(), value, *value) != value) return "the value '" + *value + "' stands there twice";
  }
  return {};
}

const char* to_string(FieldKind kind) {
  for (const auto& [value, name] : kFieldKinds) {
    if (value == kind) return name;
  }
  return "";
}

FieldKind field_kind_from(const std::string& name) {
  std::string legal;
  for (const auto& [value, text] : kFieldKinds) {
    if (name == text || (value == FieldKind::yes_no && name == "yes/no")) return value;
    legal += legal.empty() ? text : std::string(", ") + text;
  }
  throw Error(ErrorKind::usage, "'" + name + "' is not a kind of field; the kinds are " + legal, name);
}

const char* to_string(PromptStyle style) { return style == PromptStyle::no_think ? "no_think" : "swift-3.5"; }

PromptStyle prompt_style_from(const std::string& name) {
  if (name == "no_think") return PromptStyle::no_think;
  if (name == "swift-3.5") return PromptStyle::swift_3_5;
  throw Error(ErrorKind::usage, "'" + name + "' is not a prompt style; the styles are no_think and swift-3.5", name);
}

const char* to_string(TemplateChoice choice) { return choice == TemplateChoice::builtin ? "builtin" : "auto"; }

TemplateChoice template_choice_from(const std::string& name) {
  if (name == "auto") return TemplateChoice::automatic;
  if (name == "builtin") return TemplateChoice::builtin;
  throw Error(ErrorKind::usage,
              "'" + name + "' is not a choice of template; it is auto (the model folder's) or builtin (Qwen3's rules)",
              name);
}

}  // namespace minnow
