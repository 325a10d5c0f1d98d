// Prompts from fields.
#include "core/data/task_prompts.h"

#include <algorithm>
#include <string>
#include <vector>

namespace minnow {
namespace {

std::string keys_of(const Task& task, const char* between, const char* open, const char* close) {
  std::string keys;
  for (const Field& field : task.fields) {
    keys += (keys.empty() ? "" : between) + field.key;
    if (!field.description.empty()) keys += open + field.description + close;
  }
  return keys;
}

std::string joined(const std::vector<std::string>& values, const char* between) {
  std::string text;
  for (const std::string& value : values) text += (text.empty() ? "" : between) + value;
  return text;
}

/// What a field's value must look like where it isn't simply copied; empty otherwise.
std::string form_of(const Field& field, bool chinese) {
  const std::string values = joined(allowed_values(field), chinese ? "、" : ", ");
  switch (field.kind) {
    case FieldKind::choice: return (chinese ? "只能是以下之一：" : "one of: ") + values;
    case FieldKind::yes_no: {
      const std::string words = joined(allowed_values(field), chinese ? " 或 " : " or ");
      if (!is_boolean(field)) return words;
      return chinese ? "JSON的 " + words : "JSON's " + words;
    }
    case FieldKind::list:
      if (values.empty()) return chinese ? "字符串列表" : "a list of strings";
      return (chinese ? "字符串列表，每一项是以下之一：" : "a list of strings, each one of: ") + values;
    default: return {};
  }
}

std::string lines_of(const Task& task, bool chinese) {
  std::string lines;
  for (const Field& field : task.fields) {
    const std::string form = form_of(field, chinese);
    lines += "- " + field.key;
    if (!field.description.empty()) lines += (chinese ? "：" : ": ") + field.description;
    if (!form.empty()) lines += (chinese ? "（" : " (") + form + (chinese ? "）" : ")");
    lines += "\n";
  }
  return lines;
}

bool has_kind(const Task& task, bool (*holds)(FieldKind)) {
  return std::any_of(task.fields.begin(), task.fields.end(), [&](const Field& field) { return holds(field.kind); });
}
bool is_list(FieldKind kind) { return kind == FieldKind::list; }

std::string chinese_detailed(const Task& task) {
  return "你是一个专业的信息抽取助手，负责把一段文本整理成JSON信息。\n\n字段：\n" + lines_of(task, true) +
         "\n规则：\n1. " + (has_kind(task, has_values) ? "除注明取值的字段外，值" : "值") +
         "照抄原文，不增减字符。\n2. 文本里没有的字段写空字符串" + (has_kind(task, is_list) ? "，列表写[]" : "") +
         "。\n3. 只输出一个严格合法的JSON对象，恰好包含上面的键，顺序相同，不要输出别的内容。";
}

std::string english_detailed(const Task& task) {
  return "You extract information from a text as JSON.\n\nFields:\n" + lines_of(task, false) +
         "\nRules:\n1. Copy values as they stand in the text" +
         (has_kind(task, has_values) ? ", but for fields whose values are named above" : "") +
         ".\n2. A field that the text doesn't have is an empty string" +
         (has_kind(task, is_list) ? ", a list that it doesn't have is []" : "") +
         ".\n3. Answer with one strictly valid JSON object with exactly these keys in this order, and nothing else.";
}

}  // namespace

void fill_prompts(Task& task, PromptLanguage language) {
  const bool chinese = language == PromptLanguage::chinese;
  if (task.concise_prompt.empty()) {
    task.concise_prompt = chinese ? "从文本中提取JSON信息，包含的Key有" + keys_of(task, "、", "（", "）")
                                  : "Extract JSON from the text with the keys " + keys_of(task, ", ", " (", ")");
  }
  if (task.detailed_prompt.empty()) task.detailed_prompt = chinese ? chinese_detailed(task) : english_detailed(task);
}

}  // namespace minnow
