// Names of enumerators as files and the command line spell them.
#include "core/types/error.h"
#include "core/types/evaluate_report.h"
#include "core/types/project_settings.h"
#include "core/types/row.h"
#include "core/types/verdict.h"

namespace minnow {

const char* to_string(Fit fit) {
  switch (fit) {
    case Fit::too_early: return "too_early";
    case Fit::underfitting: return "underfitting";
    case Fit::good: return "good";
    case Fit::overfitting: return "overfitting";
    case Fit::diverging: return "diverging";
  }
  return "";
}

const char* to_string(Remedy remedy) {
  switch (remedy) {
    case Remedy::none: return "none";
    case Remedy::more_epochs: return "more_epochs";
    case Remedy::fewer_epochs: return "fewer_epochs";
    case Remedy::higher_rank: return "higher_rank";
    case Remedy::lower_rank: return "lower_rank";
    case Remedy::lower_learning_rate: return "lower_learning_rate";
    case Remedy::higher_learning_rate: return "higher_learning_rate";
    case Remedy::fewer_rows_per_step: return "fewer_rows_per_step";
    case Remedy::restore_best: return "restore_best";
  }
  return "";
}

const char* to_string(FieldError error) {
  switch (error) {
    case FieldError::none: return "none";
    case FieldError::missing: return "missing";
    case FieldError::invented: return "invented";
    case FieldError::cut_short: return "cut_short";
    case FieldError::too_long: return "too_long";
    case FieldError::wrong_level: return "wrong_level";
    case FieldError::digit_slip: return "digit_slip";
    case FieldError::swapped: return "swapped";
    case FieldError::suffix_form: return "suffix_form";
    case FieldError::bad_json: return "bad_json";
    case FieldError::other: return "other";
  }
  return "";
}

FieldError field_error_from(const std::string& name) {
  for (int i = 0; i <= static_cast<int>(FieldError::other); ++i) {
    if (name == to_string(static_cast<FieldError>(i))) return static_cast<FieldError>(i);
  }
  throw Error(ErrorKind::format, "'" + name + "' is not a kind of field error", name);
}

const char* to_string(RowState state) {
  switch (state) {
    case RowState::unlabelled: return "unlabelled";
    case RowState::labelled: return "labelled";
    case RowState::needs_review: return "needs_review";
    case RowState::failed: return "failed";
  }
  return "";
}

const char* to_string(Split split) {
  switch (split) {
    case Split::none: return "none";
    case Split::train: return "train";
    case Split::validation: return "validation";
    case Split::test: return "test";
  }
  return "";
}

const char* to_string(TeacherKind kind) {
  switch (kind) {
    case TeacherKind::none: return "none";
    case TeacherKind::endpoint: return "endpoint";
    case TeacherKind::folder: return "folder";
  }
  return "";
}

}  // namespace minnow
