// Labels are taken apart as texts, not as trees: 2.50 stays 2.50.
#include "core/project/task_change.h"

#include <algorithm>
#include <cctype>

#include "core/data/task_prompts.h"
#include "core/data/value_ranges.h"
#include "core/io/json.h"

namespace minnow {
namespace {

struct Member {
  std::string key, value;  ///< the value as JSON text
};

std::vector<Member> members_of(const std::string& label) {
  std::vector<Member> members;
  for (const ValueRange& range : value_ranges(label)) {
    std::size_t begin = range.begin;
    if (begin > 0 && label[range.end - 1] == '"' && label[begin - 1] == '"') --begin;  // a string's opening quote
    members.push_back({range.key, label.substr(begin, range.end - begin)});
  }
  return members;
}

bool is_word(unsigned char c) { return c >= 0x80 || c == '_' || std::isalnum(c) != 0; }

/// Whether `text` has a letter, a digit or _ right before `at`. Full-width punctuation (U+3000 to U+303F, U+FF00 to
/// U+FF20) separates; and so does 有, which our own prompts put before the first key.
bool word_before(std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, at);
  if (before.empty() || !is_word(static_cast<unsigned char>(before.back()))) return false;
  if (before.ends_with("有")) return false;
  return before.size() < 3 || !(before.substr(before.size() - 3, 2) == "\xe3\x80" || before.substr(before.size() - 3, 2) == "\xef\xbc");
}

bool word_after(std::string_view text, std::size_t at) {
  const std::string_view after = text.substr(at);
  if (after.empty() || !is_word(static_cast<unsigned char>(after.front()))) return false;
  return !after.starts_with("\xe3\x80") && !after.starts_with("\xef\xbc");
}

}  // namespace

std::vector<std::string> dropped_keys(const Task& before, const TaskChange& change) {
  std::vector<std::string> keys;
  for (const Field& field : before.fields) {
    if (std::find(change.origins.begin(), change.origins.end(), field.key) == change.origins.end())
      keys.push_back(field.key);
  }
  return keys;
}

std::vector<std::string> added_keys(const TaskChange& change) {
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < change.after.fields.size(); ++i) {
    if (change.origins[i].empty()) keys.push_back(change.after.fields[i].key);
  }
  return keys;
}

std::optional<std::string> changed_label(const std::string& label, const Task& before, const TaskChange& change) {
  std::vector<Member> had = members_of(label);
  if (had.empty()) return std::nullopt;
  const std::vector<Member> all = had;
  const auto take = [&had](const std::string& key) -> std::optional<std::string> {
    const auto found = std::find_if(had.begin(), had.end(), [&](const Member& one) { return one.key == key; });
    if (key.empty() || found == had.end()) return std::nullopt;
    std::string value = std::move(found->value);
    had.erase(found);
    return value;
  };
  std::vector<Member> has;
  for (std::size_t i = 0; i < change.after.fields.size(); ++i) {
    const Field& field = change.after.fields[i];
    auto value = take(change.origins[i]);
    // A label may have the new key already: it was left there once.
    const bool is_origin = std::find(change.origins.begin(), change.origins.end(), field.key) != change.origins.end();
    if (!value && !is_origin) value = take(field.key);
    if (!value && change.origins[i].empty() && change.add_empty)
      value = field.kind == FieldKind::list ? "[]" : "\"\"";
    if (value) has.push_back({field.key, std::move(*value)});
  }
  const auto dropped = dropped_keys(before, change);
  for (Member& one : had) {
    const bool is_dropped = std::find(dropped.begin(), dropped.end(), one.key) != dropped.end();
    const bool is_taken = std::any_of(has.begin(), has.end(), [&](const Member& other) { return other.key == one.key; });
    if (!is_taken && !(is_dropped && change.drop_values)) has.push_back(std::move(one));
  }
  const auto same_key = [](const Member& a, const Member& b) { return a.key == b.key; };
  if (std::equal(all.begin(), all.end(), has.begin(), has.end(), same_key)) return std::nullopt;
  std::string text = "{";
  for (const Member& one : has) text += (text.size() > 1 ? ", " : "") + dump_json(one.key) + ": " + one.value;
  return text + "}";
}

std::string renamed_in_text(const std::string& text, const std::vector<std::pair<std::string, std::string>>& renamed) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::pair<std::string, std::string>* best = nullptr;
    for (const auto& one : renamed) {
      if (one.first.empty() || text.compare(at, one.first.size(), one.first) != 0) continue;
      if (word_before(text, at) || word_after(text, at + one.first.size())) continue;
      if (best == nullptr || one.first.size() > best->first.size()) best = &one;
    }
    result += best != nullptr ? best->second : text.substr(at, 1);
    at += best != nullptr ? best->first.size() : 1;
  }
  return result;
}

void change_prompts(const Task& before, TaskChange& change) {
  std::vector<std::pair<std::string, std::string>> renamed;
  for (std::size_t i = 0; i < change.after.fields.size(); ++i) {
    const std::string& key = change.after.fields[i].key;
    if (!change.origins[i].empty() && change.origins[i] != key) renamed.emplace_back(change.origins[i], key);
  }
  const auto written = [](Task task, PromptLanguage language) {
    task.concise_prompt.clear();
    task.detailed_prompt.clear();
    fill_prompts(task, language);
    return task;
  };
  const auto follow = [&](std::string Task::*prompt) {
    std::string& text = change.after.*prompt;
    for (const PromptLanguage language : {PromptLanguage::english, PromptLanguage::chinese}) {
      if (text != written(before, language).*prompt) continue;
      text = written(change.after, language).*prompt;
      return;
    }
    text = renamed_in_text(text, renamed);
  };
  follow(&Task::concise_prompt);
  follow(&Task::detailed_prompt);
}

}  // namespace minnow
