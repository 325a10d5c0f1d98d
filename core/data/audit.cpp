// Rows pass by once; what needs two rows is found through hashes and trigrams kept on the way.
#include "core/data/audit.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "core/data/column_names.h"

namespace minnow {
namespace {

std::uint64_t digest(std::string_view text) { return std::hash<std::string_view>{}(text); }

}  // namespace

std::vector<Problem> audit_row(const Row& row, const Task& task, const AuditOptions& options) {
  std::vector<Problem> problems;
  if (trimmed(row.input).empty()) problems.push_back({problem_code::empty_input, "", "there is no text to read"});
  if (!row.label.empty()) {
    auto found = check_label(row.input, row.label, task, options.regions);
    problems.insert(problems.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  }
  if (options.max_length > 0 && options.count_tokens) {
    const std::int64_t tokens = options.count_tokens(row);
    if (tokens > options.max_length) {
      problems.push_back(
          {problem_code::too_long, "",
           "the row has " + std::to_string(tokens) + " tokens, the limit is " + std::to_string(options.max_length)});
    }
  }
  return problems;
}

Audit::Audit(const Task& task, AuditOptions options)
    : task_(task), options_(std::move(options)), near_(options_.similarity) {}

void Audit::compare_with_earlier(const Row& row, std::vector<Problem>& problems) {
  const auto [found, is_new] =
      by_input_.try_emplace(digest(row.input), Seen{row.id, digest(row.label), !row.label.empty()});
  if (is_new) return;
  Seen& earlier = found->second;
  const bool conflict = earlier.labelled && !row.label.empty() && earlier.label != digest(row.label);
  if (conflict) {
    problems.push_back(
        {problem_code::conflicting_label, "", "row " + earlier.id + " has the same input and another label"});
  } else {
    problems.push_back({problem_code::duplicate, "", "row " + earlier.id + " has the same input"});
  }
  if (!earlier.labelled) earlier = {earlier.id, digest(row.label), !row.label.empty()};
}

void Audit::add(const Row& row) {
  std::vector<Problem> problems = audit_row(row, task_, options_);
  compare_with_earlier(row, problems);
  if (row.split != Split::none) {
    near_.add(row.input);
    in_split_.push_back({report_.rows, row.split, row.id});
  }
  if (!problems.empty()) report_.problems.push_back({report_.rows, std::move(problems)});
  ++report_.rows;
  report_.labelled += row.label.empty() ? 0 : 1;
}

void Audit::find_leakage(const ProgressSink& progress, const std::stop_token& stop) {
  const DuplicateGroups groups = near_.groups(progress, stop);
  report_.stopped = groups.stopped;
  // Per group, the first row of each split; a group within one split is no leak.
  struct First {
    std::int64_t row[4] = {-1, -1, -1, -1};
  };
  std::vector<First> firsts(static_cast<std::size_t>(groups.groups));
  for (std::size_t i = 0; i < in_split_.size(); ++i) {
    auto& first = firsts[static_cast<std::size_t>(groups.group[i])].row[static_cast<int>(in_split_[i].split)];
    if (first < 0) first = static_cast<std::int64_t>(i);
  }
  std::vector<AuditedRow> leaks;
  for (std::size_t i = 0; i < in_split_.size(); ++i) {
    const InSplit& row = in_split_[i];
    if (row.split == Split::train) continue;
    const First& first = firsts[static_cast<std::size_t>(groups.group[i])];
    for (const Split other : {Split::train, Split::validation, Split::test}) {
      const std::int64_t partner = first.row[static_cast<int>(other)];
      if (other == row.split || partner < 0) continue;
      const std::string sentence = "row " + in_split_[static_cast<std::size_t>(partner)].id + " of the " +
                                   to_string(other) + " rows is nearly the same";
      leaks.push_back({row.position, {{problem_code::leakage, "", sentence}}});
      break;
    }
  }
  // Both lists are in the order of the rows.
  std::vector<AuditedRow> merged;
  auto own = report_.problems.begin();
  for (AuditedRow& leak : leaks) {
    while (own != report_.problems.end() && own->position < leak.position) merged.push_back(std::move(*own++));
    if (own != report_.problems.end() && own->position == leak.position) {
      own->problems.push_back(std::move(leak.problems.front()));
    } else {
      merged.push_back(std::move(leak));
    }
  }
  merged.insert(merged.end(), std::make_move_iterator(own), std::make_move_iterator(report_.problems.end()));
  report_.problems = std::move(merged);
}

AuditReport Audit::finish(const ProgressSink& progress, std::stop_token stop) {
  find_leakage(progress, stop);
  report_.rows_with_problems = static_cast<std::int64_t>(report_.problems.size());
  for (const AuditedRow& row : report_.problems) {
    std::set<std::string> codes;
    for (const Problem& problem : row.problems) codes.insert(problem.code);
    for (const std::string& code : codes) ++report_.counts[code];
  }
  return std::move(report_);
}

std::vector<std::int64_t> leaked_rows(const std::vector<std::string>& trained,
                                      const std::vector<std::string>& evaluated, double similarity) {
  NearDuplicates near(similarity);
  for (const auto& text : trained) near.add(text);
  for (const auto& text : evaluated) near.add(text);
  const DuplicateGroups groups = near.groups();
  std::vector<std::int64_t> first(static_cast<std::size_t>(groups.groups), -1);
  for (std::size_t i = trained.size(); i-- > 0;) {
    first[static_cast<std::size_t>(groups.group[i])] = static_cast<std::int64_t>(i);
  }
  std::vector<std::int64_t> result;
  for (std::size_t i = trained.size(); i < groups.group.size(); ++i) {
    result.push_back(first[static_cast<std::size_t>(groups.group[i])]);
  }
  return result;
}

}  // namespace minnow
