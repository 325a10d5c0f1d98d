// The recorded demo run and its report (tests/recorded), for tests of widgets.
#pragma once

#include <QWidget>
#include <filesystem>

#include "core/evaluate/report_file.h"
#include "core/train/run_record.h"

namespace minnow::recorded {

inline std::filesystem::path folder() { return std::filesystem::path(MINNOW_SOURCE_DIR) / "tests/recorded/v0-demo"; }
inline RunRecord run() { return read_run(folder()); }
inline EvaluateReport report() { return read_report(folder() / "report.json"); }

/// Pictures for the eye: with MINNOW_PICTURES set to a folder, the widget is saved there.
inline void picture(QWidget& widget, const QString& name) {
  const QString folder = qEnvironmentVariable("MINNOW_PICTURES");
  if (!folder.isEmpty()) widget.grab().save(folder + QLatin1Char('/') + name + QStringLiteral(".png"));
}

}  // namespace minnow::recorded
