// The shape that a value of each field kind must have: phone numbers, numbers, dates, where full-width digits and signs
// count as their plain forms; and lists written in one line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace minnow {

/// A phone number as people in China write it: 11 digits in any grouping, the middle perhaps masked (138****0000); a landline of 7 or 8 digits, with or without
/// its area code (0…), perhaps an extension; 400 and 800 numbers; service numbers of 5 digits from 9, 1; +86 or another
/// country's + and 7 to 15 digits. No letters or Chinese characters but 转 and "ext" before an extension.
bool is_phone(std::string_view text);

/// A number: digits with an optional sign, thousands commas, decimals and percent sign, or Chinese numerals.
bool is_number(std::string_view text);

/// A day that the calendar has: 2026-11-23, 2026/11/23, 2026.11.23, 20261123, 2026年11月23日, 11月23日, 2026-11,
/// 2026年11月, 2026年; a time of day (12:30, 12:30:05) may follow a full date after a blank or T.
bool is_date(std::string_view text);

/// The items of a list that a cell or a person writes in one line: a JSON array of texts; else what stands between line
/// breaks, ;, 、 or |, whichever of them the text has first in this order; else between commas. Without blanks around
/// them and without empty ones.
std::vector<std::string> list_items(std::string_view text);

}  // namespace minnow
