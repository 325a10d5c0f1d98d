// Shares, not certainties: a column of dates may hold a typing error, which the audit finds later.
#include "core/data/column_facts.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>

#include "core/data/column_names.h"
#include "core/data/gazetteer.h"
#include "core/data/value_shape.h"
#include "core/text/unicode.h"

namespace minnow {
namespace {

constexpr double kMost = 0.9;         // of the values must have a shape
constexpr double kNearlyAll = 0.97;   // must stand in the text
constexpr std::size_t kMostChoices = 20;
constexpr std::size_t kMostCopiedChoices = 8;  // where they all stand in the text
constexpr std::int64_t kLeastRepeats = 4;   // of a choice, on average
constexpr std::int64_t kLeastRows = 8;      // to say what recurs
constexpr std::size_t kLongestChoice = 60;  // bytes
constexpr std::int64_t kLongestItem = 60;

/// Yes first.
constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kPairs{{{"是", "否"},
                                                                               {"有", "无"},
                                                                               {"对", "错"},
                                                                               {"需要", "不需要"},
                                                                               {"已", "未"},
                                                                               {"yes", "no"},
                                                                               {"Yes", "No"},
                                                                               {"YES", "NO"},
                                                                               {"y", "n"},
                                                                               {"Y", "N"},
                                                                               {"✓", "✗"},
                                                                               {"√", "×"}}};

bool is_truth(std::string_view text) {
  const std::string word = lower_case(text);
  return word == "true" || word == "false";
}

/// A phone number that is hardly another number: 11 digits from 1, or a sign between or before its digits.
bool is_surely_phone(std::string_view text) {
  return is_phone(text) && ((text.size() == 11 && text[0] == '1') || text.find_first_of("-+ ") != text.npos);
}

bool is_code(std::string_view text) {
  const auto fits = [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.' || c == '/'; };
  return text.size() <= 40 && std::all_of(text.begin(), text.end(), fits) && std::any_of(text.begin(), text.end(), is_ascii_digit);
}

/// "007": a number would lose its zeros.
bool has_leading_zero(std::string_view text) {
  return text.size() > 1 && text[0] == '0' && is_ascii_digit(text[1]);
}

}  // namespace

std::string key_of_column(std::string_view name) {
  name = trimmed(name);
  const bool ascii = std::all_of(name.begin(), name.end(), [](unsigned char c) { return c < 0x80; });
  if (!ascii) return std::string(name);
  std::string key;
  for (const char c : lower_case(name)) {
    const bool kept = is_ascii_digit(c) || (c >= 'a' && c <= 'z');
    if (kept) key += c;
    if (!kept && !key.empty() && key.back() != '_') key += '_';
  }
  while (key.ends_with('_')) key.pop_back();
  return key.empty() ? std::string(name) : key;
}

void ColumnFacts::add(const Json& value, const std::string& input) {
  const bool texts = value.is_array() && std::all_of(value.begin(), value.end(), [](const Json& v) { return v.is_string(); });
  const std::string shown = value.is_null() ? std::string() : shown_json(value);
  const std::string text(trimmed(shown));
  if (text.empty() || (texts && value.empty())) {
    arrays_ += texts;
    ++empty_;
    return;
  }
  ++filled_;
  arrays_ += texts;
  booleans_ += value.is_boolean() || (value.is_string() && is_truth(text));
  const auto tell = [](auto& counts, std::int64_t& untold, const std::string& one) {
    if (const auto found = counts.find(one); found != counts.end())
      ++found->second;
    else if (counts.size() < kMostTold)
      counts.emplace(one, 1);
    else
      ++untold;
  };
  tell(counts_, untold_, text);
  longest_ = std::max(longest_, text.size());
  const std::vector<std::string> items = texts ? value.get<std::vector<std::string>>() : list_items(text);
  cut_ += !texts && items.size() > 1;
  for (const std::string& item : items) {
    tell(items_, untold_items_, item);
    ++items_total_;
    items_in_input_ += input.find(item) != std::string::npos;
    longest_item_ = std::max(longest_item_, static_cast<std::int64_t>(item.size()));
  }
  numbers_ += value.is_number() || is_number(text);
  dates_ += is_date(text);
  phones_ += is_phone(text);
  surely_phones_ += is_surely_phone(text);
  leading_zeros_ += has_leading_zero(text);
  in_input_ += input.find(text) != std::string::npos;
  codes_ += is_code(text);
  const double number = std::strtod(text.c_str(), nullptr);
  rising_ = rising_ && (filled_ == 1 || number > last_number_);
  last_number_ = number;
  for (const RegionLevel level : {RegionLevel::province, RegionLevel::city, RegionLevel::district})
    regions_[static_cast<int>(level)] += !Gazetteer::china().find_any(level, text).empty();
}

bool ColumnFacts::holds(std::int64_t count, double share) const {
  return filled_ > 0 && static_cast<double>(count) >= share * static_cast<double>(filled_);
}

/// Whether the column's name has one of the words: whole ones of ASCII, anywhere of others.
bool ColumnFacts::is_called(std::initializer_list<std::string_view> words) const {
  const std::string name = "_" + key_of_column(name_) + "_";
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    const bool ascii = static_cast<unsigned char>(word[0]) < 0x80;
    return name.find(ascii ? "_" + std::string(word) + "_" : std::string(word)) != std::string::npos;
  });
}

