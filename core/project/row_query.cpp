// A row that fails in one facet only still counts in that facet: so each facet shows what choosing another of its
// values would give.
#include "core/project/row_query.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "core/data/column_names.h"
#include "core/io/json.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr std::size_t listed_values = 2000;  // of a facet; a field full of garbage must not fill the memory
constexpr std::size_t order_bytes = 24;
constexpr std::size_t most_facets = 4;  // of fields: there is one line for them

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : lower_case(text) + " ") {
    if (c != ' ') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  return words;
}

/// The values of an object's own keys as texts, without a tree; a list's items each on a line.
class Values final : public JsonHandler {
 public:
  explicit Values(std::unordered_map<std::string, std::string>& to) : to_(to) {}
  void on_string(std::string& value) override {
    if (depth_ == 1) to_[key_] = std::move(value);
    if (depth_ == 2 && listed_++ > 0) to_[key_] += "\n";
    if (depth_ == 2) to_[key_] += value;
  }
  void on_boolean(bool value) override { on_plain(value ? "true" : "false"); }
  void on_integer(std::int64_t value) override { on_plain(std::to_string(value)); }
  void on_unsigned(std::uint64_t value) override { on_plain(std::to_string(value)); }
  void on_float(double value) override { on_plain(dump_json(value)); }
  void on_key(std::string& key) override {
    if (depth_ == 1) key_ = std::move(key);
  }
  void on_start_object() override { ++depth_; }
  void on_end_object() override { --depth_; }
  void on_start_array() override {
    if (++depth_ == 2) to_[key_].clear();
    listed_ = 0;
  }
  void on_end_array() override { --depth_; }

 private:
  void on_plain(std::string value) {
    if (depth_ == 1) to_[key_] = std::move(value);
  }

  std::unordered_map<std::string, std::string>& to_;
  std::string key_;
  int depth_ = 0, listed_ = 0;
};

struct Counter {
  std::unordered_map<std::string, std::int64_t> rows;
  std::int64_t other = 0;

  void add(const std::string& value) {
    const auto found = rows.find(value);
    if (found != rows.end()) {
      ++found->second;
    } else if (rows.size() < listed_values) {
      rows.emplace(value, 1);
    } else {
      ++other;
    }
  }
};

/// What a row is ordered by, so that bytes compare as the order wants.
struct Key {
  std::array<unsigned char, order_bytes> bytes{};
  std::uint32_t position = 0;
};

void set_number(Key& key, double value) {
  auto bits = std::bit_cast<std::uint64_t>(value);
  bits = (bits >> 63) != 0 ? ~bits : bits | (std::uint64_t{1} << 63);  // IEEE 754: then the order is that of integers
  for (int i = 0; i < 8; ++i) key.bytes[static_cast<std::size_t>(i)] = static_cast<unsigned char>(bits >> (56 - 8 * i));
}

/// One query; members are what its parts share.
class Query {
 public:
  Query(const RowSource& rows, const Task& task, const RowQuery& query, const PositionSink& found)
      : rows_(rows), query_(query), found_(found), words_(words_of(query.text)) {
    for (const Field& field : task.fields) {
      const bool few_values = field.kind == FieldKind::province || field.kind == FieldKind::city ||
                              field.kind == FieldKind::choice || field.kind == FieldKind::yes_no;
      if (few_values && facet_fields_.size() < most_facets) facet_fields_.push_back(field.key);
    }
    for (const auto& [key, values] : query.values) {
      if (!values.empty() && std::find(facet_fields_.begin(), facet_fields_.end(), key) == facet_fields_.end()) {
        facet_fields_.push_back(key);
      }
    }
    field_counts_.resize(facet_fields_.size());
    needs_values_ = !facet_fields_.empty() || query.order == RowOrder::field;
  }

  RowQueryResult operator()(const ProgressSink& progress, const std::stop_token& stop) {
    const std::int64_t count = rows_.count();
    for (std::int64_t first = 0;; first += kRowsPerPage) {
      if (stop.stop_requested()) {
        result_.stopped = true;
        break;
      }
      if (progress && first % (kRowsPerPage * 8) == 0) progress({"searching rows", "rows", first, count});
      const std::vector<Row> page = rows_.rows(first, kRowsPerPage);
      for (std::size_t i = 0; i < page.size(); ++i)
        look_at(page[i], static_cast<std::uint32_t>(first) + static_cast<std::uint32_t>(i));
      hand_on();
      result_.total += static_cast<std::int64_t>(page.size());
      if (static_cast<std::int64_t>(page.size()) < kRowsPerPage) break;
    }
    if (query_.order != RowOrder::position || query_.descending) hand_on_sorted();
    make_facets();
    return std::move(result_);
  }

 private:
  /// Keys don't count: every label has them.
  bool has_words(const Row& row) {
    std::string input, values;
    for (const std::string& word : words_) {
      if (input.empty()) input = lower_case(row.input);
      if (input.find(word) != std::string::npos) continue;
      if (values.empty()) values = lower_case(values_text(row));
      if (values.find(word) == std::string::npos) return false;
    }
    return true;
  }

  std::string values_text(const Row& row) {
    read_values(row);
    if (values_.empty()) return row.label;
    std::string text;
    for (const auto& [key, value] : values_) text += value + "\n";
    return text;
  }

  bool has_problem(const Row& row) const {
    if (query_.problems.empty()) return true;
    if (row.problems.empty()) return query_.problems.contains("");
    return std::any_of(row.problems.begin(), row.problems.end(),
                       [&](const Problem& problem) { return query_.problems.contains(problem.code); });
  }

