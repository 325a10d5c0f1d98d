// The names that tools give to those who speak in a conversation, and what each means here.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace minnow {

/// user, assistant, system, tool, tool_call or tool_response; nothing for a name that isn't known. Case, blanks around
/// it and a colon behind it don't count.
std::optional<std::string> standard_role(std::string_view name);

/// Whether prompts have a place for the (standard) role: user, assistant, system.
bool is_prompt_role(std::string_view role);

}  // namespace minnow
