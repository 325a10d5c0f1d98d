// Task: what the student is to extract. Stands in minnow.json; every check, score and report takes its fields from here.
#pragma once

#include <string>
#include <vector>

namespace minnow {

/// What a field holds; brings the field's checks (design section 2).
enum class FieldKind { text, verbatim, province, city, district, phone, person_name, number, date };

/// One key of the answer.
struct Field {
  std::string key;
  FieldKind kind = FieldKind::text;
  std::string description;   ///< for people and for the prompt
  bool may_be_empty = false; ///< "" is a legal value
};

/// What stands between "assistant\n" and the answer (facts 4.4). no_think: the template's own generation prompt with
/// enable_thinking=false. swift_3_5: nothing, as ms-swift 3.5 trained.
enum class PromptStyle { no_think, swift_3_5 };

/// Whose rules make a prompt of messages. automatic: those of the chat template in the model's folder, which is refused
/// when Minnow doesn't know it. builtin: the hybrid Qwen3's, whatever template the folder has.
enum class TemplateChoice { automatic, builtin };

/// The task of a project. Fields are in the order in which the answer has them.
struct Task {
  std::string name;
  std::vector<Field> fields;
  std::string concise_prompt;   ///< system prompt of the tuned student
  std::string detailed_prompt;  ///< system prompt of the untuned model and of the teacher
  PromptStyle prompt_style = PromptStyle::no_think;
};

/// The names used in files: "text", "verbatim", "province", …
const char* to_string(FieldKind kind);
const char* to_string(PromptStyle style);  ///< "no_think" or "swift-3.5"
const char* to_string(TemplateChoice choice);  ///< "auto" or "builtin"

/// Inverse of to_string. Throws Error(usage) naming the value and the legal ones.
FieldKind field_kind_from(const std::string& name);
PromptStyle prompt_style_from(const std::string& name);
TemplateChoice template_choice_from(const std::string& name);

}  // namespace minnow
