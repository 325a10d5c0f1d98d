// What the commands about data share, on files (import, audit, split) and in a project: flags, and reports in words.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "app/cli/context.h"
#include "core/data/audit.h"
#include "core/data/import.h"
#include "core/data/split.h"

namespace minnow::cli {

inline constexpr std::size_t shown_problems = 20;  ///< per file, on stderr

/// How foreign files are read: --input-column … --field KEY=COLUMN, --separator, --encoding, --header; into `options`
/// while the command line is read.
void add_reading_options(CLI::App& command, ImportOptions& options);

/// What was guessed or passed over in reading a file, on stderr.
void tell_notes(const std::filesystem::path& file, const ImportReport& report);
/// What came of one file: set-aside lines and figures on stderr, or the figures as JSON on stdout.
void tell_import(const std::filesystem::path& file, const ImportReport& report, bool json);
/// "table, UTF-8, separated by tabs", "JSON Lines, UTF-8, messages".
std::string format_text(const FileFormat& format, RowShape shape);

/// The parts that a command line asks for: --validation, --test (a count or a share), --train, --seed, --similarity.
struct SplitFlags {
  std::string validation = "0.1", test = "0.1";
  SplitOptions options;
  double similarity = 0.8;
  /// Reads the two parts into options. Throws Error(usage) naming flag and text.
  void read_parts();
};
void add_split_options(CLI::App& command, SplitFlags& flags);

/// "1600 train, 200 validation, 200 test".
std::string split_text(std::int64_t train, std::int64_t validation, std::int64_t test);

/// Rows with problems as they come: up to `shown` for people, all of them as JSON lines, one a row.
class AuditPrinter {
 public:
  AuditPrinter(std::int64_t shown, bool json) : shown_(shown), json_(json) {}
  void show(const AuditedRow& audited);
  void end() const;  ///< says that there were more

 private:
  std::int64_t shown_, count_ = 0;
  bool json_;
};
/// Figures of an audit: counts per problem.
void show_audit_counts(const AuditReport& report, std::int64_t set_aside, bool json);

}  // namespace minnow::cli
