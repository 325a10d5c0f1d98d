// Prompts from fields.
#include "core/data/task_prompts.h"

#include <string>

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

std::string lines_of(const Task& task, const char* colon) {
  std::string lines;
  for (const Field& field : task.fields)
    lines += "- " + field.key + (field.description.empty() ? "" : colon + field.description) + "\n";
  return lines;
}

std::string chinese_detailed(const Task& task) {
  return "你是一个专业的信息抽取助手，负责把一段文本整理成JSON信息。\n\n字段：\n" + lines_of(task, "：") +
         "\n规则：\n1. 值照抄原文，不增减字符。\n2. 文本里没有的字段写空字符串。\n"
         "3. 只输出一个严格合法的JSON对象，恰好包含上面的键，顺序相同，不要输出别的内容。";
}

std::string english_detailed(const Task& task) {
  return "You extract information from a text as JSON.\n\nFields:\n" + lines_of(task, ": ") +
         "\nRules:\n1. Copy values as they stand in the text.\n2. A field that the text doesn't have is an empty "
         "string.\n"
         "3. Answer with one strictly valid JSON object with exactly these keys in this order, and nothing else.";
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
