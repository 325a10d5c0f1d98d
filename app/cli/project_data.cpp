// project import, export, audit, split: the rows of a project.
#include <memory>

#include "app/cli/data_options.h"
#include "app/cli/project.h"
#include "app/cli/row_files.h"
#include "app/error_sentence.h"
#include "core/data/row_json.h"
#include "core/types/error.h"

namespace minnow::cli {
namespace {

struct ProjectDataAsked {
  std::filesystem::path folder, output;
  std::vector<std::filesystem::path> files;
  ImportOptions reading;
  RowFormat format = RowFormat::messages;
  std::string split;
  std::int64_t shown = 50;
  bool strict = false;
  SplitFlags parts;
  bool keep = false, include_unreviewed = false;
};

int export_rows(const ProjectDataAsked& asked, Context& context) {
  const auto project = open_project(asked.folder);
  const Task task = project->settings().task;
  const bool all = asked.split.empty();
  const Split wanted = all ? Split::none : split_from(asked.split);
  RowOutput out(asked.output);
  LeftOut outside{asked.include_unreviewed};
  std::int64_t written = 0;
  project->for_each(
      [&](std::int64_t, const Row& row) {
        if (!all && row.split != wanted) return true;
        if (asked.format == RowFormat::messages && row.state == RowState::unlabelled) return true;
        if (asked.format == RowFormat::messages && outside.leaves(row.state)) return true;
        out.line(line_of(row, asked.format, task));
        ++written;
        return true;
      },
      context.stop);
  if (context.stop.stop_requested()) return context.done();  // no half file
  out.commit();
  tell(outside);
  if (asked.output == "-") return 0;
  if (context.json)
    print_json({{"rows", written}, {"output", asked.output.string()}});
  else
    print(std::to_string(written) + " rows are in " + asked.output.string() + "\n");
  return 0;
}

int audit(const ProjectDataAsked& asked, Context& context) {
  const auto project = open_project(asked.folder);
  const AuditReport report = project->audit({}, true, progress_sink(), context.stop);
  if (report.stopped) return context.done();
  AuditPrinter printer(asked.shown, context.json);
  for (AuditedRow audited : report.problems) {
    const Row row = project->rows(audited.position, 1).front();
    audited.id = row.id;
    audited.provenance = row.provenance;
    printer.show(audited);
  }
  printer.end();
  show_audit_counts(report, 0, context.json);
  return asked.strict && report.rows_with_problems > 0 ? exit_unexpected : 0;
}

int split(ProjectDataAsked& asked, Context& context) {
  asked.parts.read_parts();
  const auto project = open_project(asked.folder);
  Project::SplitWish wish;
  wish.options = asked.parts.options;
  wish.similarity = asked.parts.similarity;
  wish.keep_existing = asked.keep;
  const SplitResult result = project->split(wish, progress_sink(), context.stop);
  if (context.stop.stop_requested()) return context.done();
  if (context.json) {
    print_json(
        {{"train", result.train}, {"validation", result.validation}, {"test", result.test}, {"none", result.none}});
  } else {
    print(split_text(result.train, result.validation, result.test) + " of the labelled rows of " +
          asked.folder.string() + "\n");
  }
  return 0;
}

/// A command of the group with the folder as its first argument.
CLI::App& add_part(CLI::App& project, const std::shared_ptr<ProjectDataAsked>& asked, const char* name,
                   const char* summary, const char* footer) {
  CLI::App& command = add_command(project, name, summary, footer);
  command.add_option("dir", asked->folder, "the project's folder")->required()->type_name("DIR");
  return command;
}

void add_import_export(CLI::App& project, const std::shared_ptr<ProjectDataAsked>& asked, Context& context) {
  CLI::App& in = add_part(project, asked, "import", "read files into it",
                          "Takes what `minnow-cli import` takes. Lines that can't be read go to data/set_aside.jsonl. Rows that the\n"
                          "project has already (same input, same label or none) are passed over. A stop adds nothing of\n"
                          "the file that it stops.\n"
                          "Example:\n  minnow-cli project import orders more.csv --input-column 原文");
  in.add_option("files", asked->files, "files to read")->required()->type_name("FILE");
  add_reading_options(in, asked->reading);
  in.add_flag("--again", asked->reading.again, "add rows that the project has already once more");
  context.on_chosen(in, [asked, &context] {
    const auto opened = open_project(asked->folder);
    import_into(*opened, asked->files, asked->reading, context);
    return context.done();
  });
  CLI::App& out =
      add_part(project, asked, "export", "its rows as a file",
               "messages holds labelled rows as trainers read them; rows all of them, as the project has them.\n"
               "Example:\n  minnow-cli project export orders -o train.jsonl --split train");
  out.add_option("-o,--output", asked->output, "file to write, - for stdout")->required()->type_name("FILE");
  out.add_option("--split", asked->split, "train, validation, test or none; all rows without it")->type_name("SPLIT");
  add_format_option(out, asked->format);
  add_unreviewed_option(out, asked->include_unreviewed);
  context.on_chosen(out, [asked, &context] { return export_rows(*asked, context); });
}

void add_audit_split(CLI::App& project, const std::shared_ptr<ProjectDataAsked>& asked, Context& context) {
  CLI::App& check = add_part(project, asked, "audit", "what is wrong with its rows",
                             "The checks come from the task's fields; what is found is kept with the rows.\n"
                             "Example:\n  minnow-cli project audit orders --strict");
  check.add_option("--show", asked->shown, "rows to list")
      ->type_name("N")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  check.add_flag("--strict", asked->strict, "end with exit code 1 if any row has a problem");
  context.on_chosen(check, [asked, &context] { return audit(*asked, context); });
  CLI::App& cut = add_part(project, asked, "split", "labelled rows into train, validation and test",
                           "Rows that are nearly the same stay on one side. The same seed gives the same split.\n"
                           "Example:\n  minnow-cli project split orders --validation 100 --test 10%");
  add_split_options(cut, asked->parts);
  cut.add_flag("--keep", asked->keep, "rows that have a split keep it");
  context.on_chosen(cut, [asked, &context] { return split(*asked, context); });
}

}  // namespace

void import_into(Project& project, const std::vector<std::filesystem::path>& files, ImportOptions options,
                 Context& context) {
  options.set_aside_kept = shown_problems;
  for (const auto& file : files) {
    const ImportReport report = project.import_file(file, options, progress_sink(), context.stop);
    tell_import(file, report, context.json);
    if (report.stopped) return note("Stopped; nothing of " + file.string() + " is added.");
    if (report.rows + report.already_there + report.set_aside_count == 0) note(no_rows_sentence(file));
  }
}

void add_project_data(CLI::App& project, Context& context) {
  const auto asked = std::make_shared<ProjectDataAsked>();
  add_import_export(project, asked, context);
  add_audit_split(project, asked, context);
}

}  // namespace minnow::cli
