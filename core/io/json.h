// JSON in and out: the one reader for text that others wrote (size and depth limited while parsing, before a tree
// exists; UTF-8 checked), and two writers (compact, and as Python's json.dumps spells it). Over nlohmann/json.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace minnow {

/// Keys keep their order. Look-up by key is linear: walk big objects (a vocabulary) with items() instead.
using Json = nlohmann::ordered_json;

/// What a text may demand of the reader.
struct JsonLimits {
  std::size_t max_bytes = std::size_t{64} << 20;  ///< longer texts are refused unread
  int max_depth = 64;                             ///< arrays and objects within one another
  bool reject_duplicates = false;                 ///< a key twice in one object: refused, or else the last one counts
};

/// Receives a JSON text piece by piece, in order. A handler may throw to refuse; the exception passes through.
class JsonHandler {
 public:
  virtual ~JsonHandler() = default;
  virtual void on_null() {}
  virtual void on_boolean(bool) {}
  virtual void on_integer(std::int64_t) {}         ///< written with a minus sign and without fraction
  virtual void on_unsigned(std::uint64_t) {}       ///< without sign and fraction, below 2^64
  virtual void on_float(double) {}                 ///< everything else, whole numbers from 2^64 on included
  virtual void on_string(std::string& value) = 0;  ///< decoded; may be moved from
  virtual void on_key(std::string& key) = 0;       ///< decoded; may be moved from
  virtual void on_start_object() = 0;
  virtual void on_end_object() = 0;
  virtual void on_start_array() = 0;
  virtual void on_end_array() = 0;
};

/// Walks one JSON value without building a tree; only blanks may follow it. `subject` (a file, "rows.jsonl line 7")
/// opens each sentence. Throws Error(format) with line, column and byte when the text isn't JSON, isn't UTF-8, holds a
/// NUL byte or passes a limit (reject_duplicates is the tree's business). A byte order mark in front is skipped.
void parse_json_events(std::string_view text, const std::string& subject, const JsonLimits& limits,
                       JsonHandler& handler);

/// Parses one JSON value; time linear in the text, also for objects with many keys. Throws as parse_json_events does.
Json parse_json(std::string_view text, const std::string& subject, const JsonLimits& limits = {});

/// parse_json of a whole file; its size is checked before it is read. Throws also Error(not_found) and Error(io).
Json read_json_file(const std::filesystem::path& path, const JsonLimits& limits = {});

/// Compact, UTF-8 kept. Bytes that aren't UTF-8 become U+FFFD, NaN and infinities become null: never throws for
/// content.
std::string dump_json(const Json& value);

/// A string as it is, anything else as dump_json writes it: how a value is shown to people.
std::string shown_json(const Json& value);

/// As Python's json.dumps(value, ensure_ascii=False): ", " and ": ", floats as repr() spells them (2.0, 1e-05, NaN).
std::string dump_json_python(const Json& value);

}  // namespace minnow
