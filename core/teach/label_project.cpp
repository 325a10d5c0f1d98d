// Rows in chunks, so that memory doesn't grow with the project; the teacher is opened once.
#include "core/teach/label_project.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>

#include "core/teach/labelling.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr auto flush_interval = std::chrono::seconds(1);  // the most work a power cut can lose

/// The rows of a project that are to be asked, by their ids.
class ProjectRows final : public RowsToLabel {
 public:
  ProjectRows(Project& project, const ProjectLabelOptions& options, const LabelledSink& labelled, std::stop_token stop)
      : project_(project), o_(options), labelled_(labelled) {
    if (project_.is_read_only()) project_.record_label({});  // throws with the reason
    if (!o_.ids.empty()) {
      ids_ = o_.ids;
    } else {
      project_.for_each(
          [&](std::int64_t, const Row& row) {
            if (wanted(row)) ids_.push_back(row.id);
            return o_.limit <= 0 || count() < o_.limit;
          },
          std::move(stop));
    }
    if (o_.limit > 0 && count() > o_.limit) ids_.resize(static_cast<std::size_t>(o_.limit));
  }

  std::int64_t count() const override { return static_cast<std::int64_t>(ids_.size()); }
  std::optional<Row> row(std::int64_t i) override {
    auto row = project_.find(ids_[static_cast<std::size_t>(i)]);
    return row && wanted(*row) ? row : std::nullopt;
  }
  bool settle(std::int64_t, const Row& asked, const Row& row, const Answer& answer, const std::string& key) override {
    const LabelRecord record{
        row.id,
        row.label,
        row.state,
        row.problems,
        row.provenance,
        Json{{"key", key}, {"answer", answer.text}, {"tokens", answer.tokens}, {"confidence", answer.confidences()}},
        row.confidence};
    const auto now = std::chrono::steady_clock::now();
    const bool flush = now - flushed_ >= flush_interval;
    if (flush) flushed_ = now;
    if (!project_.record_label(record, flush, &asked)) return false;
    if (labelled_) labelled_(row, answer);
    return true;
  }

 private:
  bool wanted(const Row& row) const {
    return !o_.ids.empty() || row.state == RowState::unlabelled || (o_.failed_too && row.state == RowState::failed);
  }

  Project& project_;
  const ProjectLabelOptions& o_;
  const LabelledSink& labelled_;
  std::vector<std::string> ids_;
  std::chrono::steady_clock::time_point flushed_ = std::chrono::steady_clock::now();
};

}  // namespace

LabelReport label_project(Project& project, const ProjectLabelOptions& options, const LabelledSink& labelled,
                          const ProgressSink& progress, std::stop_token stop) {
  LabelOptions teaching = options.teaching;
  teaching.task = project.settings().task;
  if (teaching.task.fields.empty()) throw Error(ErrorKind::usage, "the task has no fields to ask for", "task");
  ProjectRows rows(project, options, labelled, stop);
  LabelReport report;
  report.unanswered = rows.count();
  if (rows.count() == 0 && progress) progress({"labelling", "rows", 0, 0});
  if (rows.count() == 0 || stop.stop_requested()) return report;
  Teacher teacher(teaching);
  if (!teacher.identify(stop)) return report;
  report = label_all(rows, teacher, teaching, true, progress, stop);
  project.flush();
  return report;
}

std::vector<LabelTrial> try_teacher(const Project& project, const LabelOptions& options, std::int64_t count,
                                    const ProgressSink& progress, std::stop_token stop) {
  LabelOptions teaching = options;
  teaching.task = project.settings().task;
  std::vector<Row> rows, others;
  project.for_each(
      [&](std::int64_t, const Row& row) {
        auto& to = row.state == RowState::unlabelled ? rows : others;
        if (static_cast<std::int64_t>(to.size()) < count) to.push_back(row);
        return static_cast<std::int64_t>(rows.size()) < count;
      },
      stop);
  if (rows.empty()) rows = std::move(others);
  if (rows.empty()) throw Error(ErrorKind::data, "there are no rows to try the teacher on", project.folder().string());
  const Teacher teacher(teaching);
  std::vector<std::string> inputs;
  for (const Row& row : rows) inputs.push_back(row.input);
  std::map<std::size_t, LabelTrial> trials;
  teacher.ask(
      inputs,
      [&](std::size_t i, Answer&& answer) {
        LabelTrial trial{teacher.prompt_text(inputs[i]), std::move(answer), rows[i]};
        apply_answer(trial.row, trial.answer, teaching.task, teacher.name(), teaching.doubtful_below);
        trials.emplace(i, std::move(trial));
      },
      progress, stop);
  std::vector<LabelTrial> in_order;
  for (auto& [i, trial] : trials) in_order.push_back(std::move(trial));
  return in_order;
}

}  // namespace minnow
