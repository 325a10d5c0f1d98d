// Chunks, equal questions, counts.
#include "core/teach/labelling.h"

#include <algorithm>
#include <unordered_map>

namespace minnow {
namespace {

constexpr std::int64_t chunk_rows = 1024;  // asked together; the engine runs dry once per chunk

class ChunkedLabelling {
 public:
  ChunkedLabelling(RowsToLabel& rows, const Teacher& teacher, const LabelOptions& options, bool again,
                   const ProgressSink& progress, const std::stop_token& stop)
      : rows_(rows), teacher_(teacher), o_(options), again_(again), progress_(progress), stop_(stop) {}

  LabelReport operator()() {
    tell();  // from here on it is asked: opening the teacher is no part of its rate
    for (std::int64_t first = 0; first < rows_.count() && !stop_.stop_requested(); first += chunk_rows)
      ask_chunk(first, std::min(rows_.count(), first + chunk_rows));
    report_.unanswered = rows_.count() - done_;
    report_.tokens_per_second = report_.seconds > 0 ? static_cast<double>(new_tokens_) / report_.seconds : 0.0;
    return report_;
  }

 private:
  /// A row as it was when it was asked.
  struct Asked {
    std::int64_t i;
    Row row;
  };

  void ask_chunk(std::int64_t first, std::int64_t end) {
    std::vector<std::string> inputs, keys;
    std::vector<char> again;               // per input: it was answered before
    std::vector<std::vector<Asked>> owners;  // per input
    std::unordered_map<std::string, std::size_t> open;
    for (std::int64_t i = first; i < end; ++i) {
      auto row = rows_.row(i);
      if (!row) {
        ++done_;  // somebody removed or labelled it meanwhile
        continue;
      }
      const std::string key = teacher_.key(row->input);
      const bool answered = again_ && row->state != RowState::unlabelled;
      if (const auto known = answered ? std::nullopt : rows_.known(key)) {
        ++report_.from_journal;
        settle({i, std::move(*row)}, *known, key);
        continue;
      }
      const auto [at, is_new] = open.emplace((answered ? "+" : "-") + key, inputs.size());
      if (is_new) {
        inputs.push_back(row->input);
        keys.push_back(key);
        again.push_back(answered);
        owners.emplace_back();
      }
      owners[at->second].push_back({i, std::move(*row)});
    }
    if (inputs.empty()) return tell();
    GenerateStats stats;
    teacher_.ask(
        inputs,
        [&](std::size_t input, Answer&& answer) {
          ++report_.asked;
          rows_.answered(owners[input].front().row, keys[input], answer);
          for (const Asked& asked : owners[input]) settle(asked, answer, keys[input]);
          tell();
        },
        {}, stop_, &stats, again);
    report_.seconds += stats.seconds;
    new_tokens_ += stats.new_tokens;
  }

  void settle(const Asked& asked, const Answer& answer, const std::string& key) {
    ++done_;
    Row row = asked.row;
    apply_answer(row, answer, o_.task, teacher_.name(), o_.doubtful_below);
    if (!rows_.settle(asked.i, asked.row, row, answer, key)) {
      ++report_.changed_meanwhile;
      return;
    }
    report_.labelled += row.state == RowState::labelled;
    report_.needs_review += row.state == RowState::needs_review;
    report_.failed += row.state == RowState::failed;
  }

  void tell() const {
    if (progress_) progress_({"labelling", "rows", done_, rows_.count()});
  }

  RowsToLabel& rows_;
  const Teacher& teacher_;
  const LabelOptions& o_;
  const bool again_;
  const ProgressSink& progress_;
  const std::stop_token& stop_;
  std::int64_t done_ = 0, new_tokens_ = 0;
  LabelReport report_;
};

}  // namespace

LabelReport label_all(RowsToLabel& rows, const Teacher& teacher, const LabelOptions& options, bool again,
                      const ProgressSink& progress, const std::stop_token& stop) {
  return ChunkedLabelling(rows, teacher, options, again, progress, stop)();
}

}  // namespace minnow
