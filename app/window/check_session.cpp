// One audit behind both.
#include "app/window/check_session.h"

#include <algorithm>

#include "app/window/stage.h"
#include "app/window/token_reader.h"
#include "app/window/workspace.h"
#include "core/data/audit.h"
#include "core/project/project.h"

namespace minnow {
namespace {

CheckOutcome outcomeOf(const AuditReport& report) {
  CheckOutcome outcome{report.rows, report.labelled, report.rows_with_problems, {}, report.stopped};
  for (const auto& [code, rows] : report.counts) outcome.counts.append({QString::fromStdString(code), rows});
  std::stable_sort(outcome.counts.begin(), outcome.counts.end(),
                   [](const CheckCount& a, const CheckCount& b) { return a.rows > b.rows; });
  return outcome;
}

/// Lengths are checked where a student, and so a tokenizer, was chosen.
AuditOptions optionsFor(const ProjectSettings& settings) {
  AuditOptions options;
  if (const auto prompter = prompterOf(settings)) {
    options.max_length = settings.options.max_length;
    options.count_tokens = [prompter, task = settings.task](const Row& row) { return tokensOf(*prompter, row, task); };
  }
  return options;
}

SplitPart partOf(const PartWish& wish) {
  return wish.isShare ? SplitPart{-1, wish.value / 100.0} : SplitPart{static_cast<std::int64_t>(wish.value), 0.0};
}

}  // namespace

void CheckSession::check() {
  const auto result = std::make_shared<CheckOutcome>();
  start(
      Where::files, [] { return tr("Checking rows"); },
      [result, project = context().workspace.project(), settings = context().workspace.settings(),
       progress = progressSink()](std::stop_token stop) {
        *result = outcomeOf(project->audit(optionsFor(settings), true, progress, stop));
      },
      [this, result] {
        if (!result->stopped) context().workspace.rowsEdited();
        Q_EMIT checked(*result);
      });
}

void CheckSession::splitRows(const SplitRequest& request) {
  struct Result {
    SplitOutcome parts;
    CheckOutcome check;
  };
  const auto result = std::make_shared<Result>();
  start(
      Where::files, [] { return tr("Splitting rows"); },
      [result, request, project = context().workspace.project(), settings = context().workspace.settings(),
       progress = progressSink()](std::stop_token stop) {
        Project::SplitWish wish;
        wish.options.validation = partOf(request.validation);
        wish.options.test = partOf(request.test);
        wish.options.train_count = request.trainCount;
        wish.options.seed = request.seed;
        wish.keep_existing = request.keepExisting;
        wish.similarity = request.similarity;
        const SplitResult parts = project->split(wish, progress, stop);
        const std::int64_t outside = project->count() - parts.train - parts.validation - parts.test;
        result->parts = {parts.train, parts.validation, parts.test, outside, -1, stop.stop_requested()};
        if (stop.stop_requested()) return;
        AuditOptions options = optionsFor(settings);
        options.similarity = request.similarity;
        result->check = outcomeOf(project->audit(std::move(options), true, progress, stop));
        if (result->check.stopped) return;
        result->parts.leaking = 0;
        for (const CheckCount& count : result->check.counts) {
          if (count.code == QLatin1String(problem_code::leakage)) result->parts.leaking = count.rows;
        }
      },
      [this, result] {
        context().workspace.rowsEdited();
        Q_EMIT splitDone(result->parts, result->check);
      });
}

}  // namespace minnow
