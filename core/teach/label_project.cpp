// Rows in chunks, so that memory doesn't grow with the project; the teacher is opened once.
#include "core/teach/label_project.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <unordered_map>

#include "core/teach/local_teacher.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr std::size_t chunk_rows = 1024;                  // asked together; the engine runs dry once per chunk
constexpr auto flush_interval = std::chrono::seconds(1);  // the most work a power cut can lose

/// One labelling; members are what its parts share.
class ProjectLabelling {
 public:
  ProjectLabelling(Project& project, const ProjectLabelOptions& options, const LabelledSink& labelled,
                   const ProgressSink& progress, std::stop_token stop)
      : project_(project), o_(options), labelled_(labelled), progress_(progress), stop_(std::move(stop)) {
    teaching_ = o_.teaching;
    teaching_.task = project.settings().task;
  }

  LabelReport operator()() {
    if (teaching_.task.fields.empty()) throw Error(ErrorKind::usage, "the task has no fields to ask for", "task");
    find_rows();
    if (ids_.empty()) tell();
    if (!ids_.empty() && !stop_.stop_requested()) {
      const LocalTeacher teacher(teaching_);
      tell();  // from here on it is asked: opening the teacher is no part of its rate
      for (std::size_t first = 0; first < ids_.size() && !stop_.stop_requested(); first += chunk_rows) {
        ask_chunk(teacher, first, std::min(ids_.size(), first + chunk_rows));
      }
      project_.flush();
    }
    report_.unanswered = static_cast<std::int64_t>(ids_.size()) - done_;
    report_.tokens_per_second = report_.seconds > 0 ? static_cast<double>(new_tokens_) / report_.seconds : 0.0;
    return report_;
  }

 private:
  bool wanted(const Row& row) const {
    return !o_.ids.empty() || row.state == RowState::unlabelled || (o_.failed_too && row.state == RowState::failed);
  }

  void find_rows() {
    if (project_.is_read_only()) project_.record_label({});  // throws with the reason
    if (!o_.ids.empty()) {
      ids_ = o_.ids;
    } else {
      project_.for_each(
          [&](std::int64_t, const Row& row) {
            if (wanted(row)) ids_.push_back(row.id);
            return o_.limit <= 0 || static_cast<std::int64_t>(ids_.size()) < o_.limit;
          },
          stop_);
    }
    if (o_.limit > 0 && static_cast<std::int64_t>(ids_.size()) > o_.limit) {
      ids_.resize(static_cast<std::size_t>(o_.limit));
    }
  }

  void ask_chunk(const LocalTeacher& teacher, std::size_t first, std::size_t end) {
    std::vector<std::string> inputs;
    std::vector<char> again;               // per input: it was answered before
    std::vector<std::vector<Row>> owners;  // per input, its rows as they are asked
    std::unordered_map<std::string, std::size_t> known;
    for (std::size_t i = first; i < end; ++i) {
      const auto row = project_.find(ids_[i]);
      if (!row || !wanted(*row)) {
        ++done_;  // somebody removed or labelled it meanwhile
        continue;
      }
      const bool answered = row->state != RowState::unlabelled;
      const auto [at, is_new] = known.emplace((answered ? "+" : "-") + row->input, inputs.size());
      if (is_new) {
        inputs.push_back(row->input);
        again.push_back(answered);
        owners.emplace_back();
      }
      owners[at->second].push_back(*row);
    }
    GenerateStats stats;
    teacher.ask(
        inputs,
        [&](std::size_t input, TeacherAnswer&& answer) {
          ++report_.asked;
          for (const Row& row : owners[input]) settle(row, answer, teacher.name());
          tell();
        },
        {}, stop_, &stats, again);
    report_.seconds += stats.seconds;
    new_tokens_ += stats.new_tokens;
  }

  void settle(const Row& asked, const TeacherAnswer& answer, const std::string& teacher) {
    ++done_;
    Row row = asked;
    apply_answer(row, answer, teaching_.task, teacher, teaching_.doubtful_below);
    const LabelRecord record{
        row.id,
        row.label,
        row.state,
        row.problems,
        row.provenance,
        Json{{"answer", answer.text}, {"tokens", answer.tokens}, {"confidence", answer.confidence}},
        row.confidence};
    const auto now = std::chrono::steady_clock::now();
    const bool flush = now - flushed_ >= flush_interval;
    if (flush) flushed_ = now;
    if (!project_.record_label(record, flush, &asked)) {
      ++report_.changed_meanwhile;
      return;
    }
    report_.labelled += row.state == RowState::labelled;
    report_.needs_review += row.state == RowState::needs_review;
    report_.failed += row.state == RowState::failed;
    if (labelled_) labelled_(row, answer);
  }

  void tell() const {
    if (progress_) progress_({"labelling", "rows", done_, static_cast<std::int64_t>(ids_.size())});
  }

  Project& project_;
  const ProjectLabelOptions& o_;
  const LabelledSink& labelled_;
  const ProgressSink& progress_;
  const std::stop_token stop_;
  LabelOptions teaching_;
  std::vector<std::string> ids_;
  std::int64_t done_ = 0, new_tokens_ = 0;
  std::chrono::steady_clock::time_point flushed_ = std::chrono::steady_clock::now();
  LabelReport report_;
};

}  // namespace

LabelReport label_project(Project& project, const ProjectLabelOptions& options, const LabelledSink& labelled,
                          const ProgressSink& progress, std::stop_token stop) {
  return ProjectLabelling(project, options, labelled, progress, std::move(stop))();
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
  const LocalTeacher teacher(teaching);
  std::vector<std::string> inputs;
  for (const Row& row : rows) inputs.push_back(row.input);
  std::map<std::size_t, LabelTrial> trials;
  teacher.ask(
      inputs,
      [&](std::size_t i, TeacherAnswer&& answer) {
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