std::vector<std::string> ColumnFacts::told() const {
  std::vector<std::string> values;
  for (const auto& [value, count] : counts_) values.push_back(value);
  std::stable_sort(values.begin(), values.end(),
                   [&](const auto& a, const auto& b) { return counts_.at(a) > counts_.at(b); });
  return values;
}

/// Arrays, or texts of which some are cut, into items that recur or that stand in the text to read.
bool ColumnFacts::is_list() const {
  if (arrays_ > 0) return arrays_ >= filled_;
  if (!holds(cut_, 0.15) || longest_item_ > kLongestItem || numbers_ > filled_ / 10 || dates_ > filled_ / 10)
    return false;
  const bool recur = untold_items_ == 0 && static_cast<std::int64_t>(items_.size()) * 3 <= items_total_;
  return recur || (items_in_input_ >= items_total_ * kNearlyAll && in_input_ * 10 < filled_ * 8);
}

bool ColumnFacts::is_choice() const {
  return untold_ == 0 && counts_.size() >= 2 && counts_.size() <= kMostChoices && filled_ >= kLeastRows &&
         filled_ >= kLeastRepeats * static_cast<std::int64_t>(counts_.size()) && longest_ <= kLongestChoice;
}

bool ColumnFacts::is_phone_column() const {
  if (!holds(phones_, kMost)) return false;
  return holds(surely_phones_, 0.6) || is_called({to_string(FieldKind::phone), "tel", "telephone", "mobile", "cell", "fax", "电话", "手机", "号码", "联系方式"});
}

FieldKind ColumnFacts::kind(std::vector<std::string>& values) const {
  if (filled_ == 0) return arrays_ > 0 ? FieldKind::list : FieldKind::text;
  if (booleans_ == filled_) {
    values = {"true", "false"};
    return FieldKind::yes_no;
  }
  for (const auto& [yes, no] : kPairs) {
    const bool only = std::all_of(counts_.begin(), counts_.end(), [&](const auto& one) { return one.first == yes || one.first == no; });
    if (!only || untold_ > 0) continue;
    values = {std::string(yes), std::string(no)};
    return FieldKind::yes_no;
  }
  if (is_list()) return FieldKind::list;
  if (is_phone_column()) return FieldKind::phone;
  if (holds(dates_, kMost)) return FieldKind::date;
  if (holds(numbers_, kMost) && leading_zeros_ == 0) return FieldKind::number;
  constexpr std::array places{FieldKind::province, FieldKind::city, FieldKind::district};
  for (std::size_t level = 0; level < places.size(); ++level) {
    if (holds(regions_[level], kMost)) return places[level];
  }
  const bool in_text = holds(in_input_, kNearlyAll);
  const bool person = trimmed(name_).ends_with("人") ||
                      is_called({"name", "person", "contact", "customer", "recipient", "姓名", "客户", "人员"});
  if (in_text && person && longest_ <= kLongestChoice) return FieldKind::person_name;
  // What is copied from the text is rarely a closed list: the next text has another one.
  if (is_choice() && (!in_text || counts_.size() <= kMostCopiedChoices)) {
    values = told();
    return FieldKind::choice;
  }
  return in_text ? FieldKind::verbatim : FieldKind::text;
}

bool ColumnFacts::is_serial() const {
  if (filled_ < kLeastRows || !holds(codes_, 1.0) || in_input_ * 20 > filled_) return false;
  if (holds(numbers_, 1.0)) return rising_;
  return !holds(dates_, kMost) && (untold_ > 0 || static_cast<std::int64_t>(counts_.size()) == filled_);
}

Field ColumnFacts::field() const {
  Field field;
  field.key = key_of_column(name_);
  if (field.key != trimmed(name_)) field.description = trimmed(name_);
  field.kind = kind(field.values);
  field.may_be_empty = empty_ > 0 || filled_ == 0;
  return field;
}

std::vector<std::string> ColumnFacts::examples() const {
  auto values = told();
  if (values.size() > 3) values.resize(3);
  return values;
}

}  // namespace minnow
