// Tables of names; add one here and every format understands it.
#include "core/data/column_names.h"

#include <algorithm>
#include <array>

namespace minnow {
namespace {

using Names = std::string_view;
constexpr std::array messages{Names("messages"), Names("conversations"), Names("conversation")};
constexpr std::array query{Names("query"),       Names("prompt"),   Names("input"),
                           Names("instruction"), Names("question"), Names("problem")};
constexpr std::array response{Names("response"), Names("answer"),     Names("output"),  Names("targets"),
                              Names("target"),   Names("answer_key"), Names("answers"), Names("solution"),
                              Names("text"),     Names("completion"), Names("content")};
constexpr std::array system_names{Names("system"), Names("system_prompt")};
constexpr std::array history{Names("history")};
constexpr std::array label{Names("label"), Names("expected")};
constexpr std::array input_ids{Names("input_ids")};
constexpr std::array ignored{Names("tools"),   Names("images"),  Names("videos"),           Names("audios"),
                             Names("objects"), Names("channel"), Names("rejected_response")};

constexpr std::array all_roles{ColumnRole::messages, ColumnRole::query, ColumnRole::response,  ColumnRole::system,
                               ColumnRole::history,  ColumnRole::label, ColumnRole::input_ids, ColumnRole::ignored};

}  // namespace

std::span<const std::string_view> names_of(ColumnRole role) {
  switch (role) {
    case ColumnRole::none:
      return {};
    case ColumnRole::messages:
      return messages;
    case ColumnRole::query:
      return query;
    case ColumnRole::response:
      return response;
    case ColumnRole::system:
      return system_names;
    case ColumnRole::history:
      return history;
    case ColumnRole::label:
      return label;
    case ColumnRole::input_ids:
      return input_ids;
    case ColumnRole::ignored:
      return ignored;
  }
  return {};
}

bool is_known_column(std::string_view lower_case_name) {
  return std::any_of(all_roles.begin(), all_roles.end(), [lower_case_name](ColumnRole role) {
    const auto names = names_of(role);
    return std::find(names.begin(), names.end(), lower_case_name) != names.end();
  });
}

std::string lower_case(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace minnow
