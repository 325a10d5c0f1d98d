// Evaluations.
#include "app/window/evaluate_session.h"

#include "app/window/engine_thread.h"
#include "app/window/error_text.h"
#include "app/window/paths.h"
#include "app/window/stage.h"
#include "app/window/workspace.h"
#include "core/data/load.h"
#include "core/evaluate/compare.h"
#include "core/evaluate/report_file.h"
#include "core/evaluate/run.h"
#include "core/evaluate/seen_rows.h"
#include "core/io/file.h"
#include "core/project/project.h"
#include "core/report/html.h"
#include "core/train/run_folder.h"
#include "core/train/run_record.h"
#include "core/train/run_upkeep.h"
#include "core/types/error.h"
#include "widgets/evaluate/report_pdf.h"

namespace minnow {
namespace {

constexpr std::size_t rowsOnPaper = 60;

/// Where the report of a source lies in a run's folder: the test split's is the run's own report.json.
std::filesystem::path reportPath(const std::filesystem::path& run, const std::string& source) {
  if (source == "test") return run / "report.json";
  const std::string name = source == "validation" ? source : std::filesystem::path(source).stem().string();
  return run / ("report_" + name + ".json");
}

/// Each side counts its own rows: told as one job of twice as many.
ProgressSink asOneJob(ProgressSink sink) {
  return [sink = std::move(sink)](const Progress& side) {
    Progress whole = side;
    const bool second = side.what.find("(tuned)") != std::string::npos;
    whole.done += second ? side.total : 0;
    whole.total = 2 * side.total;
    sink(whole);
  };
}

std::vector<Conversation> rowsOf(const Project& project, const std::string& source) {
  std::vector<Conversation> rows;
  if (source == "test")
    rows = project.conversations(Split::test);
  else if (source == "validation")
    rows = project.conversations(Split::validation);
  else {
    std::vector<Problem> aside;
    std::vector<std::string> without;
    LeftOut outside;
    rows = rows_with_answer(load_conversations(source, &aside, {}, &outside), &without);
  }
  if (rows.empty()) throw Error(ErrorKind::data, source + " holds no row with a wanted answer to compare with", source);
  return rows;
}

/// Writes all that an evaluation leaves in the run's folder; returns the report's path.
std::filesystem::path keep(const EvaluateReport& report, const std::filesystem::path& run, const std::string& source,
                           bool chinese) {
  const auto path = reportPath(run, source);
  write_report(path, report);
  auto html = path;
  EvaluateSession::save(html.replace_extension(".html"), report, run, chinese);
  if (source == "test") {
    write_predicted_labels(run / "predicted_labels_without_sft.jsonl", report, ReportSide::before);
    write_predicted_labels(run / "predicted_labels.jsonl", report, ReportSide::after);
  }
  return path;
}

}  // namespace

ShownReport EvaluateSession::open(const std::filesystem::path& path) {
  ShownReport shown;
  shown.path = path;
  shown.report = std::make_shared<const EvaluateReport>(read_report(path));
  shown.rows = compared_rows(*shown.report);
  return shown;
}

void EvaluateSession::save(const std::filesystem::path& path, const EvaluateReport& report,
                           const std::filesystem::path& runFolder, bool chinese) {
  if (path.extension() == ".json") return write_report(path, report);
  ReportOptions options;
  options.language = chinese ? Language::chinese : Language::english;
  options.program = "Minnow " MINNOW_VERSION;
  if (!runFolder.empty()) {
    const RunRecord run = read_run(runFolder);
    options.curves = curve_of(read_log(runFolder));
    options.verdict = run.verdict;
  }
  if (path.extension() != ".pdf") return write_report_html(path, report, options);
  options.paper = true;
  options.max_rows = rowsOnPaper;
  const QByteArray bytes = reportPdf(report_document(report, options));
  write_file_atomic(path, {bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

void EvaluateSession::run(const QString& source, bool chinese) {
  const Workspace& workspace = context().workspace;
  EvaluateOptions options;
  const RunSummary* run = workspace.currentRun();
  Q_ASSERT(run != nullptr);
  options.adapter = pathOf(workspace.adapter());
  options.model = run->options.model.empty() ? workspace.settings().student : run->options.model;
  options.chat_template = run->options.chat_template;
  options.device = run->options.device;
  options.threads = run->options.threads;
  options.dtype = run->options.torch_dtype;
  options.task = workspace.settings().task;
  const std::filesystem::path runFolder = run->folder;
  const auto dataset = run->options.dataset;
  const std::string from = source.toStdString();
  options.data_name = from == "test" || from == "validation" ? from : std::filesystem::path(from).filename().string();
  struct Result {
    ShownReport shown;
    bool stopped = false;
    UserMessage problem;
  };
  const auto result = std::make_shared<Result>();
  // While it waits for its turn, and until it is done, nobody prunes or deletes what it is about.
  const auto kept = std::make_shared<std::optional<FileLock>>(keep_checkpoint(*options.adapter));
  start(
      Where::engine, [] { return tr("Evaluating"); },
      [=, &engine = context().engine, project = workspace.project(),
       sink = asOneJob(progressSink())](std::stop_token stop) mutable {
        Q_UNUSED(kept)  // held for as long as this job lasts
        options.rows = rowsOf(*project, from);
        auto report = std::make_shared<EvaluateReport>(evaluate(options, serving(sink, engine, stop), stop));
        result->stopped = stop.stop_requested();
        result->shown.rows = compared_rows(*report);
        result->shown.seen = seen_rows(options.rows, dataset, stop);
        if (!result->stopped && !project->is_read_only()) {  // half an evaluation is shown, not kept
          try {
            result->shown.path = keep(*report, runFolder, from, chinese);
          } catch (...) {  // the figures are there, whatever the disk says
            result->problem = errorText(std::current_exception());
          }
        }
        result->shown.report = std::move(report);
      },
      [this, result] { Q_EMIT reportReady(result->shown, result->stopped, result->problem); });
}

}  // namespace minnow
