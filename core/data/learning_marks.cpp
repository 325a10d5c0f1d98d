// One table of names; a value that reads neither as yes nor as no is no mark of a row (a column may be called anything),
// but can't be passed over in a message.
#include "core/data/learning_marks.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "core/data/column_names.h"

namespace minnow {
namespace {

using Says = LearningMark::Says;
using MarkName = std::string_view;

constexpr std::array yes_means_learn{
    MarkName("loss"),      MarkName("loss_scale"), MarkName("loss_weight"),   MarkName("loss_mask"), MarkName("weight"),
    MarkName("weights"),   MarkName("train"),      MarkName("training"),      MarkName("trainable"), MarkName("train_on_turn"),
    MarkName("train_on"),  MarkName("train_mask"), MarkName("sample_weight"), MarkName("learn"),     MarkName("learnt"),
    MarkName("learnable"), MarkName("supervised"), MarkName("kto_tag"),       MarkName("desirable")};
constexpr std::array yes_means_leave{MarkName("mask"), MarkName("masked"),  MarkName("ignore"),  MarkName("ignored"),
                                     MarkName("skip"), MarkName("exclude"), MarkName("no_loss"), MarkName("do_not_train"),
                                     MarkName("excluded"), MarkName("no_train"), MarkName("deleted")};
// Parts of an answer only (axolotl): can't be obeyed.
constexpr std::array spans{MarkName("train_detail"), MarkName("training_detail"), MarkName("loss_spans")};
constexpr std::array good_words{MarkName("chosen"), MarkName("positive"), MarkName("accepted"), MarkName("good"),
                                MarkName("desirable"), MarkName("preferred")};
constexpr std::array bad_words{MarkName("rejected"),    MarkName("negative"), MarkName("bad"),
                               MarkName("undesirable"), MarkName("reject"),   MarkName("dispreferred")};

template <typename List>
bool among(const List& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

/// true, 1, "yes" …; false, 0, below 0, "no" …; NaN for anything else.
double number_of(const Json& value) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  if (value.is_boolean()) return value.get<bool>() ? 1.0 : 0.0;
  if (value.is_number()) return value.get<double>();
  if (!value.is_string()) return none;
  const std::string text = lower_case(trimmed(value.get_ref<const std::string&>()));
  for (const MarkName word : {"true", "yes", "y", "是"}) {
    if (text == word) return 1.0;
  }
  for (const MarkName word : {"false", "no", "n", "否"}) {
    if (text == word) return 0.0;
  }
  double number = 0.0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (code != std::errc() || end != text.data() + text.size() || text.empty()) return none;
  return number;
}

/// What the value of a mark of this name says; nothing when the name is none.
LearningMark one_mark(std::string_view name, const std::string& key, const Json& value) {
  LearningMark mark;
  const bool leaves = among(yes_means_leave, name), is_span = among(spans, name);
  if (value.is_null() || (!leaves && !is_span && !among(yes_means_learn, name))) return mark;
  const double number = is_span ? std::numeric_limits<double>::quiet_NaN() : number_of(value);
  mark.shown = "'" + key + "': " + dump_json(value).substr(0, 60);
  if (std::isnan(number)) {
    mark.says = is_span && value.empty() ? Says::nothing : Says::unclear;
    return mark;
  }
  mark.says = (number > 0.0) != leaves ? Says::learn : Says::leave;
  mark.fraction = !leaves && number > 0.0 && number != 1.0;
  return mark;
}

/// `label` beside an answer, as in KTO data.
LearningMark kto_label(const std::string& key, const Json& value) {
  LearningMark mark;
  mark.shown = "'" + key + "': " + dump_json(value).substr(0, 60);
  if (value.is_string()) {
    const std::string word = lower_case(trimmed(value.get_ref<const std::string&>()));
    if (among(good_words, word) || word == "true") mark.says = Says::learn;
    if (among(bad_words, word) || word == "false") mark.says = Says::leave;
  } else if (value.is_boolean()) {
    mark.says = value.get<bool>() ? Says::learn : Says::leave;
  } else if (value.is_number()) {
    const double number = value.get<double>();
    if (number == 1.0) mark.says = Says::learn;
    if (number == 0.0 || number == -1.0) mark.says = Says::leave;
  }
  return mark;
}

void join(LearningMark& all, LearningMark one) {
  const auto strength = [](Says says) { return says == Says::leave ? 3 : says == Says::unclear ? 2 : says == Says::learn; };
  const bool fraction = all.fraction || one.fraction;
  if (strength(one.says) > strength(all.says)) all = std::move(one);
  all.fraction = fraction;
}

/// A list with one yes or no per message, or per answer. False: it has neither number.
bool spread(std::string_view name, const Json& list, std::vector<Message>& messages, bool& fraction) {
  const auto answers = static_cast<std::size_t>(
      std::count_if(messages.begin(), messages.end(), [](const Message& m) { return m.role == "assistant"; }));
  const bool per_message = list.size() == messages.size();
  if (!per_message && list.size() != answers) return false;
  std::size_t at = 0;
  for (Message& message : messages) {
    const bool is_answer = message.role == "assistant";
    if (!per_message && !is_answer) continue;
    const LearningMark mark = one_mark(name, std::string(name), list[at++]);
    if (mark.says == Says::unclear) return false;
    if (is_answer && mark.says == Says::leave) message.learnt = false;
    fraction = fraction || (is_answer && mark.fraction);
  }
  return true;
}

}  // namespace

LearningMark message_mark(const Json& message) {
  LearningMark all;
  for (const auto& [key, value] : message.items()) join(all, one_mark(lower_case(trimmed(key)), key, value));
  return all;
}

LearningMark row_mark(const Json& row, bool label_is_answer, std::vector<Message>& messages) {
  LearningMark all;
  for (const auto& [key, value] : row.items()) {
    const std::string name = lower_case(trimmed(key));
    if (name == "label" && !label_is_answer) {
      join(all, kto_label(key, value));
      continue;
    }
    LearningMark mark = one_mark(name, key, value);
    if (mark.says == Says::unclear && value.is_array()) {
      if (!among(spans, name) && spread(name, value, messages, all.fraction)) continue;
    } else if (mark.says == Says::unclear && !among(spans, name)) {
      continue;  // a column that happens to have the name
    }
    join(all, std::move(mark));
  }
  return all;
}

bool is_row_mark(std::string_view name, const Json& value, bool label_is_answer) {
  if (name == "label" && !label_is_answer) return kto_label("label", value).says != Says::nothing;
  const LearningMark mark = one_mark(name, std::string(name), value);
  return mark.says == Says::learn || mark.says == Says::leave || (mark.says == Says::unclear && value.is_array());
}

}  // namespace minnow
