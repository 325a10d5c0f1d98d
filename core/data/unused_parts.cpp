// Counting and saying.
#include "core/data/unused_parts.h"

#include <algorithm>
#include <array>

namespace minnow {
namespace {

constexpr std::size_t most_kept = 200;  // phrases; a file whose keys are data has as many as rows
constexpr std::size_t most_said = 8;

using PartName = std::string_view;
constexpr std::array bookkeeping{
    PartName("id"),      PartName("_id"),         PartName("idx"),        PartName("index"),      PartName("uuid"),
    PartName("row"),     PartName("line"),        PartName("source"),     PartName("data_source"), PartName("dataset"),
    PartName("split"),   PartName("state"),       PartName("problems"),   PartName("provenance"), PartName("confidence"),
    PartName("channel"), PartName("meta"),        PartName("metadata"),   PartName("timestamp"),  PartName("created"),
    PartName("created_at"),  PartName("updated_at"), PartName("lang"),       PartName("language"),
    PartName("__index_level_0__")};

}  // namespace

void UnusedParts::add_row(const std::vector<std::string>& parts) {
  for (const std::string& part : parts) {
    if (rows_.size() < most_kept || rows_.count(part) > 0)
      ++rows_[part];
    else
      ++rows_["others"];
  }
}

std::string UnusedParts::sentence(const std::string& where) const {
  if (rows_.empty()) return {};
  std::vector<std::pair<std::string, std::int64_t>> parts(rows_.begin(), rows_.end());
  std::stable_sort(parts.begin(), parts.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string text = where + "read as neither question, prompt nor answer, and so not used: ";
  for (std::size_t i = 0; i < std::min(parts.size(), most_said); ++i) {
    text += (i > 0 ? ", " : "") + parts[i].first + " (" + std::to_string(parts[i].second) +
            (parts[i].second == 1 ? " row)" : " rows)");
  }
  return parts.size() > most_said ? text + " and " + std::to_string(parts.size() - most_said) + " more" : text;
}

bool could_be_meant(std::string_view name, const Json& value) {
  if (value.is_null() || value.is_boolean() || value.is_number()) return false;
  if (value.is_string() ? value.get_ref<const std::string&>().empty() : value.empty()) return false;
  return std::find(bookkeeping.begin(), bookkeeping.end(), name) == bookkeeping.end();
}

}  // namespace minnow
