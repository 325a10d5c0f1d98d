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
#include "core/report/evaluation_files.h"
#include "core/train/run_upkeep.h"
#include "core/types/error.h"
#include "widgets/evaluate/report_pdf.h"

namespace minnow {
namespace {

constexpr std::size_t rowsOnPaper = 60;

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
  ReportOptions options = evaluation_page(chinese, runFolder);
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
            result->shown.path = write_evaluation(runFolder, evaluation_stem(from), *report, evaluation_page(chinese, runFolder));
          } catch (...) {  // the figures are there, whatever the disk says
            result->problem = errorText(std::current_exception());
          }
        }
        result->shown.report = std::move(report);
      },
      [this, result] { Q_EMIT reportReady(result->shown, result->stopped, result->problem); });
}

}  // namespace minnow
