// The recorded demo run and its report (tests/recorded), for tests of widgets.
#pragma once

#include <filesystem>

#include "core/evaluate/report_file.h"
#include "core/train/run_record.h"

namespace minnow::recorded {

inline std::filesystem::path folder() { return std::filesystem::path(MINNOW_SOURCE_DIR) / "tests/recorded/v0-demo"; }
inline RunRecord run() { return read_run(folder()); }
inline EvaluateReport report() { return read_report(folder() / "report.json"); }

}  // namespace minnow::recorded
