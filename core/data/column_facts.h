// What all values of one column (or of one key of the answers) have in common, and the kind of field that says so.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/io/json.h"
#include "core/types/task.h"

namespace minnow {

class ColumnFacts {
 public:
  explicit ColumnFacts(std::string name) : name_(std::move(name)) {}

  /// One row's value; null and blanks count as empty. `input`: the text that the row is about.
  void add(const Json& value, const std::string& input);

  const std::string& name() const { return name_; }
  bool empty() const { return filled_ == 0; }
  /// Key, kind, values and whether it may be empty; guess_task.h says how the kind is found.
  Field field() const;
  /// Numbers that count the rows up, or codes that differ in each row, and that stand nowhere in the text to read: no
  /// student can learn them.
  bool is_serial() const;
  std::vector<std::string> examples() const;  ///< up to three, the most frequent first

 private:
  static constexpr std::size_t kMostTold = 64;  ///< values that are told apart

  FieldKind kind(std::vector<std::string>& values) const;
  bool is_list() const;
  bool is_choice() const;
  bool is_phone_column() const;
  bool holds(std::int64_t count, double share) const;
  bool is_called(std::initializer_list<std::string_view> words) const;
  std::vector<std::string> told() const;

  std::string name_;
  std::map<std::string, std::int64_t> counts_, items_;  // the first kMostTold values and items
  std::int64_t filled_ = 0, empty_ = 0, untold_ = 0;
  std::int64_t booleans_ = 0, arrays_ = 0, cut_ = 0;  // true or false of JSON, its arrays, texts that separators cut
  std::int64_t items_total_ = 0, items_in_input_ = 0, untold_items_ = 0, longest_item_ = 0;
  std::int64_t numbers_ = 0, dates_ = 0, phones_ = 0, surely_phones_ = 0, leading_zeros_ = 0, in_input_ = 0;
  std::int64_t codes_ = 0;  // letters and digits of ASCII, a digit among them
  double last_number_ = 0.0;
  bool rising_ = true;
  std::int64_t regions_[3] = {0, 0, 0};
  std::size_t longest_ = 0;
};

/// "Repair Date" → "repair_date"; a name that isn't ASCII stays, without the blanks around it.
std::string key_of_column(std::string_view name);

}  // namespace minnow
