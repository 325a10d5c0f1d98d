// project runs: the table of a project's runs, and what is done to one of them: a title, a note, the checkpoint that
// others take, deletion.
#include <algorithm>
#include <memory>

#include "app/cli/project.h"
#include "core/train/run_record.h"
#include "core/train/run_upkeep.h"
#include "core/types/error.h"

namespace minnow::cli {
namespace {

struct RunsAsked {
  std::filesystem::path folder;
  std::string run;
  std::optional<std::string> title, note;
  std::int64_t use_step = 0;
  bool remove = false;

  bool changes() const { return title || note || use_step > 0 || remove; }
};

const EvalDone* eval_in_use(const RunRecord& run) {
  const EvalDone* found = nullptr;
  for (const EvalDone& eval : run.evals) {
    if (eval.step <= run.step_in_use) found = &eval;
  }
  return found;
}

std::string percent(double share) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f %%", 100.0 * share);
  return text;
}

Json run_json(const RunRecord& run, const std::vector<SettingColumn>& settings, std::size_t at) {
  Json differing = Json::object();
  for (const SettingColumn& column : settings) differing[column.name] = column.values[at];
  const EvalDone* eval = eval_in_use(run);
  return {{"run", run.name},
          {"title", run.notes.title},
          {"note", run.notes.note},
          {"step", run.last_step()},
          {"max_steps", run.max_steps},
          {"step_in_use", run.step_in_use > 0 ? Json(run.step_in_use) : Json(nullptr)},
          {"train_loss", run.steps.empty() ? Json(nullptr) : Json(run.steps.back().loss)},
          {"eval_loss", eval ? Json(eval->eval_loss) : Json(nullptr)},
          {"exact_rows", eval && eval->exact_rows >= 0 ? Json(eval->exact_rows) : Json(nullptr)},
          {"report_rows", run.report_rows},
          {"report_right", run.report_right},
          {"seconds", run.seconds},
          {"fit", to_string(run.verdict.fit)},
          {"settings", differing},
          {"problem", run.problem.empty() ? Json(nullptr) : Json(run.problem)}};
}

std::string run_text(const RunRecord& run, const std::vector<SettingColumn>& settings, std::size_t at) {
  const EvalDone* eval = eval_in_use(run);
  char loss[48] = "";
  if (eval) std::snprintf(loss, sizeof loss, ", eval loss %.4f", eval->eval_loss);
  std::string text = run.name + (run.notes.title.empty() ? "" : "  " + run.notes.title) + "\n  step " +
                     std::to_string(run.last_step()) + " of " + std::to_string(run.max_steps) + loss;
  if (eval && eval->exact_rows >= 0) text += ", " + percent(eval->exact_rows) + " of validation rows right";
  if (run.report_rows > 0)
    text += ", report: " + std::to_string(run.report_right) + " of " + std::to_string(run.report_rows) + " rows right";
  text += ", " + seconds_text(run.seconds);
  text += run.step_in_use > 0 ? ", checkpoint to use: " + std::to_string(run.step_in_use) : ", no checkpoint";
  for (std::size_t i = 0; i < settings.size(); ++i)
    text += (i == 0 ? "\n  " : ", ") + settings[i].name + " " + settings[i].values[at];
  if (!run.verdict.sentence.empty()) text += "\n  " + run.verdict.sentence;
  if (!run.notes.note.empty()) text += "\n  note: " + run.notes.note;
  if (!run.problem.empty()) text += "\n  " + run.problem;
  return text + "\n";
}

/// "v3-20261123-164500", or its beginning "v3".
const RunRecord& chosen_run(const std::vector<RunRecord>& runs, const std::string& name) {
  for (const RunRecord& run : runs) {
    if (run.name == name || run.name.starts_with(name + "-")) return run;
  }
  throw Error(ErrorKind::not_found,
              "there is no run '" + name + "'" + (runs.empty() ? "" : "; the newest is " + runs.front().name), name);
}

int change_run(const RunsAsked& asked, const RunRecord& run) {
  if (asked.remove) {
    delete_run(run.folder);
    note(run.name + " is deleted.");
    return 0;
  }
  if (asked.title || asked.note) {
    write_run_notes(run.folder, {asked.title.value_or(run.notes.title), asked.note.value_or(run.notes.note)});
  }
  if (asked.use_step > 0) choose_checkpoint(run.folder, asked.use_step);
  note("Kept for " + run.name + ".");
  return 0;
}

int show_or_change(const RunsAsked& asked, Context& context) {
  const auto project = open_project(asked.folder);
  const std::vector<RunRecord> runs = read_runs(project->runs_folder());
  if (asked.changes()) {
    if (asked.run.empty()) throw Error(ErrorKind::usage, "--run NAME says which run is meant", "--run");
    if (project->is_read_only())
      throw Error(project->is_open_elsewhere() ? ErrorKind::busy : ErrorKind::read_only, project->read_only_reason(),
                  asked.folder.string());
    return change_run(asked, chosen_run(runs, asked.run));
  }
  const std::vector<SettingColumn> settings = differing_settings(runs);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (!asked.run.empty() && runs[i].name != chosen_run(runs, asked.run).name) continue;
    if (context.json)
      print_json(run_json(runs[i], settings, i));
    else
      print(run_text(runs[i], settings, i));
  }
  if (runs.empty()) note("There are no runs yet.");
  return context.done();
}

}  // namespace

void add_project_runs(CLI::App& project, Context& context) {
  CLI::App& command = add_command(
      project, "runs", "the runs: how each went and where their settings differ; name, note, choose, delete",
      "The newest comes first. Examples:\n"
      "  minnow-cli project runs orders\n"
      "  minnow-cli project runs orders --run v3 --title \"lower rate\" --note \"for the talk on Friday\"\n"
      "  minnow-cli project runs orders --run v3 --use 40     (evaluate and export take checkpoint-40 from now on)\n"
      "  minnow-cli project runs orders --run v3 --delete     (with its checkpoints and reports)");
  const auto asked = std::make_shared<RunsAsked>();
  command.add_option("dir", asked->folder, "the project's folder")->required()->type_name("DIR");
  command.add_option("--run", asked->run, "one run: its name, or the v3 of it")->type_name("NAME");
  command.add_option("--title", asked->title, "what to call it; \"\" for its own name again")->type_name("TEXT");
  command.add_option("--note", asked->note, "what to remember about it")->type_name("TEXT");
  command.add_option("--use", asked->use_step, "the checkpoint that others take and that a resume goes on from")
      ->type_name("STEP")
      ->check(CLI::PositiveNumber);
  command.add_flag("--delete", asked->remove, "remove the run with all that is in its folder");
  context.on_chosen(command, [asked, &context] { return show_or_change(*asked, context); });
}

}  // namespace minnow::cli
