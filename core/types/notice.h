// What core has to say to a person: a code with its arguments. Each code's words are in one table (notices.cpp), in
// English and in Chinese.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "core/types/language.h"

namespace minnow {

enum class NoticeCode {
  as_said,  ///< one argument: an English sentence that has no code yet
  // Recipe auto: why a setting was chosen (core/train/auto_plan.h).
  auto_16_rows_smooth,
  auto_few_rows,
  auto_time_for_rows,
  auto_time_too_short,
  auto_steps_in_time,
  auto_steps_of_rows,
  auto_rank_enough,
  auto_rank_doubled,
  auto_rate_seen,
  auto_rate_not_seen,
  auto_rate_seen_held,
  auto_rate_not_seen_held,
  auto_rate_blew_up,
  auto_rate_never_fell,
  // A plan with too few steps (core/train/few_steps.h).
  few_steps,
  few_steps_raise_limit,
  few_steps_rows,
  few_steps_rows_and_epochs,
  few_steps_epochs,
  // Notes of a run (core/train/train.h).
  run_dropout,
  run_slow_blas,
  run_memory_short,
  run_step_discarded,
  run_time_limit,
  run_loss_not_a_number,
  run_eval_loss_not_a_number,
  run_weights_not_numbers,
  run_loss_not_a_number_kept,
  run_eval_loss_not_a_number_kept,
  run_weights_not_numbers_kept, run_threads_differ, run_threads_too_many, run_checkpoint_removed,
  run_checkpoint_not_chosen
};

struct Notice {
  NoticeCode code = NoticeCode::as_said;
  std::vector<std::string> args;

  Notice() = default;
  Notice(NoticeCode code, std::initializer_list<std::string> args) : code(code), args(args) {}
  /// An English sentence without a code.
  explicit Notice(std::string sentence) : args{std::move(sentence)} {}

  /// Whether nothing is said.
  bool empty() const { return code == NoticeCode::as_said && (args.empty() || args[0].empty()); }
  bool operator==(const Notice&) const = default;
};

/// The sentence. Arguments that the phrase wants and that are missing read as "".
std::string text_of(const Notice& notice, Language language = Language::english);

/// "auto_few_rows": what files call it.
const char* name_of(NoticeCode code);
/// Of a file: the code's notice, or `english` as it was said where this Minnow has no such code.
Notice notice_from(const std::string& code_name, std::vector<std::string> args, const std::string& english);

/// All codes but as_said, with how many arguments each has.
struct NoticeForm {
  NoticeCode code;
  int arguments;
};
std::vector<NoticeForm> notice_forms();

}  // namespace minnow
