// data/rows.jsonl: an index of where each row lies, and rows read by position. 16 bytes a row in memory; the text stays
// on the disk. A row's line is its JSON (core/data/row_json.h). One of them also has "seq", after the id: journal
// entries up to that number are in the file already. {"id":"r7","seq":12,"input":"…",…}.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/io/line_reader.h"
#include "core/types/row.h"

namespace minnow {

/// A row's line that also says up to which journal entry the file is current.
std::string numbered_row_line(const Row& row, std::uint64_t seq);

/// Read-only view of one rows.jsonl, as it was when opened. One thread at a time.
class RowFile {
 public:
  /// Indexes the file; a missing one has no rows. A line that is no row counts as one, so that nothing shifts; reading
  /// it gives a row in state failed with the problem "unreadable_row" and the line as its input. Throws Error(io).
  explicit RowFile(const std::filesystem::path& path);

  std::uint32_t count() const { return static_cast<std::uint32_t>(offsets_.size()); }
  Row row(std::uint32_t at);  ///< Throws Error(io), Error(data) if the file was changed meanwhile
  std::optional<std::uint32_t> find(const std::string& id);
  std::uint64_t folded_through() const { return folded_through_; }  ///< the highest "seq"
  std::uint64_t highest_number() const { return highest_number_; }  ///< n of the largest id "r<n>"

 private:
  void add_line(std::string_view line, std::uint64_t offset);
  void give_doubles_new_ids();
  std::string id_at(std::uint32_t at, std::string read) const;

  std::filesystem::path path_;
  std::optional<LineReader> reader_;
  std::string line_;
  std::vector<std::uint64_t> offsets_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> by_id_;  // hash, position; sorted
  std::vector<std::uint32_t> renamed_;  // positions whose id is missing or stands twice: they are called "#<n>"; sorted
  std::uint64_t folded_through_ = 0;
  std::uint64_t highest_number_ = 0;
};

/// n of an id "r<n>", else 0.
std::uint64_t number_of_id(std::string_view id);

}  // namespace minnow
