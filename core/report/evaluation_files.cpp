// Names and files.
#include "core/report/evaluation_files.h"

#include "core/evaluate/report_file.h"
#include "core/io/file.h"
#include "core/train/run_folder.h"
#include "core/train/run_record.h"
#include "core/types/row.h"

namespace minnow {

std::string evaluation_stem(const std::string& source) {
  if (source == to_string(Split::test)) return "report";
  const bool split = source == to_string(Split::validation);
  return "report_" + (split ? source : std::filesystem::path(source).stem().string());
}

ReportOptions evaluation_page(bool chinese, const std::filesystem::path& run_folder) {
  ReportOptions page;
  page.language = chinese ? Language::chinese : Language::english;
  page.program = "Minnow " MINNOW_VERSION;
  if (run_folder.empty() || !std::filesystem::exists(run_folder / "logging.jsonl")) return page;
  page.curves = curve_of(read_log(run_folder));
  page.verdict = read_run(run_folder).verdict;
  return page;
}

std::filesystem::path write_evaluation(const std::filesystem::path& folder, const std::string& stem,
                                       const EvaluateReport& report, const ReportOptions& page) {
  make_folders(folder);
  if (stem == evaluation_stem(to_string(Split::test))) {
    if (report.before.present)
      write_predicted_labels(folder / "predicted_labels_without_sft.jsonl", report, ReportSide::before);
    if (report.after.present) write_predicted_labels(folder / "predicted_labels.jsonl", report, ReportSide::after);
  }
  const auto file = folder / (stem + ".json");
  write_report(file, report);
  write_report_html(folder / (stem + ".html"), report, page);
  return file;
}

}  // namespace minnow
