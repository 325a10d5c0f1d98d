// A written model opened again and tested: does it answer as the model and adapter that it came from? Torch-free
// header.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/types/message.h"
#include "core/types/progress.h"
#include "core/types/task.h"

namespace minnow {

struct ExportCheckOptions {
  std::filesystem::path model, adapter;                  ///< where it came from
  std::filesystem::path written_model;                   ///< what is tested: a merged folder, or `model` again
  std::optional<std::filesystem::path> written_adapter;  ///< an exported adapter on it
  std::string dtype = "auto", device = "auto";
  std::optional<TemplateChoice> chat_template;           ///< of the source; nothing: as recorded
  Task task;
  std::vector<Conversation> rows;  ///< with the wanted answer as last message
};

struct ExportCheck {
  bool stopped = false;  ///< the figures are of the rows answered by both sides
  std::int64_t rows = 0;
  std::int64_t agreeing = 0;                         ///< the same text from both
  std::int64_t exact_source = 0, exact_written = 0;  ///< wholly right answers
  /// Merged weights are rounded once, so single tokens may flip where two were equally likely: at least 95 % of the
  /// rows agree, and the score is at most one row or 1 % lower.
  bool passed() const {
    const std::int64_t slack = rows / 100 > 1 ? rows / 100 : 1;
    return !stopped && rows > 0 && agreeing * 100 >= rows * 95 && exact_written + slack >= exact_source;
  }
};

/// Opens one after the other, greedy. Blocks. Throws Error(data) without rows, and as opening and decoding do.
ExportCheck check_export(const ExportCheckOptions& options, const ProgressSink& progress = {},
                         std::stop_token stop = {});

}  // namespace minnow
