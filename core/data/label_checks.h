// One answer held against the task and the input it was given for: what an import, a teacher's answer and an edit are
// all audited by. Fields are known by their kinds, never by their keys.
#pragma once

#include <string>
#include <vector>

#include "core/data/gazetteer.h"
#include "core/types/row.h"
#include "core/types/task.h"

namespace minnow {

/// Codes of the problems that one row can have by itself; the `code` of Problem.
namespace problem_code {
inline constexpr const char* empty_input = "empty_input";      ///< there is no text to read
inline constexpr const char* invalid_json = "invalid_json";    ///< the label isn't JSON
inline constexpr const char* not_an_object = "not_an_object";  ///< the label is JSON, but not an object
inline constexpr const char* python_literal = "python_literal";      ///< the label is a Python dict
inline constexpr const char* code_fence = "code_fence";              ///< its JSON stands in a Markdown fence
inline constexpr const char* text_around_json = "text_around_json";  ///< words stand before or after its JSON
inline constexpr const char* end_token = "end_token";                ///< a control token stands behind its JSON
inline constexpr const char* json_in_string = "json_in_string";      ///< its JSON is a string in JSON
inline constexpr const char* control_token = "control_token";        ///< input, prompt or label hold one as text
inline constexpr const char* duplicate_key = "duplicate_key";  ///< a key stands in the label twice
inline constexpr const char* missing_key = "missing_key";
inline constexpr const char* extra_key = "extra_key";
inline constexpr const char* wrong_type = "wrong_type";    ///< a value that isn't text (numbers may be numbers)
inline constexpr const char* empty_value = "empty_value";  ///< "" in a field that may not be empty
inline constexpr const char* value_not_in_input = "value_not_in_input";  ///< of a field whose value is copied
inline constexpr const char* damaged_number = "damaged_number";  ///< a spreadsheet made something else of it
inline constexpr const char* phone_shape = "phone_shape";
inline constexpr const char* number_shape = "number_shape";
inline constexpr const char* date_shape = "date_shape";
inline constexpr const char* not_a_choice = "not_a_choice";  ///< none of the values that the field's task names
inline constexpr const char* unknown_region = "unknown_region";  ///< no province, city or district of that name
inline constexpr const char* region_chain = "region_chain";      ///< they exist, but not within one another
}  // namespace problem_code

/// Everything that is wrong with a label; empty when nothing is. `regions` may be null: then place names aren't
/// checked. Whether a field's value must stand in the input word for word follows from its kind: verbatim text, person
/// names and phone numbers must (look-alike characters count as equal), and not as a piece of a longer number. A list's
/// items are each checked. Any thread.
std::vector<Problem> check_label(const std::string& input, const std::string& label, const Task& task,
                                 const Gazetteer* regions = &Gazetteer::china());

/// Province, city and district by full or short name; "" means not stated. Empty result: they can stand together.
/// `wrong` is 0, 1 or 2 for the one that is at fault.
struct RegionFault {
  std::string code, sentence;
  int wrong = 0;
};
std::vector<RegionFault> check_regions(const Gazetteer& regions, const std::string& province, const std::string& city,
                                       const std::string& district);

}  // namespace minnow
