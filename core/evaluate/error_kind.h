// Why one field of an answer is wrong: exactly one kind, by the first rule that fits. Knows fields by their kinds only.
//
// Rules, in this order ("wanted" is the label's value, "given" the answer's; both in Unicode NFC; a list's [] is nothing):
//   bad_json     the answer isn't a JSON object: all its fields (decided by judge())
//   none         given equals wanted
//   missing      no such key; or null or nothing but blanks while something was wanted
//   invented     nothing was wanted, something is given
//   choice, yes_no: invented when given is none of the field's values, else other
//   list: cut_short when given is wanted with items left out, too_long the other way round; invented when an item of
//                given is neither in wanted nor in the input; else other (another order, another piece of the input)
//   other        given is no string or number (a list, an object, true)
//   wrong_level  region fields: given is another region field's wanted value, or the full name of a unit known only at
//                a level that is neither the field's nor the wanted value's
//   suffix_form  region fields: the same unit in another form: equal once endings such as 省 市 区 县 自治州 are dropped
//   wrong_level  region fields: as above for short forms (云南 in a city field where the label's province is 云南省)
//   swapped      given is another field's wanted value
//   digit_slip   digits differ by one or two edits (Levenshtein), all else is the same; in phones and numbers what
//                stands between the digits doesn't count, elsewhere there must be as many groups of digits
//   cut_short    given is part of wanted: a piece of it, or at least half of it with pieces left out
//   too_long     wanted is part of given, likewise
//   invented     made up: nowhere in the input, and less than half of the longer one is common to given and wanted
//   other        everything else: the wrong piece of the input, a wrong character
// From digit_slip on blanks do not count and full-width digits are digits. Parts are compared by grapheme clusters.
#pragma once

#include <cstddef>
#include <string>

#include "core/io/json.h"
#include "core/types/evaluate_report.h"
#include "core/types/task.h"

namespace minnow {

class Gazetteer;

/// What a row's fields are judged by; refers to things that the caller keeps. Texts are in NFC.
struct ErrorContext {
  const Task& task;
  std::string input;
  const Json& wanted;              ///< object with all of the task's keys
  const Gazetteer* gazetteer = nullptr;
};

/// The kind of field `index` of the task, whose given value is `given` (null pointer: the key is absent).
FieldError error_kind(const ErrorContext& context, std::size_t index, const Json* given);

}  // namespace minnow
