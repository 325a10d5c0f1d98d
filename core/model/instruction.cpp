// minnow_prompt.json, and args.json where it is all there is.
#include "core/model/instruction.h"

#include "core/io/file.h"

namespace minnow {
namespace {

std::optional<std::string> text_in(const Json& json, const char* key) {
  const auto it = json.find(key);
  return it != json.end() && it->is_string() ? std::optional(it->get<std::string>()) : std::nullopt;
}

Json object_in(const std::filesystem::path& file) {
  Json json = std::filesystem::exists(file) ? read_json_file(file) : Json::object();
  return json.is_object() ? json : Json::object();
}

}  // namespace

Instruction recorded_instruction(const std::filesystem::path& folder) {
  const Json own = object_in(folder / "minnow_prompt.json"), settings = object_in(folder / "args.json");
  const auto text = [&](const char* key) {
    auto first = text_in(own, key);
    return first ? first : text_in(settings, key);
  };
  Instruction result;
  if (const auto style = text("prompt_style")) result.prompt_style = prompt_style_from(*style);
  if (const auto choice = text("chat_template")) result.chat_template = template_choice_from(*choice);
  result.system = text_in(own, "system");
  if (const auto given = text_in(settings, "system"); !result.system && given && !given->empty()) result.system = given;
  return result;
}

void record_instruction(const std::filesystem::path& folder, const Instruction& instruction, const Json& more) {
  Json record = Json::object();
  if (instruction.prompt_style) record["prompt_style"] = to_string(*instruction.prompt_style);
  if (instruction.chat_template) record["chat_template"] = to_string(*instruction.chat_template);
  if (instruction.system) record["system"] = *instruction.system;
  record.update(more);
  write_file_atomic(folder / "minnow_prompt.json", record.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

PromptStyle default_style(const std::filesystem::path& model, const std::optional<std::filesystem::path>& adapter) {
  if (adapter) {
    if (const auto style = recorded_instruction(*adapter).prompt_style) return *style;
  }
  return recorded_instruction(model).prompt_style.value_or(PromptStyle::no_think);
}

TemplateChoice chosen_template(const std::vector<std::filesystem::path>& folders,
                               const std::optional<TemplateChoice>& asked) {
  if (asked) return *asked;
  for (const auto& folder : folders)
    if (const auto choice = recorded_instruction(folder).chat_template) return *choice;
  return TemplateChoice::automatic;
}

}  // namespace minnow
