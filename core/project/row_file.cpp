// Indexing looks only at the front of a line, where id and seq stand; lines written by others are parsed.
#include "core/project/row_file.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "core/data/row_json.h"
#include "core/io/json.h"
#include "core/text/unicode.h"
#include "core/types/error.h"

namespace minnow {
namespace {

/// FNV-1a, 32 bit; ids are compared in full before they count as equal.
std::uint32_t hash_of(std::string_view id) {
  std::uint32_t hash = 2166136261u;
  for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return hash;
}

struct Head {
  std::string id;
  std::uint64_t seq = 0;
};

/// id and seq of a line as we write it; nothing if it looks otherwise.
std::optional<Head> quick_head(std::string_view line) {
  constexpr std::string_view start = "{\"id\":\"";
  if (!line.starts_with(start)) return std::nullopt;
  const std::size_t end = line.find('"', start.size());
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view id = line.substr(start.size(), end - start.size());
  if (id.empty() || id.find('\\') != std::string_view::npos) return std::nullopt;
  Head head{std::string(id)};
  constexpr std::string_view seq = ",\"seq\":";
  if (const std::string_view rest = line.substr(end + 1); rest.starts_with(seq)) {
    std::from_chars(rest.data() + seq.size(), rest.data() + rest.size(), head.seq);
  }
  return head;
}

Head parsed_head(std::string_view line) {
  Head head;
  try {
    const Json json = parse_json(line, "row");
    head.id = row_from_json(json, "row").id;
    if (const auto seq = json.find("seq"); seq != json.end() && seq->is_number_unsigned()) head.seq = *seq;
  } catch (const Error&) {
    // row() says what is wrong with it
  }
  return head;
}

}  // namespace

std::uint64_t number_of_id(std::string_view id) {
  std::uint64_t number = 0;
  if (!id.starts_with('r')) return 0;
  const auto [end, error] = std::from_chars(id.data() + 1, id.data() + id.size(), number);
  return error == std::errc{} && end == id.data() + id.size() ? number : 0;
}

std::string numbered_row_line(const Row& row, std::uint64_t seq) {
  if (seq == 0) return row_line(row);
  Json json{{"id", row.id}, {"seq", seq}};
  const Json plain = row_to_json(row);
  for (const auto& [key, value] : plain.items()) {
    if (key != "id") json[key] = value;
  }
  return dump_json(json);
}

RowFile::RowFile(const std::filesystem::path& path) : path_(path) {
  if (!std::filesystem::exists(path)) return;
  reader_.emplace(path);
  for (;;) {
    bool too_long = false;
    try {
      if (!reader_->next(line_)) break;
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::format) throw;
      too_long = true;
    }
    if (!too_long && line_.find_first_not_of(" \t") == std::string::npos) continue;
    add_line(too_long ? std::string_view() : std::string_view(line_), reader_->line_offset());
  }
  std::sort(by_id_.begin(), by_id_.end());
  give_doubles_new_ids();
}

void RowFile::add_line(std::string_view line, std::uint64_t offset) {
  if (offsets_.size() >= std::numeric_limits<std::uint32_t>::max()) {
    throw Error(ErrorKind::unsupported, path_.string() + " has more than 4294967295 rows", path_.string());
  }
  const auto at = static_cast<std::uint32_t>(offsets_.size());
  const auto quick = quick_head(line);
  const Head head = quick ? *quick : parsed_head(line);
  folded_through_ = std::max(folded_through_, head.seq);
  highest_number_ = std::max(highest_number_, number_of_id(head.id));
  offsets_.push_back(offset);
  if (head.id.empty()) {
    renamed_.push_back(at);
  } else {
    by_id_.emplace_back(hash_of(head.id), at);
  }
}

void RowFile::give_doubles_new_ids() {
  std::vector<std::uint32_t> doubles;
  for (std::size_t i = 0; i < by_id_.size();) {
    std::size_t end = i + 1;
    while (end < by_id_.size() && by_id_[end].first == by_id_[i].first) ++end;
    for (std::size_t later = i + 1; later < end; ++later) {
      const std::string id = row(by_id_[later].second).id;
      for (std::size_t earlier = i; earlier < later; ++earlier) {
        if (row(by_id_[earlier].second).id != id) continue;
        doubles.push_back(by_id_[later].second);
        break;
      }
    }
    i = end;
  }
  std::erase_if(by_id_, [&](const auto& entry) {
    return std::find(doubles.begin(), doubles.end(), entry.second) != doubles.end();
  });
  renamed_.insert(renamed_.end(), doubles.begin(), doubles.end());
  std::sort(renamed_.begin(), renamed_.end());
  for (const std::uint32_t at : renamed_) by_id_.emplace_back(hash_of(id_at(at, {})), at);
  std::sort(by_id_.begin(), by_id_.end());
}

std::string RowFile::id_at(std::uint32_t at, std::string read) const {
  return std::binary_search(renamed_.begin(), renamed_.end(), at) ? "#" + std::to_string(at + 1) : read;
}

Row RowFile::row(std::uint32_t at) {
  Row row;
  try {
    if (reader_->next_offset() != offsets_[at]) reader_->seek(offsets_[at], at);
    if (!reader_->next(line_))
      throw Error(ErrorKind::data, path_.string() + " was cut short by another program", path_.string());
    row = row_from_json(parse_json(line_, "row " + std::to_string(at + 1)), "row " + std::to_string(at + 1));
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::format) throw;
    row = {};
    if (const auto head = quick_head(line_)) row.id = head->id;  // which it is found by
    row.input = repair_utf8(line_);                              // so that folding keeps it
    row.state = RowState::failed;
    row.problems.push_back({"unreadable_row", "", error.what(), static_cast<std::int64_t>(at) + 1});
  }
  row.id = id_at(at, std::move(row.id));
  return row;
}

std::optional<std::uint32_t> RowFile::find(const std::string& id) {
  const std::uint32_t hash = hash_of(id);
  auto it = std::lower_bound(by_id_.begin(), by_id_.end(), std::pair<std::uint32_t, std::uint32_t>(hash, 0));
  for (; it != by_id_.end() && it->first == hash; ++it) {
    if (row(it->second).id == id) return it->second;
  }
  return std::nullopt;
}

}  // namespace minnow