  void read_values(const Row& row) {
    if (std::exchange(values_read_, true)) return;
    values_.clear();
    if (row.label.empty()) return;
    Values handler(values_);
    try {
      parse_json_events(row.label, "label", {}, handler);
    } catch (const Error&) {
      // what could be read up to there counts; the audit says what is wrong with the rest
    }
  }

  const std::string& value_of(const std::string& key) const {
    static const std::string none;
    const auto found = values_.find(key);
    return found == values_.end() ? none : found->second;
  }

  void look_at(const Row& row, std::uint32_t position) {
    values_read_ = false;
    if (!has_words(row)) return;
    if (needs_values_) read_values(row);
    constexpr int state = 0, split = 1, problem = 2, fields = 3;
    int failing = -1, fails = 0;
    const auto hold = [&](int facet, bool holds) {
      if (holds) return;
      failing = facet;
      ++fails;
    };
    hold(state, query_.states.empty() || query_.states.contains(row.state));
    hold(split, query_.splits.empty() || query_.splits.contains(row.split));
    hold(problem, has_problem(row));
    for (std::size_t i = 0; i < facet_fields_.size(); ++i) {
      const auto wanted = query_.values.find(facet_fields_[i]);
      const bool free = wanted == query_.values.end() || wanted->second.empty();
      hold(fields + static_cast<int>(i), free || wanted->second.contains(value_of(facet_fields_[i])));
    }
    if (fails > 1) return;
    const auto counts_in = [&](int facet) { return fails == 0 || failing == facet; };
    if (counts_in(state)) ++state_counts_[static_cast<std::size_t>(row.state)];
    if (counts_in(split)) ++split_counts_[static_cast<std::size_t>(row.split)];
    if (counts_in(problem)) count_problems(row);
    for (std::size_t i = 0; i < facet_fields_.size(); ++i) {
      if (counts_in(fields + static_cast<int>(i))) field_counts_[i].add(value_of(facet_fields_[i]));
    }
    if (fails == 0) take(row, position);
  }

  void count_problems(const Row& row) {
    std::set<std::string_view> seen;
    for (const Problem& problem : row.problems) {
      if (seen.insert(problem.code).second) problem_counts_.add(problem.code);
    }
    if (row.problems.empty()) problem_counts_.add("");
  }

  void take(const Row& row, std::uint32_t position) {
    ++result_.matches;
    if (query_.order == RowOrder::position && !query_.descending) {
      page_.push_back(position);
      return;
    }
    Key key;
    key.position = position;
    const auto set_text = [&key](const std::string& text) {
      std::memcpy(key.bytes.data(), text.data(), std::min(text.size(), order_bytes));
    };
    switch (query_.order) {
      case RowOrder::position:
        set_number(key, position);
        break;
      case RowOrder::input:
        set_text(row.input);
        break;
      case RowOrder::state:
        set_number(key, static_cast<double>(row.state));
        break;
      case RowOrder::split:
        set_number(key, static_cast<double>(row.split));
        break;
      case RowOrder::problems:
        set_number(key, static_cast<double>(row.problems.size()));
        break;
      case RowOrder::confidence:
        set_number(key, row.confidence);
        break;
      case RowOrder::field:
        set_text(value_of(query_.order_field));
        break;
    }
    keys_.push_back(key);
  }

  void hand_on() {
    if (!page_.empty()) found_(page_);
    page_.clear();
  }

  void hand_on_sorted() {
    std::sort(keys_.begin(), keys_.end(), [this](const Key& a, const Key& b) {
      if (a.bytes != b.bytes) return query_.descending ? b.bytes < a.bytes : a.bytes < b.bytes;
      return a.position < b.position;
    });
    for (const Key& key : keys_) page_.push_back(key.position);
    hand_on();
  }

  static Facet listed(std::string name, bool is_field, const Counter& counter) {
    Facet facet{std::move(name), is_field, {}, counter.other};
    for (const auto& [value, rows] : counter.rows) facet.values.push_back({value, rows});
    std::sort(facet.values.begin(), facet.values.end(), [](const FacetValue& a, const FacetValue& b) {
      return a.rows != b.rows ? a.rows > b.rows : a.value < b.value;
    });
    return facet;
  }

  void make_facets() {
    Facet states{"state", false, {}, 0}, splits{"split", false, {}, 0};
    for (std::size_t i = 0; i < state_counts_.size(); ++i) {
      states.values.push_back({to_string(static_cast<RowState>(i)), state_counts_[i]});
      splits.values.push_back({to_string(static_cast<Split>(i)), split_counts_[i]});
    }
    result_.facets = {std::move(states), std::move(splits), listed("problem", false, problem_counts_)};
    for (std::size_t i = 0; i < facet_fields_.size(); ++i) {
      result_.facets.push_back(listed(facet_fields_[i], true, field_counts_[i]));
    }
  }

  const RowSource& rows_;
  const RowQuery& query_;
  const PositionSink& found_;
  const std::vector<std::string> words_;
  std::vector<std::string> facet_fields_;
  bool needs_values_ = false, values_read_ = false;
  std::unordered_map<std::string, std::string> values_;  // of the row that is looked at
  std::array<std::int64_t, 4> state_counts_{}, split_counts_{};
  Counter problem_counts_;
  std::vector<Counter> field_counts_;
  std::vector<std::uint32_t> page_;
  std::vector<Key> keys_;
  RowQueryResult result_;
};

}  // namespace

RowQueryResult query_rows(const RowSource& rows, const Task& task, const RowQuery& query, const PositionSink& found,
                          const ProgressSink& progress, std::stop_token stop) {
  return Query(rows, task, query, found)(progress, stop);
}

}  // namespace minnow
