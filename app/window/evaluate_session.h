// EvaluateSession: the untuned and the tuned model answer the same rows; the report is written beside the run and
// handed to the page.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "app/window/session.h"
#include "core/types/compared_row.h"
#include "core/types/evaluate_report.h"

namespace minnow {

/// A report and its rows ready to be seen.
struct ShownReport {
  std::filesystem::path path;  ///< report.json; empty when it wasn't kept
  std::shared_ptr<const EvaluateReport> report;
  std::vector<ComparedRow> rows;
  std::int64_t seen = 0;  ///< rows that the run was given to learn from; known of a new report only
};

class EvaluateSession final : public Session {
  Q_OBJECT

 public:
  using Session::Session;
  ~EvaluateSession() override { stopAndWait(); }

  /// `source`: "test", "validation", or a file's path. Needs an open project with a run that has a checkpoint.
  void run(const QString& source, bool chinese);

  /// Reads a report of an earlier evaluation. Any thread.
  static ShownReport open(const std::filesystem::path& path);
  /// Writes the report as .html, .pdf or .json. Any thread.
  static void save(const std::filesystem::path& path, const EvaluateReport& report,
                   const std::filesystem::path& runFolder, bool chinese);

 Q_SIGNALS:
  /// `shown` has no path where the report isn't kept: it was stopped, the project can only be read, or writing failed,
  /// which `problem` tells.
  void reportReady(const minnow::ShownReport& shown, bool stopped, const minnow::UserMessage& problem);
};

}  // namespace minnow
