// Flags and words of the commands about data.
#include "app/cli/data_options.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/types/error.h"

namespace minnow::cli {
namespace {

/// "key=column" pairs.
void read_fields(const std::vector<std::string>& pairs, ColumnMapping& mapping) {
  for (const std::string& pair : pairs) {
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw Error(ErrorKind::usage, "--field wants KEY=COLUMN, this is '" + pair + "'", pair);
    }
    mapping.fields.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
  }
}

char separator_of(const std::string& text) {
  if (text == "comma") return ',';
  if (text == "tab" || text == "\\t") return '\t';
  if (text == "semicolon") return ';';
  if (text == "bar") return '|';
  if (text.size() == 1 && text != "\"" && text != "\n") return text[0];
  throw Error(ErrorKind::usage,
              "--separator wants one character, or comma, tab, semicolon or bar; this is '" + text + "'", "--separator");
}

Encoding encoding_of(const std::string& text) {
  if (const auto encoding = encoding_from(text)) return *encoding;
  throw Error(ErrorKind::usage,
              "--encoding knows UTF-8, UTF-16LE, UTF-16BE, UTF-32LE, UTF-32BE, GB18030, Big5 and Windows-1252; this is '" +
                  text + "'",
              "--encoding");
}

bool yes_or_no(const char* flag, const std::string& text) {
  if (text == "yes" || text == "true") return true;
  if (text == "no" || text == "false") return false;
  throw Error(ErrorKind::usage, std::string(flag) + " wants yes or no, this is '" + text + "'", flag);
}

/// "200" is a count, "0.1" and "10%" are shares.
SplitPart part_of(const std::string& flag, const std::string& text) {
  const bool percent = text.ends_with('%');
  const std::string digits = percent ? text.substr(0, text.size() - 1) : text;
  double value = -1.0;
  const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool whole = digits.find('.') == std::string::npos;
  if (code != std::errc() || end != digits.data() + digits.size() || !std::isfinite(value) || value < 0.0 ||
      value > 1e12) {
    throw Error(ErrorKind::usage, flag + " wants a count (200) or a share (0.1, 10%), this is '" + text + "'", flag);
  }
  if (percent) return {-1, value / 100.0};
  return whole ? SplitPart{static_cast<std::int64_t>(value), 0.0} : SplitPart{-1, value};
}

Json audited_json(const AuditedRow& audited) {
  Json problems = Json::array();
  for (const Problem& p : audited.problems) {
    problems.push_back({{"code", p.code}, {"field", p.field}, {"sentence", p.sentence}});
  }
  return {{"row", audited.position + 1}, {"id", audited.id}, {"from", audited.provenance}, {"problems", problems}};
}

}  // namespace

void add_reading_options(CLI::App& command, ImportOptions& options) {
  ColumnMapping& mapping = options.mapping;
  const auto column = [&](const char* flag, std::string& to, const char* what) {
    command.add_option(flag, to, what)->type_name("NAME");
  };
  column("--input-column", mapping.input, "column with the raw text");
  column("--label-column", mapping.label, "column with the answer as JSON");
  column("--system-column", mapping.system, "column with the system prompt");
  column("--id-column", mapping.id, "column with the row's id");
  column("--split-column", mapping.split, "column with train, validation or test");
  command
      .add_option_function<std::vector<std::string>>(
          "--field", [&mapping](const std::vector<std::string>& pairs) { read_fields(pairs, mapping); },
          "a field of the answer and its column; may be repeated")
      ->type_name("KEY=COLUMN")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  const auto found_out = [&](const char* flag, const char* type, const char* what, auto read) {
    command
        .add_option_function<std::string>(
            flag, [&options, read](const std::string& text) { read(options, text); },
            std::string(what) + "; found out without it")
        ->type_name(type);
  };
  found_out("--separator", "CHAR", "what stands between a table's cells: a character, or comma, tab, semicolon, bar",
            [](ImportOptions& o, const std::string& text) { o.separator = separator_of(text); });
  found_out("--encoding", "NAME", "of the file's text: UTF-8, UTF-16LE, UTF-16BE, GB18030, Big5, Windows-1252, …",
            [](ImportOptions& o, const std::string& text) { o.encoding = encoding_of(text); });
  found_out("--header", "yes|no", "whether a table's first row names its columns",
            [](ImportOptions& o, const std::string& text) { o.header = yes_or_no("--header", text); });
}

