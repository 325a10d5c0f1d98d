// Made-up tasks for measuring recipe auto: rows with right labels, equal for equal seeds.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/types/message.h"

namespace minnow {

/// "deliveries" (six fields, as the demo has them), "tickets" (three fields of a repair ticket) and "invoices" (four,
/// with a number, a date that is written anew and an amount).
inline constexpr const char* auto_task_names[] = {"deliveries", "tickets", "invoices"};

/// `count` rows whose inputs are pairwise different: system, user, assistant. Throws Error(usage) on another name.
std::vector<Conversation> auto_task_rows(const std::string& name, std::int64_t count, std::uint64_t seed);

}  // namespace minnow
