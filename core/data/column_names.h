// The column names that instruction datasets use and what each means (the reference trainer's list, facts of
// ms-swift 3.5), and the small text helpers that comparing names takes.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace minnow {

/// What a column means to a row. `ignored` columns (tools, images, channel, …) are kept by nobody and hurt nobody.
enum class ColumnRole { none, messages, query, response, system, history, label, input_ids, ignored };

/// Names, lower case, that stand for a role; the first one is the role's own name.
std::span<const std::string_view> names_of(ColumnRole role);

/// Whether any role goes by this name (lower case).
bool is_known_column(std::string_view lower_case_name);

std::string lower_case(std::string_view text);    ///< ASCII letters only
std::string_view trimmed(std::string_view text);  ///< without ASCII blanks, tabs and line breaks at both ends

}  // namespace minnow
