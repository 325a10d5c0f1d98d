// A file's rows, their journal, and what becomes of an answer.
#include "core/teach/label.h"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <map>
#include <optional>

#include "core/data/label_checks.h"
#include "core/io/file.h"
#include "core/io/json.h"
#include "core/teach/labelling.h"
#include "core/types/error.h"

namespace minnow {
namespace {

void add_doubts(Row& row, const Answer& answer, double doubtful_below) {
  row.confidence = 1.0;
  for (const AnswerValue& value : answer.values) {
    row.confidence = std::min(row.confidence, *value.confidence);
    if (*value.confidence >= doubtful_below) continue;
    const auto percent = std::to_string(std::lround(*value.confidence * 100.0));
    row.problems.push_back(
        {problem_code::low_confidence, value.key, "the teacher was " + percent + " % sure of the value", 0});
  }
}

std::map<std::string, Answer> read_journal(const std::filesystem::path& path, const Task& task) {
  std::map<std::string, Answer> answers;
  if (!std::filesystem::exists(path)) return answers;
  recover_lines(path);
  LineReader reader(path);
  for (std::string line; reader.next(line);) {
    const std::string subject = path.string() + " line " + std::to_string(reader.line_number());
    const Json json = parse_json(line, subject);
    const auto text = [&](const char* key) {
      const auto found = json.find(key);
      if (!json.is_object() || found == json.end() || !found->is_string()) {
        throw Error(ErrorKind::format, subject + ": there is no text '" + key + "'; this isn't a journal of answers",
                    subject);
      }
      return found->get<std::string>();
    };
    std::vector<double> confidence;
    if (const auto sure = json.find("confidence"); sure != json.end() && sure->is_array()) {
      for (const Json& value : *sure) confidence.push_back(value.is_number() ? value.get<double>() : 0.0);
    }
    const FinishReason reason = text("finish") == "length" ? FinishReason::length : FinishReason::stop;
    answers[text("key")] = read_answer(task, text("answer"), reason, confidence);
  }
  return answers;
}

std::string now_iso() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  char text[40];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S%z", &local);
  return text;
}

/// Rows in memory, and the journal of their answers.
class FileRows final : public RowsToLabel {
 public:
  FileRows(std::vector<Row>& rows, const LabelOptions& options, std::string teacher)
      : journal_path_(options.journal),
        teacher_(std::move(teacher)),
        answers_(read_journal(options.journal, options.task)) {
    for (Row& row : rows)
      if (row.state == RowState::unlabelled || row.state == RowState::failed) rows_.push_back(&row);
  }

  std::int64_t count() const override { return static_cast<std::int64_t>(rows_.size()); }
  std::optional<Row> row(std::int64_t i) override {
    return *rows_[static_cast<std::size_t>(i)];
  }
  std::optional<Answer> known(const std::string& key) override {
    const auto found = answers_.find(key);
    return found == answers_.end() ? std::nullopt : std::optional(found->second);
  }
  void answered(const Row& asked, const std::string& key, const Answer& answer) override {
    if (!journal_) journal_.emplace(journal_path_);
    journal_->append_line(dump_json({{"key", key},
                                     {"id", asked.id},
                                     {"input", asked.input},
                                     {"answer", answer.text},
                                     {"finish", answer.is_cut() ? "length" : "stop"},
                                     {"confidence", answer.confidences()},
                                     {"teacher", teacher_},
                                     {"time", now_iso()}}));
    answers_[key] = answer;
  }
  bool settle(std::int64_t i, const Row&, const Row& labelled, const Answer&, const std::string&) override {
    *rows_[static_cast<std::size_t>(i)] = labelled;
    return true;
  }
  void flush() {
    if (journal_) journal_->flush();
  }

 private:
  const std::filesystem::path journal_path_;
  const std::string teacher_;
  std::map<std::string, Answer> answers_;  // by key
  std::vector<Row*> rows_;
  std::optional<AppendFile> journal_;
};

}  // namespace

void apply_answer(Row& row, const Answer& answer, const Task& task, const std::string& teacher,
                  double doubtful_below) {
  row.provenance = "teacher:" + teacher;
  const std::optional<std::string> label = label_of(answer, task);
  row.label = label ? *label : answer.read.inside;
  row.problems = check_label(row.input, row.label, task);
  if (answer.is_cut()) row.problems.push_back({problem_code::cut_at_limit, "", "the length limit ended the answer", 0});
  row.confidence = -1.0;
  if (label && !answer.confidences().empty()) {
    add_doubts(row, answer, doubtful_below);
  } else if (label && doubtful_below > 0.0) {
    row.problems.push_back({problem_code::no_confidence, "", "how sure the teacher was isn't known", 0});
  }
  const bool failed = answer.is_cut() || !label;
  row.state = failed ? RowState::failed : row.problems.empty() ? RowState::labelled : RowState::needs_review;
}

LabelReport label_rows(std::vector<Row>& rows, const LabelOptions& options, const ProgressSink& progress,
                       std::stop_token stop) {
  Teacher teacher(options);
  FileRows to_label(rows, options, teacher.name());
  LabelReport report;
  report.unanswered = to_label.count();
  if (!teacher.identify(stop)) return report;  // stopped before anything was asked
  report = label_all(to_label, teacher, options, false, progress, stop);
  to_label.flush();
  return report;
}

}  // namespace minnow
