// Every phrase of an evaluation's report, in English and in Simplified Chinese: one table, from which the page, the PDF,
// the terminal and the window speak.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "core/types/evaluate_report.h"
#include "core/types/language.h"
#include "core/types/verdict.h"

namespace minnow {

/// `phrase` with %1, %2, … replaced by `parts`, which are put in as they are.
std::string fill(std::string_view phrase, std::initializer_list<std::string> parts);

/// The phrases of one language. Those with %1… go through fill().
struct Phrases {
  const char *lang, *title, *rows_of, *created;
  const char *before, *after, *untuned, *tuned, *no_model_name;
  // headline
  const char *exact_rows, *valid_json, *share_of_rows, *interval, *pair_sentence, *better, *worse,
      *maybe_chance, *not_learned, *no_change, *one_side_sentence, *few_rows, *no_rows;
  // fields
  const char *fields, *fields_caption, *field, *fixed_n, *broken_n, *p_holm;
  // error kinds
  const char *errors, *errors_caption, *kind, *no_errors, *extra_keys, *cut_at_limit, *fenced, *other_prompt;
  // training
  const char *training, *training_caption, *step, *loss, *train_loss, *eval_loss, *score, *best, *verdict_best,
      *verdict_gap, *verdict_slope;
  // rows
  const char *rows, *rows_caption, *broken, *wrong, *fixed, *right, *expected, *row_count, *one_row, *left_out_rows,
      *not_printed, *filter_all, *filter_field, *filter_kind, *filter_search, *shown, *legend_added, *legend_left_out,
      *not_json, *absent, *empty, *cut_note, *extra_note, *fenced_note;
  // how
  const char *how, *how_right, *how_interval, *how_pair, *how_holm, *how_hash, *model, *adapter, *model_hash,
      *adapter_hash, *prompt, *speed, *seconds, *data, *machine, *differences, *none, *made_by;
};
const Phrases& phrases(Language language);

/// "cut short" / "不完整"; and what it means, in a few words.
const char* error_name(FieldError error, Language language);
const char* error_meaning(FieldError error, Language language);
const char* fit_name(Fit fit, Language language);

/// "98.0 %" / "98.0%".
std::string share_text(double share, Language language);

/// "378 rows fixed, 2 broken; p < 0.001."
std::string pair_sentence(const PairedTest& test, Language language);
/// What both sides together say, one sentence; empty where there are no rows or one side only.
std::string finding_sentence(const EvaluateReport& report, Language language);

}  // namespace minnow
