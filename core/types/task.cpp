// Names of field kinds and prompt styles as they stand in files.
#include "core/types/task.h"

#include <array>
#include <utility>

#include "core/types/error.h"

namespace minnow {
namespace {

constexpr std::array<std::pair<FieldKind, const char*>, 9> kFieldKinds{{
    {FieldKind::text, "text"},
    {FieldKind::verbatim, "verbatim"},
    {FieldKind::province, "province"},
    {FieldKind::city, "city"},
    {FieldKind::district, "district"},
    {FieldKind::phone, "phone"},
    {FieldKind::person_name, "person_name"},
    {FieldKind::number, "number"},
    {FieldKind::date, "date"},
}};

}  // namespace

const char* to_string(FieldKind kind) {
  for (const auto& [value, name] : kFieldKinds) {
    if (value == kind) return name;
  }
  return "";
}

FieldKind field_kind_from(const std::string& name) {
  std::string legal;
  for (const auto& [value, text] : kFieldKinds) {
    if (name == text) return value;
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