std::string format_text(const FileFormat& format, RowShape shape) {
  std::string text = std::string(to_string(format.container)) + ", " + to_string(format.encoding);
  if (format.container == Container::table) {
    const char separator = format.csv.separator;
    const std::string name = separator == '\t' ? "tabs" : separator == ',' ? "commas" : std::string("'") + separator + "'";
    text += ", separated by " + name + (format.csv.header ? "" : ", without header");
  }
  return shape == RowShape::unknown ? text : text + ", " + to_string(shape);
}

void tell_notes(const std::filesystem::path& file, const ImportReport& report) {
  for (const std::string& sentence : report.notes) note(file.filename().string() + ": " + sentence);
}

void tell_import(const std::filesystem::path& file, const ImportReport& report, bool json) {
  for (std::size_t i = 0; i < std::min(report.set_aside.size(), shown_problems); ++i) {
    const Problem& problem = report.set_aside[i];
    note("set aside: " + problem.sentence);
  }
  if (report.set_aside_count > static_cast<std::int64_t>(shown_problems)) {
    note("… and " + std::to_string(report.set_aside_count - static_cast<std::int64_t>(shown_problems)) + " more");
  }
  tell_notes(file, report);
  if (json) {
    print_json({{"file", file.string()},
                {"format", format_text(report.format, report.shape)},
                {"rows", report.rows},
                {"labelled", report.labelled},
                {"already_there", report.already_there},
                {"set_aside", report.set_aside_count},
                {"stopped", report.stopped}});
    return;
  }
  note(file.string() + " (" + format_text(report.format, report.shape) + "): " + std::to_string(report.rows) +
       " rows, " + std::to_string(report.labelled) + " labelled, " + std::to_string(report.set_aside_count) +
       " set aside");
  if (report.already_there > 0) {
    note(std::to_string(report.already_there) +
         (report.already_there == 1 ? " row is" : " rows are") +
         " in the project already and passed over, as the same file imported twice is; --again adds them once more");
  }
}

void SplitFlags::read_parts() {
  options.validation = part_of("--validation", validation);
  options.test = part_of("--test", test);
}

void add_split_options(CLI::App& command, SplitFlags& flags) {
  command.add_option("--validation", flags.validation, "a count (200) or a share (0.1, 10%)")
      ->type_name("N")
      ->capture_default_str();
  command.add_option("--test", flags.test, "a count or a share")->type_name("N")->capture_default_str();
  command.add_option("--train", flags.options.train_count, "rows to train on; -1 = all that remain")
      ->type_name("N")
      ->capture_default_str();
  command.add_option("--seed", flags.options.seed, "which rows go where")->type_name("N")->capture_default_str();
  command.add_option("--similarity", flags.similarity, "from which on rows are near-duplicates")
      ->type_name("X")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
}

std::string split_text(std::int64_t train, std::int64_t validation, std::int64_t test) {
  return std::to_string(train) + " train, " + std::to_string(validation) + " validation, " + std::to_string(test) +
         " test";
}

void AuditPrinter::show(const AuditedRow& audited) {
  if (json_) return print_json(audited_json(audited));
  if (++count_ > shown_) return;
  for (const Problem& p : audited.problems) {
    print("row " + std::to_string(audited.position + 1) + ": " + p.code + ": " + p.sentence + "\n");
  }
}

void AuditPrinter::end() const {
  if (count_ > shown_) print("… (--show 0 counts only, --show N shows more)\n");
}

void show_audit_counts(const AuditReport& report, std::int64_t set_aside, bool json) {
  if (json) {
    print_json({{"rows", report.rows},
                {"labelled", report.labelled},
                {"rows_with_problems", report.rows_with_problems},
                {"set_aside", set_aside},
                {"counts", report.counts}});
    return;
  }
  print(std::to_string(report.rows) + " rows, " + std::to_string(report.labelled) + " labelled, " +
        std::to_string(report.rows_with_problems) + " with problems" + (set_aside > 0 ? ", " + std::to_string(set_aside) + " set aside" : "") + "\n");
  for (const auto& [code, count] : report.counts) print("  " + code + ": " + std::to_string(count) + "\n");
}

}  // namespace minnow::cli
