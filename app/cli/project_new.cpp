// project new, project templates: a task from a file of its own, from a template, or guessed from rows.
#include <algorithm>
#include <memory>

#include "app/cli/data_options.h"
#include "app/cli/project.h"
#include "core/data/column_mapping.h"
#include "core/data/derive_task.h"
#include "core/data/guess_task.h"
#include "core/data/load.h"
#include "core/data/task_prompts.h"
#include "core/project/task_json.h"
#include "core/project/task_templates.h"
#include "core/types/error.h"

namespace minnow::cli {
namespace {

struct NewAsked {
  SettingsAsked settings;
  std::vector<std::filesystem::path> data;
  ImportOptions reading;
  std::filesystem::path from;
  std::string made_of, language;
};

/// The keys of the files' own answers, where no task was given.
Task derived_task(const std::vector<std::filesystem::path>& files) {
  for (const auto& file : files) {
    Task task = derive_task(load_conversations(file));
    if (!task.fields.empty()) return task;
  }
  return {};
}

/// `chinese`: where nothing was asked for.
PromptLanguage language_of(const std::string& asked, bool chinese) {
  if (asked.empty()) return chinese ? PromptLanguage::chinese : PromptLanguage::english;
  if (asked == "zh") return PromptLanguage::chinese;
  if (asked == "en") return PromptLanguage::english;
  throw Error(ErrorKind::usage, "--language is '" + asked + "'; it is en or zh", "--language");
}

/// "  urgency: choice of high, low"
std::string field_line(const Field& field, const std::string& column) {
  std::string line = "  " + field.key + (column.empty() || column == field.key ? "" : " (column '" + column + "')") +
                     ": " + to_string(field.kind);
  for (std::size_t i = 0; i < field.values.size(); ++i) line += (i == 0 ? " of " : ", ") + field.values[i];
  return line + (field.may_be_empty ? "; may be empty\n" : "\n");
}

void tell_guess(const TaskGuess& guess) {
  std::string text = guess.mapping.input.empty() ? "" : "The text to read is column '" + guess.mapping.input + "'.\n";
  text += "Fields as the file's names and values suggest them:\n";
  for (std::size_t i = 0; i < guess.task.fields.size(); ++i)
    text += field_line(guess.task.fields[i], i < guess.mapping.fields.size() ? guess.mapping.fields[i].second : "");
  for (const std::string& column : guess.left_out)
    text += "Column '" + column + "' only numbers the rows and is left out; --field KEY=COLUMN makes it a field.\n";
  if (!guess.note.empty()) text += guess.note + "\n";
  note(text + "Other kinds: edit task in minnow.json, or pass a file with --task.");
}

/// Fields, input and prompts from a file of rows; the command line's own columns come first.
TaskGuess guessed_task(const NewAsked& asked, Context& context) {
  TaskGuess guess = guess_task(asked.from, asked.reading.mapping.input, progress_sink(), context.stop);
  if (!asked.reading.mapping.fields.empty() && guess.mapping.empty())
    throw Error(ErrorKind::usage, "--field: the answers in " + asked.from.string() + " name their fields themselves",
                "--field");
  check_mapping(asked.reading.mapping, guess.columns, asked.from.string());
  for (const auto& [key, column] : asked.reading.mapping.fields) {
    const auto same = [&column = column](const auto& one) { return one.second == column; };
    const auto at = std::find_if(guess.mapping.fields.begin(), guess.mapping.fields.end(), same);
    if (at != guess.mapping.fields.end()) {
      guess.task.fields[static_cast<std::size_t>(at - guess.mapping.fields.begin())].key = key;
      at->first = key;
      continue;
    }
    guess.mapping.fields.emplace_back(key, column);
    guess.task.fields.push_back({key});
    std::erase(guess.left_out, column);
  }
  fill_prompts(guess.task, language_of(asked.language, guess.chinese));
  return guess;
}

int make_from_file(const NewAsked& asked, ProjectSettings settings, Context& context) {
  const TaskGuess guess = guessed_task(asked, context);
  if (context.stop.stop_requested()) return context.done();
  if (!context.json) tell_guess(guess);
  settings.task = guess.task;
  apply_settings(asked.settings, settings);
  const auto project = Project::create(asked.settings.folder, settings);
  ImportOptions options = asked.reading;
  options.mapping = guess.mapping;
  if (guess.header) options.header = guess.header;
  options.set_aside_kept = shown_problems;
  const ImportReport report = project->import_file(asked.from, options, progress_sink(), context.stop);
  tell_import(asked.from, report, context.json);
  if (!asked.data.empty()) import_into(*project, asked.data, asked.reading, context);
  return show_info(*project, context);
}

int list_templates(const std::string& language, Context& context) {
  for (const TaskTemplate& one : task_templates(language_of(language, false))) {
    if (context.json) {
      print_json({{"name", one.name}, {"task", task_to_json(one.task)}});
      continue;
    }
    print(one.name + ": " + one.task.name + "\n");
    for (const Field& field : one.task.fields) print(field_line(field, {}));
  }
  return 0;
}

int make_project(const NewAsked& asked, Context& context) {
  ProjectSettings settings;
  settings.options = recipe(settings.recipe);
  const int sources = !asked.settings.task.empty() + !asked.from.empty() + !asked.made_of.empty();
  if (sources > 1)
    throw Error(ErrorKind::usage, "--task, --template and --from each say what the fields are; give one of them",
                "--from");
  if (!asked.from.empty()) return make_from_file(asked, settings, context);
  if (!asked.made_of.empty()) settings.task = task_template(asked.made_of, language_of(asked.language, false));
  if (sources == 0) settings.task = derived_task(asked.data);
  if (settings.task.name.empty())
    settings.task.name = std::filesystem::absolute(asked.settings.folder).filename().string();
  apply_settings(asked.settings, settings);
  const auto project = Project::create(asked.settings.folder, settings);
  try {
    import_into(*project, asked.data, asked.reading, context);
  } catch (const Error&) {
    note("The project is made, but its rows aren't all in it; go on with minnow-cli project import.");
    throw;
  }
  return show_info(*project, context);
}

}  // namespace

void add_project_new(CLI::App& project, Context& context) {
  const auto asked = std::make_shared<NewAsked>();
  CLI::App& make = add_command(project, "new", "make a project",
                               "--from guesses the fields from a file: columns by their names and values, or the keys of\n"
                               "its answers; it prints what it took them for and imports the rows. Without --task,\n"
                               "--template and --from the fields are the keys of the answers in --data.\n"
                               "A task is {\"fields\":[{\"key\", \"kind\", \"description\", \"may_be_empty\", \"values\"}],\n"
                               "\"concise_prompt\", \"detailed_prompt\"}. Kinds: text, verbatim (copied from the text), choice (one\n"
                               "of \"values\"), yes_no (\"values\": the two words, or true and false), list (an array of texts, of\n"
                               "\"values\" if there are any; equal when the items and their order are), number, date, phone,\n"
                               "person_name, province, city, district.\nExamples:\n"
                               "  minnow-cli project new tickets --from tickets.csv --input-column description\n"
                               "  minnow-cli project new orders --template orders --language zh\n"
                               "  minnow-cli project new orders --task task.json\n"
                               "  minnow-cli project new orders --data labelled.jsonl --model Qwen3-0.6B");
  add_folder(make, asked->settings.folder);
  add_settings(make, asked->settings);
  make.add_option("--from", asked->from, "CSV, JSON or JSON Lines: guess the fields from it and import it")
      ->type_name("FILE");
  make.add_option("--template", asked->made_of, "a ready-made task; `project templates` lists them")->type_name("NAME");
  make.add_option("--language", asked->language, "of the prompts: en or zh; otherwise that of the file's texts, or en")
      ->type_name("LANG");
  make.add_option("--data", asked->data, "files to import at once")->type_name("FILE");
  add_reading_options(make, asked->reading);
  context.on_chosen(make, [asked, &context] { return make_project(*asked, context); });

  CLI::App& templates = add_command(project, "templates", "list the ready-made tasks",
                                    "Example:\n  minnow-cli project templates --language zh");
  templates.add_option("--language", asked->language, "en or zh")->type_name("LANG");
  context.on_chosen(templates, [asked, &context] { return list_templates(asked->language, context); });
}

}  // namespace minnow::cli
