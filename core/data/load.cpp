// Thin: the container is record_reader.h's business, the meaning row_shape.h's.
#include "core/data/load.h"

#include <limits>

#include "core/data/column_names.h"
#include "core/data/record_reader.h"
#include "core/types/error.h"

namespace minnow {
namespace {

std::string place(const std::filesystem::path& path, std::int64_t line) {
  return path.filename().string() + ":" + std::to_string(line);
}

[[noreturn]] void refuse(const std::filesystem::path& path, std::int64_t line, const std::string& why) {
  throw Error(ErrorKind::data, place(path, line) + ": " + why, path.string());
}

/// A list of whole numbers within int32.
std::vector<std::int32_t> numbers(const Json& row, const char* key, const std::filesystem::path& path,
                                  std::int64_t line) {
  const Json* list = nullptr;
  for (const auto& [name, value] : row.items()) {
    if (lower_case(name) == key) list = &value;
  }
  if (list == nullptr || !list->is_array()) refuse(path, line, std::string("the row has no list '") + key + "'");
  std::vector<std::int32_t> result;
  result.reserve(list->size());
  for (const Json& item : *list) {
    const bool fits =
        item.is_number_unsigned()
            ? item.get<std::uint64_t>() <= std::numeric_limits<std::int32_t>::max()
            : item.is_number_integer() && item.get<std::int64_t>() >= std::numeric_limits<std::int32_t>::min();
    if (!fits) {
      refuse(path, line,
             std::string("'") + key + "' holds " + dump_json(item) + " at position " + std::to_string(result.size()) +
                 ", which is no token id");
    }
    result.push_back(item.get<std::int32_t>());
  }
  return result;
}

void check(const TokenizedExample& example, const std::filesystem::path& path, std::int64_t line) {
  if (example.input_ids.empty()) refuse(path, line, "'input_ids' is empty");
  if (example.labels.size() != example.input_ids.size()) {
    refuse(path, line,
           "'labels' has " + std::to_string(example.labels.size()) + " entries, 'input_ids' has " +
               std::to_string(example.input_ids.size()));
  }
  for (std::size_t t = 0; t < example.labels.size(); ++t) {
    const std::int32_t id = example.input_ids[t];
    const std::int32_t label = example.labels[t];
    const std::string at = " at position " + std::to_string(t);
    if (id < 0) refuse(path, line, "'input_ids' holds " + std::to_string(id) + at + ", which is no token id");
    if (label != -100 && label != id) {
      refuse(path, line,
             "'labels' holds " + std::to_string(label) + at + ", where 'input_ids' holds " + std::to_string(id) +
                 "; a label is -100 or the id of its own position (not shifted)");
    }
  }
}

}  // namespace

std::vector<Conversation> load_conversations(const std::filesystem::path& path, std::vector<Problem>* set_aside,
                                             const ColumnNames& columns, LeftOut* outside,
                                             const std::stop_token& stop, std::vector<std::string>* notes) {
  const InputFile file(path, stop);
  const FileFormat format = detect_format(file);
  const auto records = open_records(file, format);
  std::vector<Conversation> conversations;
  Record record;
  while (!stop.stop_requested() && records->next(record)) {
    ReadRow read;
    read.problem = record.problem;
    if (record.problem.empty()) {
      const Json row = renamed(std::move(record.value), columns);
      if (conversations.empty() && row_shape(row) == RowShape::pretokenised) {
        throw Error(ErrorKind::unsupported,
                    path.string() + ": its rows are pre-tokenised; here rows of text are needed", path.string());
      }
      read = read_row(row, record.line);
    }
    if (read.conversation && outside != nullptr) {
      if (outside->leaves(read.state) || outside->leaves_marked(read.mark)) continue;
      if (read.unusable.empty()) {
        outside->unused.add_row(read.unused);
      } else {
        read.conversation.reset();
        read.problem = read.unusable;
      }
    }
    if (read.conversation) {
      read.conversation->source = place(path, record.line);
      conversations.push_back(std::move(*read.conversation));
    } else if (set_aside != nullptr) {
      set_aside->push_back({"unreadable_row", "", place(path, record.line) + ": " + read.problem, record.line});
    } else {
      refuse(path, record.line, read.problem);
    }
  }
  if (notes != nullptr) {
    const std::string name = file.path().filename().string() + ": ";
    for (const std::string& note : format.notes) notes->push_back(name + note);
    for (const std::string& note : records->notes()) notes->push_back(name + note);
  }
  return conversations;
}

bool is_pretokenised(const std::filesystem::path& path) {
  const InputFile file(path);
  if (file.is_copy()) {
    throw Error(ErrorKind::data,
                path.string() + ": is a pipe, and a run reads its rows again, when it is resumed for example; import them "
                                "into a file first",
                path.string());
  }
  const auto records = open_records(file, detect_format(file));
  Record record;
  while (records->next(record)) {
    if (record.problem.empty()) return row_shape(record.value) == RowShape::pretokenised;
  }
  return false;
}

std::vector<TokenizedExample> load_pretokenised(const std::filesystem::path& path, const std::stop_token& stop) {
  const InputFile file(path, stop);
  const auto records = open_records(file, detect_format(file));
  std::vector<TokenizedExample> examples;
  Record record;
  while (!stop.stop_requested() && records->next(record)) {
    if (!record.problem.empty()) refuse(path, record.line, record.problem);
    TokenizedExample example;
    example.input_ids = numbers(record.value, "input_ids", path, record.line);
    example.labels = numbers(record.value, "labels", path, record.line);
    example.source = place(path, record.line);
    check(example, path, record.line);
    examples.push_back(std::move(example));
  }
  return examples;
}

}  // namespace minnow
