// Task: what the student is to extract. Stands in minnow.json; every check, score and report takes its fields from here.
#pragma once

#include <array>
#include <string>
#include <vector>

namespace minnow {

/// What a field holds; brings the field's checks (design section 2). `choice`: one of the field's values. `yes_no`: one
/// of two words. `list`: a JSON array of texts. All others: one text (a number may be a JSON number).
enum class FieldKind { text, verbatim, province, city, district, phone, person_name, number, date, choice, yes_no, list };

/// Every kind, in the order in which they are offered.
inline constexpr std::array<FieldKind, 12> all_field_kinds{
    FieldKind::text,     FieldKind::verbatim, FieldKind::choice, FieldKind::yes_no,      FieldKind::list,
    FieldKind::number,   FieldKind::date,     FieldKind::phone,  FieldKind::person_name, FieldKind::province,
    FieldKind::city,     FieldKind::district};

/// One key of the answer.
struct Field {
  std::string key;
  FieldKind kind = FieldKind::text;
  std::string description;   ///< for people and for the prompt
  bool may_be_empty = false; ///< "" is a legal value; of a list: []
  /// choice: what the answer may be. yes_no: the word for yes, the word for no; none: "yes", "no"; "true", "false":
  /// JSON's true and false. list: what its items may be; none: anything. Other kinds have none.
  std::vector<std::string> values{};
  bool operator==(const Field&) const = default;
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
  bool operator==(const Task&) const = default;
};

/// Whether fields of the kind are held to values that the task names.
bool has_values(FieldKind kind);

/// The only values that the field's text, or each item of its list, may have; empty: any.
std::vector<std::string> allowed_values(const Field& field);

/// Whether the value is JSON's true or false: a yes_no whose words those are.
bool is_boolean(const Field& field);

/// Why the field's values don't fit its kind, a sentence; empty when they do.
std::string values_fault(const Field& field);

/// The names used in files: "text", "verbatim", "province", …, "choice", "yes_no", "list".
const char* to_string(FieldKind kind);
const char* to_string(PromptStyle style);  ///< "no_think" or "swift-3.5"
const char* to_string(TemplateChoice choice);  ///< "auto" or "builtin"

/// Inverse of to_string; "yes/no" is yes_no too. Throws Error(usage) naming the value and the legal ones.
FieldKind field_kind_from(const std::string& name);
PromptStyle prompt_style_from(const std::string& name);
TemplateChoice template_choice_from(const std::string& name);

}  // namespace minnow
