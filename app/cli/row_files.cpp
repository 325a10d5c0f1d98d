// Rows as lines of the two formats, and where they go.
#include "app/cli/row_files.h"

#include "core/data/row_json.h"
#include "core/io/file.h"
#include "core/types/error.h"

namespace minnow::cli {

void add_format_option(CLI::App& command, RowFormat& format) {
  command
      .add_option_function<std::string>(
          "--format",
          [&format](const std::string& name) {
            if (name != "messages" && name != "rows") {
              throw Error(ErrorKind::usage, "there is no format '" + name + "'; the formats are messages and rows",
                          name);
            }
            format = name == "rows" ? RowFormat::rows : RowFormat::messages;
          },
          "messages (what trainers read) or rows (Minnow's own, with split and problems)")
      ->type_name("FORMAT")
      ->default_str(format == RowFormat::rows ? "rows" : "messages");
}

void add_unreviewed_option(CLI::App& command, bool& include) {
  command.add_flag("--include_unreviewed,--include-unreviewed", include, "messages of rows that need review too");
}

void tell(const LeftOut& outside) {
  for (const std::string& said : outside.sentences("")) note(said);
}

std::string line_of(const Row& row, RowFormat format, const Task& task) {
  if (format == RowFormat::rows) return row_line(row);
  Json messages = Json::array();
  const std::string& system = row.system.empty() ? task.concise_prompt : row.system;
  if (!system.empty()) messages.push_back({{"role", "system"}, {"content", system}});
  messages.push_back({{"role", "user"}, {"content", row.input}});
  if (!row.label.empty()) messages.push_back({{"role", "assistant"}, {"content", row.label}});
  return dump_json({{"messages", messages}});
}

struct RowOutput::State {
  std::unique_ptr<AtomicFile> file;  // null: stdout
};

RowOutput::RowOutput(const std::filesystem::path& path) : state_(std::make_unique<State>()) {
  if (path != "-") state_->file = std::make_unique<AtomicFile>(path);
}
RowOutput::~RowOutput() = default;

void RowOutput::line(const std::string& text) {
  if (state_->file) {
    state_->file->write(text + "\n");
  } else {
    print(text + "\n");
  }
}

void RowOutput::commit() {
  if (state_->file) state_->file->commit();
}

}  // namespace minnow::cli
