// The rules of error_kind.h, one small predicate each, tried in their order.
#include "core/evaluate/error_kind.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "core/data/gazetteer.h"
#include "core/text/graphemes.h"

namespace minnow {
namespace {

std::optional<RegionLevel> region_level(FieldKind kind) {
  switch (kind) {
    case FieldKind::province: return RegionLevel::province;
    case FieldKind::city: return RegionLevel::city;
    case FieldKind::district: return RegionLevel::district;
    default: return std::nullopt;
  }
}

constexpr std::array kLevels{RegionLevel::province, RegionLevel::city, RegionLevel::district};

bool is_blank_cluster(std::string_view cluster) {
  static const std::set<std::string_view> blanks{" ",      "\t",     "\n",     "\r",     "\r\n",   "\v",
                                                 "\f",     "\u00A0", "\u3000", "\u2002", "\u2003", "\u2009",
                                                 "\u200B", "\uFEFF"};
  return blanks.contains(cluster);
}

// '0'..'9' for a digit, ASCII or full-width (U+FF10 to U+FF19); 0 for anything else.
char digit_of(std::string_view cluster) {
  if (cluster.size() == 1 && cluster[0] >= '0' && cluster[0] <= '9') return cluster[0];
  if (cluster.size() == 3 && cluster.substr(0, 2) == "\xEF\xBC") {
    const auto last = static_cast<unsigned char>(cluster[2]);
    if (last >= 0x90 && last <= 0x99) return static_cast<char>('0' + (last - 0x90));
  }
  return 0;
}

// The clusters of a text that aren't blanks, digits as ASCII.
std::vector<std::string_view> letters_of(std::string_view text) {
  static constexpr std::string_view digits = "0123456789";
  auto clusters = graphemes(text);
  std::erase_if(clusters, is_blank_cluster);
  for (auto& cluster : clusters) {
    if (const char digit = digit_of(cluster)) cluster = digits.substr(static_cast<std::size_t>(digit - '0'), 1);
  }
  return clusters;
}

std::string without_blanks(std::string_view text) {
  std::string kept;
  for (const auto cluster : letters_of(text)) kept += cluster;
  return kept;
}

// A value as its digits and as what is left, each group of digits standing there as one '#'.
struct Digits {
  std::string digits, rest;
};

Digits split_digits(std::string_view text) {
  Digits parts;
  for (const auto cluster : letters_of(text)) {
    if (const char digit = digit_of(cluster)) {
      parts.digits += digit;
      if (parts.rest.empty() || parts.rest.back() != '#') parts.rest += '#';
    } else {
      parts.rest += cluster;
    }
  }
  return parts;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

// Length of the longest common subsequence, in clusters.
std::size_t common_length(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) {
  std::vector<std::size_t> row(b.size() + 1, 0);
  for (const auto& cluster : a) {
    std::size_t diagonal = 0;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = cluster == b[j - 1] ? diagonal + 1 : std::max(row[j], row[j - 1]);
      diagonal = above;
    }
  }
  return row[b.size()];
}

// Answers can be a whole page: beyond this many clusters only whole pieces are looked for.
constexpr std::size_t kLongValue = 2000;

std::size_t common_of(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) {
  return a.size() > kLongValue || b.size() > kLongValue ? 0 : common_length(a, b);
}

// `part` is a piece of `whole`, or at least half of it with pieces left out; shorter in any case.
bool is_part(const std::vector<std::string_view>& part, const std::vector<std::string_view>& whole) {
  if (part.empty() || part.size() >= whole.size()) return false;
  if (std::search(whole.begin(), whole.end(), part.begin(), part.end()) != whole.end()) return true;
  return 2 * part.size() >= whole.size() && common_of(part, whole) == part.size();
}

std::string text_or_nothing(const Json& value) { return value.is_null() ? std::string() : shown_json(value); }

bool is_blank_value(const Json& value, FieldKind kind) {
  return value.is_null() || (kind == FieldKind::list && value.is_array() && value.empty()) || (value.is_string() && letters_of(value.get_ref<const std::string&>()).empty());
}

// One region's spellings: the name itself and its short forms at the levels given.
std::set<std::string> forms_of(const std::string& name, RegionLevel level) {
  std::set<std::string> forms{name};
  for (auto& form : short_forms(name, level)) forms.insert(std::move(form));
  return forms;
}

bool share_a_form(const std::string& a, RegionLevel level_a, const std::string& b, RegionLevel level_b) {
  const auto forms = forms_of(a, level_a);
  const auto others = forms_of(b, level_b);
  return std::any_of(others.begin(), others.end(), [&](const std::string& form) { return forms.contains(form); });
}

// The rules about regions, for one field whose kind is a region level.
class RegionRules {
 public:
  RegionRules(const ErrorContext& context, std::size_t index, RegionLevel level, const std::string& wanted,
              const std::string& given)
      : context_(context), index_(index), level_(level), wanted_(wanted), given_(given) {}

  std::optional<FieldError> kind() const {
    if (is_other_levels_value(false) || is_known_elsewhere(false)) return FieldError::wrong_level;
    if (share_a_form(given_, level_, wanted_, level_)) return FieldError::suffix_form;
    if (is_other_levels_value(true) || is_known_elsewhere(true)) return FieldError::wrong_level;
    return std::nullopt;
  }

