// project fields, undo, redo: a task's fields renamed, added, dropped, and the labels with them.
#include <algorithm>
#include <memory>

#include "app/cli/project.h"
#include "core/types/error.h"

namespace minnow::cli {
namespace {

struct FieldsAsked {
  std::filesystem::path folder;
  std::vector<std::string> rename, add, drop;
  bool keep_labels = false;
};

std::pair<std::string, std::string> halves(const std::string& text, char between) {
  const std::size_t at = text.find(between);
  return {text.substr(0, at), at == std::string::npos ? std::string() : text.substr(at + 1)};
}

std::size_t place_of(const Task& task, const std::string& key, const char* flag) {
  const auto found = std::find_if(task.fields.begin(), task.fields.end(), [&](const Field& f) { return f.key == key; });
  if (found != task.fields.end()) return static_cast<std::size_t>(found - task.fields.begin());
  std::string keys;
  for (const Field& field : task.fields) keys += (keys.empty() ? "" : ", ") + field.key;
  throw Error(ErrorKind::usage, std::string(flag) + ": the task has no field '" + key + "'; it has " + keys, flag);
}

/// "urgency", "urgency:choice=high,low"
Field field_of(const std::string& text) {
  const auto [key, rest] = halves(text, ':');
  const auto [kind, values] = halves(rest, '=');
  Field field{key};
  if (!kind.empty()) field.kind = field_kind_from(kind);
  for (std::string more = values; !more.empty();) {
    const auto [value, others] = halves(more, ',');
    field.values.push_back(value);
    more = others;
  }
  if (field.key.empty()) throw Error(ErrorKind::usage, "--add: '" + text + "' names no key; write KEY or KEY:KIND", "--add");
  if (const std::string fault = values_fault(field); !fault.empty())
    throw Error(ErrorKind::usage, "--add: '" + text + "': " + fault, "--add");
  return field;
}

TaskChange change_of(const FieldsAsked& asked, const Task& before) {
  TaskChange change{before, {}, !asked.keep_labels, !asked.keep_labels};
  for (const Field& field : before.fields) change.origins.push_back(field.key);
  for (const std::string& key : asked.drop) {
    const auto at = static_cast<std::ptrdiff_t>(place_of(change.after, key, "--drop"));
    change.after.fields.erase(change.after.fields.begin() + at);
    change.origins.erase(change.origins.begin() + at);
  }
  Task left = change.after;  // renamed all at once, so that two names can be swapped
  for (const std::string& pair : asked.rename) {
    const auto [from, to] = halves(pair, '=');
    if (to.empty()) throw Error(ErrorKind::usage, "--rename is '" + pair + "'; write OLD=NEW", "--rename");
    change.after.fields[place_of(left, from, "--rename")].key = to;
  }
  for (const std::string& text : asked.add) {
    change.after.fields.push_back(field_of(text));
    change.origins.emplace_back();
  }
  for (auto field = change.after.fields.begin(); field != change.after.fields.end(); ++field) {
    if (std::any_of(change.after.fields.begin(), field, [&](const Field& one) { return one.key == field->key; }))
      throw Error(ErrorKind::usage, "the task would have two fields '" + field->key + "'", field->key);
  }
  if (change.after.fields.empty()) throw Error(ErrorKind::usage, "the task would have no field left", "--drop");
  return change;
}

int change_fields(const FieldsAsked& asked, Context& context) {
  if (asked.rename.empty() && asked.add.empty() && asked.drop.empty())
    throw Error(ErrorKind::usage, "nothing to change; give --rename, --add or --drop", "--rename");
  const auto project = open_project(asked.folder);
  const TaskChange change = change_of(asked, project->settings().task);
  const std::int64_t rows = project->change_task(change, progress_sink(), context.stop);
  if (context.stop.stop_requested()) return context.done();
  if (context.json)
    print_json({{"rows_changed", rows}});
  else
    note("The labels of " + std::to_string(rows) + " rows were changed; project undo takes it back.");
  return show_info(*project, context);
}

int turn_back(const FieldsAsked& asked, bool undo, Context& context) {
  const auto project = open_project(asked.folder);
  const bool able = undo ? project->can_undo() : project->can_redo();
  if (able) undo ? project->undo() : project->redo();
  if (!able) note(undo ? "There is nothing to undo." : "There is nothing to do again.");
  return show_info(*project, context);
}

}  // namespace

void add_project_fields(CLI::App& project, Context& context) {
  const auto asked = std::make_shared<FieldsAsked>();
  CLI::App& fields = add_command(project, "fields", "rename, add and drop fields, in the labels too",
                                 "Labels keep every value letter for letter; prompts follow. One step for undo.\n"
                                 "Examples:\n"
                                 "  minnow-cli project fields tickets --rename urgency=priority --drop remark\n"
                                 "  minnow-cli project fields tickets --add floor:number --add state:choice=open,closed");
  add_folder(fields, asked->folder);
  const auto many = [&](const char* flag, std::vector<std::string>& to, const char* type, const char* what) {
    fields.add_option(flag, to, what)->type_name(type)->expected(1)->multi_option_policy(
        CLI::MultiOptionPolicy::TakeAll);
  };
  many("--rename", asked->rename, "OLD=NEW", "a field's new name; may be repeated");
  many("--add", asked->add, "KEY[:KIND[=VALUE,…]]", "a new field, empty in all labels; may be repeated");
  many("--drop", asked->drop, "KEY", "a field that goes, from all labels too; may be repeated");
  fields.add_flag("--keep-labels", asked->keep_labels, "added and dropped fields leave the labels as they are");
  context.on_chosen(fields, [asked, &context] { return change_fields(*asked, context); });

  for (const bool undo : {true, false}) {
    CLI::App& turn = add_command(project, undo ? "undo" : "redo",
                                 undo ? "take back the last change of its rows or fields" : "do it again",
                                 undo ? "Example:\n  minnow-cli project undo tickets"
                                      : "Example:\n  minnow-cli project redo tickets");
    add_folder(turn, asked->folder);
    context.on_chosen(turn, [asked, undo, &context] { return turn_back(*asked, undo, context); });
  }
}

}  // namespace minnow::cli
