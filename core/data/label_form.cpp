// Strict JSON first; only what isn't is looked at more closely.
#include "core/data/label_form.h"

#include <algorithm>
#include <array>

#include "core/data/control_tokens.h"
#include "core/data/python_literal.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string_view without_blanks(std::string_view text) {
  constexpr std::string_view blanks = " \t\n\v\f\r";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

struct StrictJson {
  std::optional<Json> tree;
  bool repeated_key = false;
  std::string reason;
};

StrictJson strict_json(std::string_view text) {
  StrictJson result;
  JsonLimits limits;
  limits.reject_duplicates = true;
  try {
    result.tree = parse_json(text, "label", limits);
    return result;
  } catch (const Error& error) {
    result.reason = error.what();
  }
  try {
    result.tree = parse_json(text, "label");
    result.repeated_key = true;
  } catch (const Error&) {
    // Not JSON at all; the first reason says why.
  }
  return result;
}

bool has_keys(const std::optional<Json>& tree) { return tree && tree->is_object() && !tree->empty(); }

/// The text inside a Markdown fence around everything; empty if there is none.
std::string_view inside_fence(std::string_view text) {
  constexpr std::string_view fence = "```";
  if (text.size() < 2 * fence.size() || !text.starts_with(fence) || !text.ends_with(fence)) return {};
  const std::size_t line = text.find('\n');
  if (line == std::string_view::npos) return {};
  return without_blanks(text.substr(line + 1, text.size() - line - 1 - fence.size()));
}

/// JSON from the first brace to the last, and what stands around it.
bool find_in_prose(std::string_view text, std::string& words) {
  const std::size_t first = text.find('{'), last = text.rfind('}');
  if (first == std::string_view::npos || last == std::string_view::npos || last < first) return false;
  if (!has_keys(strict_json(text.substr(first, last - first + 1)).tree)) return false;
  const std::string_view before = without_blanks(text.substr(0, first)), after = without_blanks(text.substr(last + 1));
  words = std::string(before.empty() ? after : before);
  return true;
}

void look_closer(std::string_view text, LabelText& label) {
  if (const std::string_view fenced = inside_fence(text); !fenced.empty()) {
    label.inside = fenced;
    LabelText inner = read_label(fenced);
    const bool json = inner.form == LabelShape::object && !inner.object->empty();
    if (json || inner.form == LabelShape::python) {
      label.form = LabelShape::fenced;
      label.object = std::move(inner.object);
      label.repeated_key = inner.repeated_key;
    }
    return;
  }
  if (text.front() == '{' && has_keys(parse_python_literal(text))) {
    label.form = LabelShape::python;
    return;
  }
  if (const std::string_view token = token_at_end(text); !token.empty()) {
    const LabelText inner = read_label(text.substr(0, text.size() - token.size()));
    if (inner.form == LabelShape::object ? !inner.object->empty() : inner.form == LabelShape::end_token) {
      label.form = LabelShape::end_token;
      label.detail = token;
      return;
    }
  }
  std::string words;
  if (find_in_prose(text, words)) {
    label.form = LabelShape::in_prose;
    label.detail = std::move(words);
  }
}

/// "2 are Python dicts"
std::string counted(LabelShape form, std::int64_t count) {
  struct Words {
    LabelShape form;
    const char *one, *many;
  };
  static constexpr std::array<Words, 8> all{{
      {LabelShape::not_object, "is JSON of another type", "are JSON of another type"},
      {LabelShape::empty, "is empty", "are empty"},
      {LabelShape::python, "is a Python dict", "are Python dicts"},
      {LabelShape::fenced, "stands in a Markdown fence", "stand in Markdown fences"},
      {LabelShape::in_prose, "has words around its JSON", "have words around their JSON"},
      {LabelShape::end_token, "has a control token behind its JSON", "have a control token behind their JSON"},
      {LabelShape::quoted, "is JSON inside a JSON string", "are JSON inside a JSON string"},
      {LabelShape::other, "is other text", "are other text"},
  }};
  const auto words = std::find_if(all.begin(), all.end(), [form](const Words& w) { return w.form == form; });
  return std::to_string(count) + " " + (count == 1 ? words->one : words->many);
}

std::vector<std::string> sorted_keys(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& item : object.items()) keys.push_back(item.key());
  std::sort(keys.begin(), keys.end());
  return keys;
}

std::vector<std::string> sorted_keys(const Task& task) {
  std::vector<std::string> keys;
  for (const Field& field : task.fields) keys.push_back(field.key);
  std::sort(keys.begin(), keys.end());
  return keys;
}

}  // namespace

LabelText read_label(std::string_view written) {
  LabelText label;
  const std::string_view text = without_blanks(written);
  label.inside = text;
  if (text.empty()) {
    label.form = LabelShape::empty;
    return label;
  }
  StrictJson json = strict_json(text);
  if (!json.tree || text.starts_with(byte_order_mark)) {
    label.detail = json.tree ? "label: it begins with a byte order mark" : json.reason;
    look_closer(text, label);
    return label;
  }
  label.repeated_key = json.repeated_key;
  if (json.tree->is_object()) {
    label.form = LabelShape::object;
    label.object = std::move(json.tree);
    return label;
  }
  label.form = LabelShape::not_object;
  if (json.tree->is_string()) {
    const std::string& inner = json.tree->get_ref<const std::string&>();
    const bool json_inside = has_keys(strict_json(without_blanks(inner)).tree);
    if (json_inside) label.form = LabelShape::quoted;
  }
  return label;
}

void LabelCensus::add(const std::string& text, const std::string& source) {
  ++labels_;
  const LabelText label = read_label(text);
  if (label.form != LabelShape::object) {
    if (forms_.empty()) first_fault_ = source;
    ++forms_[label.form];
    return;
  }
  std::vector<std::string> keys = sorted_keys(*label.object);
  if (task_ != nullptr && keys_.empty()) keys_ = sorted_keys(*task_);
  if (keys_.empty()) keys_ = keys;
  if (keys == keys_) return;
  if (other_keys_++ == 0) first_other_keys_ = source;
}

std::int64_t LabelCensus::empty_labels() const {
  const auto found = forms_.find(LabelShape::empty);
  return found == forms_.end() ? 0 : found->second;
}

std::vector<std::string> LabelCensus::sentences() const {
  std::vector<std::string> result;
  std::int64_t faults = 0;
  std::string kinds;
  for (const auto& [form, count] : forms_) {
    faults += count;
    kinds += (kinds.empty() ? "" : ", ") + counted(form, count);
  }
  const std::string of = " of " + std::to_string(labels_) + " labels ";
  if (faults > 0) {
    result.push_back(std::to_string(faults) + of + "aren't JSON objects: " + kinds + "; the first: " + first_fault_);
  }
  if (other_keys_ > 0) {
    result.push_back(std::to_string(other_keys_) + of + "have other keys than " +
                     (task_ != nullptr ? "the task" : "the first JSON label") + "; the first: " + first_other_keys_);
  }
  return result;
}

}  // namespace minnow