 private:
  // Given is what the label wants in a region field of another level.
  bool is_other_levels_value(bool any_form) const {
    for (std::size_t i = 0; i < context_.task.fields.size(); ++i) {
      const auto level = region_level(context_.task.fields[i].kind);
      if (i == index_ || !level || *level == level_) continue;
      const std::string value = text_or_nothing(context_.wanted.at(context_.task.fields[i].key));
      if (value.empty() || value == wanted_) continue;
      if (any_form ? share_a_form(given_, *level, value, *level) : given_ == value) return true;
    }
    return false;
  }

  // Given is a unit of another level, and of neither the field's own nor the level that the wanted value has.
  bool is_known_elsewhere(bool any_form) const {
    if (!context_.gazetteer || known(given_, level_, any_form)) return false;
    const bool elsewhere = std::any_of(kLevels.begin(), kLevels.end(),
                                       [&](RegionLevel level) { return known(given_, level, any_form); });
    return elsewhere && std::none_of(kLevels.begin(), kLevels.end(), [&](RegionLevel level) {
             return known(wanted_, level, false) && known(given_, level, any_form);
           });
  }

  bool known(const std::string& name, RegionLevel level, bool any_form) const {
    const Gazetteer& gazetteer = *context_.gazetteer;
    return !(any_form ? gazetteer.find_any(level, name) : gazetteer.find(level, name)).empty();
  }

  const ErrorContext& context_;
  std::size_t index_;
  RegionLevel level_;
  const std::string& wanted_;
  const std::string& given_;
};

bool is_swapped(const ErrorContext& context, std::size_t index, const std::string& wanted, const std::string& given) {
  for (std::size_t i = 0; i < context.task.fields.size(); ++i) {
    if (i == index) continue;
    const std::string value = text_or_nothing(context.wanted.at(context.task.fields[i].key));
    if (!value.empty() && value == given && value != wanted) return true;
  }
  return false;
}

bool is_digit_slip(FieldKind kind, const std::string& wanted, const std::string& given) {
  const Digits a = split_digits(wanted), b = split_digits(given);
  const bool separators_count = kind != FieldKind::phone && kind != FieldKind::number;
  if (a.digits.empty() || b.digits.empty() || (separators_count && a.rest != b.rest)) return false;
  if (a.digits.size() > kLongValue || b.digits.size() > kLongValue) return false;
  const std::size_t edits = edit_distance(a.digits, b.digits);
  return edits == 1 || edits == 2;
}

bool in_input(const ErrorContext& context, const std::string& given) {
  return without_blanks(context.input).find(without_blanks(given)) != std::string::npos;
}

// `part` is `whole` with items left out.
bool has_items_left_out(const Json& part, const Json& whole) {
  auto at = whole.begin();
  for (const Json& item : part) {
    at = std::find(at, whole.end(), item);
    if (at == whole.end()) return false;
    ++at;
  }
  return part.size() < whole.size();
}

FieldError list_error(const ErrorContext& context, const Json& wanted, const Json& given) {
  if (has_items_left_out(given, wanted)) return FieldError::cut_short;
  if (has_items_left_out(wanted, given)) return FieldError::too_long;
  const bool made_up = std::any_of(given.begin(), given.end(), [&](const Json& item) {
    return std::find(wanted.begin(), wanted.end(), item) == wanted.end() && !in_input(context, shown_json(item));
  });
  return made_up ? FieldError::invented : FieldError::other;
}

FieldError choice_error(const Field& field, const Json& given) {
  const auto values = allowed_values(field);
  const bool known = std::find(values.begin(), values.end(), shown_json(given)) != values.end();
  return known && given.is_boolean() == is_boolean(field) ? FieldError::other : FieldError::invented;
}

}  // namespace

FieldError error_kind(const ErrorContext& context, std::size_t index, const Json* given_value) {
  const Field& field = context.task.fields[index];
  const Json& wanted_value = context.wanted.at(field.key);
  const bool nothing_wanted = is_blank_value(wanted_value, field.kind);
  if (!given_value) return FieldError::missing;
  if (*given_value == wanted_value) return FieldError::none;
  if (is_blank_value(*given_value, field.kind)) return nothing_wanted ? FieldError::other : FieldError::missing;
  if (nothing_wanted) return FieldError::invented;
  if (field.kind == FieldKind::choice || field.kind == FieldKind::yes_no) return choice_error(field, *given_value);
  if (wanted_value.is_array() && given_value->is_array()) return list_error(context, wanted_value, *given_value);
  if (wanted_value.is_array() || (!given_value->is_string() && !given_value->is_number())) return FieldError::other;

  const std::string wanted = text_or_nothing(wanted_value), given = text_or_nothing(*given_value);
  if (const auto level = region_level(field.kind)) {
    if (const auto kind = RegionRules(context, index, *level, wanted, given).kind()) return *kind;
  }
  if (is_swapped(context, index, wanted, given)) return FieldError::swapped;
  if (is_digit_slip(field.kind, wanted, given)) return FieldError::digit_slip;
  const auto wanted_letters = letters_of(wanted), given_letters = letters_of(given);
  if (is_part(given_letters, wanted_letters)) return FieldError::cut_short;
  if (is_part(wanted_letters, given_letters)) return FieldError::too_long;
  const std::size_t common = common_of(given_letters, wanted_letters);
  if (!in_input(context, given) && 2 * common < std::max(wanted_letters.size(), given_letters.size())) return FieldError::invented;
  return FieldError::other;
}

}  // namespace minnow
