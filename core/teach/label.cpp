// Asks what the journal doesn't know, then audits everything.
#include "core/teach/label.h"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <map>
#include <set>

#include "core/data/label_checks.h"
#include "core/data/label_form.h"
#include "core/io/file.h"
#include "core/io/json.h"
#include "core/model/loaded_model.h"
#include "core/teach/local_teacher.h"
#include "core/types/error.h"

namespace minnow {
namespace {

/// The answer as the task writes it, or nothing when it isn't an object with exactly the task's keys. Teachers like to
/// wrap JSON in a Markdown fence, which is taken off.
std::optional<std::string> label_of(const LabelText& answer, const Task& task) {
  if (!answer.object || answer.repeated_key || answer.object->size() != task.fields.size()) return std::nullopt;
  Json ordered = Json::object();
  for (const Field& field : task.fields) {
    const auto found = answer.object->find(field.key);
    if (found == answer.object->end()) return std::nullopt;
    ordered[field.key] = *found;
  }
  return dump_json_python(ordered);
}

void add_doubts(Row& row, const TeacherAnswer& answer, const Task& task, double doubtful_below) {
  row.confidence = 1.0;
  for (std::size_t i = 0; i < task.fields.size(); ++i) {
    const double sure = std::clamp(answer.confidence[i], 0.0, 1.0);
    row.confidence = std::min(row.confidence, sure);
    if (sure >= doubtful_below) continue;
    const auto percent = std::to_string(std::lround(sure * 100.0));
    row.problems.push_back(
        {problem_code::low_confidence, task.fields[i].key, "the teacher was " + percent + " % sure of the value", 0});
  }
}

std::map<std::string, TeacherAnswer> read_journal(const std::filesystem::path& path) {
  std::map<std::string, TeacherAnswer> answers;
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
    TeacherAnswer answer{text("answer"), text("finish") == "length", {}, 0};
    if (const auto sure = json.find("confidence"); sure != json.end() && sure->is_array()) {
      for (const Json& value : *sure) answer.confidence.push_back(value.is_number() ? value.get<double>() : 0.0);
    }
    answers[text("key")] = std::move(answer);
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

/// One labelling; members are what its parts share.
class Labelling {
 public:
  Labelling(std::vector<Row>& rows, const LabelOptions& options)
      : rows_(rows), o_(options), teacher_(teacher_name(options.teacher)) {}

  LabelReport operator()(const ProgressSink& progress, std::stop_token stop) {
    if (o_.task.fields.empty()) throw Error(ErrorKind::usage, "the task has no fields to ask for", "task");
    answers_ = read_journal(o_.journal);
    const std::string weights = folder_hash(o_.teacher, stop);
    if (weights.empty()) return report_;  // stopped before anything was asked
    const bool builtin = chosen_template({o_.teacher}, o_.chat_template) == TemplateChoice::builtin;
    const std::string base = weights + (builtin ? "\nbuiltin" : "") + "\n" +
                             to_string(o_.prompt_style.value_or(default_style(o_.teacher, std::nullopt))) + "\n" +
                             teacher_prompt(o_.task, o_.teacher) + "\n";
    for (Row& row : rows_) {
      if (row.state != RowState::unlabelled && row.state != RowState::failed) continue;
      wanted_.emplace_back(&row, sha256_hex(base + row.input));
      if (answers_.count(wanted_.back().second))
        ++report_.from_journal;
      else if (asked_.insert(wanted_.back().second).second)
        open_.push_back(wanted_.back());
    }
    if (!open_.empty()) ask(progress, std::move(stop));
    for (const auto& [row, key] : wanted_) settle(*row, key);
    return report_;
  }

 private:
  using Wanted = std::pair<Row*, std::string>;

  void ask(const ProgressSink& progress, std::stop_token stop) {
    const LocalTeacher teacher(o_);
    std::vector<std::string> inputs;
    for (const auto& [row, key] : open_) inputs.push_back(row->input);
    AppendFile journal(o_.journal);
    ProgressSink told;
    if (progress) told = [&](const Progress& p) { progress({"labelling", "rows", p.done, p.total}); };
    GenerateStats stats;
    teacher.ask(
        inputs, [&](std::size_t i, TeacherAnswer&& answer) { keep(journal, open_[i], std::move(answer)); }, told,
        std::move(stop), &stats);
    journal.flush();
    report_.seconds = stats.seconds;
    report_.tokens_per_second = stats.seconds > 0 ? static_cast<double>(stats.new_tokens) / stats.seconds : 0.0;
  }

  void keep(AppendFile& journal, const Wanted& wanted, TeacherAnswer&& answer) {
    journal.append_line(dump_json({{"key", wanted.second},
                                   {"id", wanted.first->id},
                                   {"input", wanted.first->input},
                                   {"answer", answer.text},
                                   {"finish", answer.cut ? "length" : "stop"},
                                   {"confidence", answer.confidence},
                                   {"teacher", teacher_},
                                   {"time", now_iso()}}));
    answers_[wanted.second] = std::move(answer);
    ++report_.asked;
  }

  void settle(Row& row, const std::string& key) {
    const auto found = answers_.find(key);
    if (found == answers_.end()) {
      ++report_.unanswered;
      return;
    }
    apply_answer(row, found->second, o_.task, teacher_, o_.doubtful_below);
    report_.labelled += row.state == RowState::labelled;
    report_.needs_review += row.state == RowState::needs_review;
    report_.failed += row.state == RowState::failed;
  }

  std::vector<Row>& rows_;
  const LabelOptions& o_;
  const std::string teacher_;
  std::map<std::string, TeacherAnswer> answers_;  // by key
  std::vector<Wanted> wanted_, open_;
  std::set<std::string> asked_;
  LabelReport report_;
};

}  // namespace

void apply_answer(Row& row, const TeacherAnswer& answer, const Task& task, const std::string& teacher,
                  double doubtful_below) {
  row.provenance = "teacher:" + teacher;
  const LabelText read = read_label(answer.text);
  const std::optional<std::string> label = label_of(read, task);
  row.label = label ? *label : read.inside;
  row.problems = check_label(row.input, row.label, task);
  if (answer.cut) row.problems.push_back({problem_code::cut_at_limit, "", "the length limit ended the answer", 0});
  row.confidence = -1.0;
  if (label && answer.confidence.size() == task.fields.size()) add_doubts(row, answer, task, doubtful_below);
  const bool failed = answer.cut || !label;
  row.state = failed ? RowState::failed : row.problems.empty() ? RowState::labelled : RowState::needs_review;
}

LabelReport label_rows(std::vector<Row>& rows, const LabelOptions& options, const ProgressSink& progress,
                       std::stop_token stop) {
  return Labelling(rows, options)(progress, std::move(stop));
}

}  // namespace minnow
