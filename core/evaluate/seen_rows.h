// Whether a test is one: rows that a run was given to learn from say nothing about unseen ones.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <vector>

#include "core/types/message.h"

namespace minnow {

/// How many of `rows` ask what a row of `dataset` asks, the files that a run was given (TrainOptions::dataset). A file
/// that is gone or can't be read counts for nothing. A question is all that stands before the answer but the system
/// prompt. One file is in memory at a time.
std::int64_t seen_rows(const std::vector<Conversation>& rows, const std::vector<std::filesystem::path>& dataset,
                       std::stop_token stop = {});

}  // namespace minnow
