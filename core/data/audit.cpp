// Rows pass by once; what needs two rows is found through hashes and trigrams kept on the way.
#include "core/data/audit.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "core/data/column_names.h"
#include "core/data/control_tokens.h"
#include "core/io/shown.h"

namespace minnow {
namespace {

std::uint64_t digest(std::string_view text) { return std::hash<std::string_view>{}(text); }

/// Control tokens in what people wrote.
void name_tokens(const char* what, const std::string& text, std::vector<Problem>& problems) {
  std::string list;
  for (const std::string& token : control_tokens_in(text)) list += (list.empty() ? "" : ", ") + token;
  if (list.empty()) return;
  problems.push_back({problem_code::control_token, "",
                      std::string(what) + " holds control tokens, which are taken for ordinary text: " + shown(list)});
}

void count_codes(const std::vector<Problem>& problems, AuditReport& report) {
  std::set<std::string> codes;
  for (const Problem& problem : problems) codes.insert(problem.code);
  for (const std::string& code : codes) ++report.counts[code];
  ++report.rows_with_problems;
}

}  // namespace

std::vector<Problem> audit_row(const Row& row, const Task& task, const AuditOptions& options) {
  std::vector<Problem> problems;
  name_tokens("the input", row.input, problems);
  name_tokens("the system prompt", row.system, problems);
  if (trimmed(row.input).empty()) problems.push_back({problem_code::empty_input, "", "there is no text to read"});
  if (!row.label.empty()) {
    auto found = check_label(row.input, row.label, task, options.regions);
    const bool has_end = std::any_of(found.begin(), found.end(), [](const Problem& problem) {
      return problem.code == problem_code::end_token;  // says it already
    });
    problems.insert(problems.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
    if (!has_end) name_tokens("the label", row.label, problems);
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

/// The row with this input that came first. A new one is remembered.
Audit::Seen& Audit::first_with(std::uint64_t input, bool& is_new) {
  if (2 * (seen_count_ + 1) > seen_.size()) {
    std::vector<Seen> larger(std::max<std::size_t>(1024, 2 * seen_.size()));
    for (const Seen& seen : seen_) {
      if (seen.row == 0) continue;
      std::size_t at = seen.input & (larger.size() - 1);
      while (larger[at].row != 0) at = (at + 1) & (larger.size() - 1);
      larger[at] = seen;
    }
    seen_ = std::move(larger);
  }
  std::size_t at = input & (seen_.size() - 1);
  while (seen_[at].row != 0 && seen_[at].input != input) at = (at + 1) & (seen_.size() - 1);
  is_new = seen_[at].row == 0;
  if (is_new) ++seen_count_;
  return seen_[at];
}

std::string Audit::id_of(std::int64_t position) const {
  const auto at = static_cast<std::size_t>(position);
  return ids_.substr(id_ends_[at], id_ends_[at + 1] - id_ends_[at]);
}

void Audit::compare_with_earlier(const Row& row, std::vector<Problem>& problems) {
  bool is_new = false;
  Seen& earlier = first_with(digest(row.input), is_new);
  const std::uint32_t label = row.label.empty() ? 0u : static_cast<std::uint32_t>(digest(row.label) >> 32) | 1u;
  if (is_new) {
    earlier = {digest(row.input), static_cast<std::uint32_t>(report_.rows + 1), label};
    return;
  }
  const std::string id = id_of(earlier.row - 1);
  if (earlier.label != 0 && label != 0 && earlier.label != label) {
    problems.push_back({problem_code::conflicting_label, "", "row " + id + " has the same input and another label"});
  } else {
    problems.push_back({problem_code::duplicate, "", "row " + id + " has the same input"});
  }
  if (earlier.label == 0) earlier.label = label;
}

void Audit::add(const Row& row) {
  AuditedRow audited{report_.rows, audit_row(row, task_, options_), {}, {}};
  ids_ += row.id;
  id_ends_.push_back(ids_.size());
  compare_with_earlier(row, audited.problems);
  if (row.split != Split::none) {
    near_.add(row.input);
    in_split_.push_back({report_.rows, row.split});
  }
  ++report_.rows;
  report_.labelled += row.label.empty() ? 0 : 1;
  const bool may_leak = row.split == Split::validation || row.split == Split::test;
  if (audited.problems.empty() && !(may_leak && options_.on_row)) return;
  if (options_.on_row) {
    audited.id = row.id;
    audited.provenance = row.provenance;
    if (in_split_.empty()) return hand_on(std::move(audited));
  }
  report_.problems.push_back(std::move(audited));
}

void Audit::hand_on(AuditedRow&& row) {
  count_codes(row.problems, report_);
  options_.on_row(row);
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
      const std::string sentence = "row " + id_of(in_split_[static_cast<std::size_t>(partner)].position) + " of the " +
                                   to_string(other) + " rows is nearly the same";
      leaks.push_back({row.position, {{problem_code::leakage, "", sentence}}, {}, {}});
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
  if (near_.count() > 0) find_leakage(progress, stop);
  std::erase_if(report_.problems, [](const AuditedRow& row) { return row.problems.empty(); });
  for (AuditedRow& row : report_.problems) {
    if (options_.on_row)
      hand_on(std::move(row));
    else
      count_codes(row.problems, report_);
  }
  if (options_.on_row) report_.problems.clear();
  return std::move(report_);
}

}  // namespace minnow
