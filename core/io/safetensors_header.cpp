// The header of a safetensors file: read event by event into TensorInfos, then held against the rules on sizes and
// offsets.
#include <algorithm>
#include <array>
#include <limits>
#include <unordered_set>

#include "core/io/file_kind.h"
#include "core/io/json.h"
#include "core/io/safetensors.h"
#include "core/io/shown.h"
#include "core/types/error.h"

namespace minnow {
namespace {

constexpr std::uint64_t length_bytes = 8;
constexpr std::uint64_t header_limit = 100'000'000;  // the reference library's
constexpr int header_depth = 64;  // the format itself needs 3; more may be in fields a reader ignores

[[noreturn]] void refuse(const std::string& subject, const std::string& why) {
  throw Error(ErrorKind::format, subject + ": " + why, subject);
}

/// Collects the header's entries. The level is the number of open containers.
class HeaderHandler final : public JsonHandler {
 public:
  HeaderHandler(SafetensorsHeader& header, const std::string& subject) : header_(header), subject_(subject) {}

  void on_null() override {
    if (level_ != 1 || !is_metadata()) scalar("null");
  }
  void on_boolean(bool) override { scalar("a boolean"); }
  void on_integer(std::int64_t value) override { scalar("the number " + std::to_string(value)); }
  void on_float(double) override { scalar("a number that isn't whole or is over 2^64 - 1"); }
  void on_unsigned(std::uint64_t value) override {
    if (level_ == 3 && field_ == Field::shape) {
      if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
        bad("has the dimension " + std::to_string(value) + ", more than 2^63 - 1");
      }
      tensor_.shape.push_back(static_cast<std::int64_t>(value));
    } else if (level_ == 3 && field_ == Field::data_offsets) {
      if (offsets_ < 2) (offsets_ == 0 ? tensor_.begin : tensor_.end) = value;
      ++offsets_;
    } else {
      scalar("the number " + std::to_string(value));
    }
  }

  void on_string(std::string& value) override {
    if (level_ == 2 && is_metadata()) {
      if (!header_.metadata.emplace(std::move(key_), std::move(value)).second) refuse(subject_, "a metadata key twice");
    } else if (level_ == 2 && field_ == Field::dtype) {
      if (!dtype_bits(value)) bad("has the unknown dtype " + shown(value));
      tensor_.dtype = std::move(value);
    } else {
      scalar("a string");
    }
  }

  void on_key(std::string& key) override {
    if (level_ == 1) {
      name_ = std::move(key);
      if (is_metadata() && std::exchange(seen_metadata_, true)) refuse(subject_, "__metadata__ occurs twice");
    } else if (level_ == 2 && is_metadata()) {
      key_ = std::move(key);
    } else if (level_ == 2) {
      field_ = field_of(key);
      if (field_ == Field::other) return;
      if (seen_[static_cast<int>(field_)]) bad("has " + key + " twice");
      seen_[static_cast<int>(field_)] = true;
    }
  }

  void on_start_object() override {
    if (level_ == 1 && !is_metadata()) {
      tensor_ = {};
      seen_ = {};
      offsets_ = 0;
    } else if (level_ > 1) {
      container("an object");
    }
    if (level_ == 1) field_ = Field::none;
    ++level_;
  }

  void on_start_array() override {
    if (level_ == 0) refuse(subject_, "the header is an array, not an object");
    const bool ours = level_ == 2 && !is_metadata() && (field_ == Field::shape || field_ == Field::data_offsets);
    if (!ours) container("an array");
    ++level_;
  }

  void on_end_array() override {
    --level_;
    if (level_ == 2 && field_ == Field::data_offsets && offsets_ != 2) {
      bad("has " + std::to_string(offsets_) + " numbers as data_offsets, not 2");
    }
  }

  void on_end_object() override {
    --level_;
    if (level_ != 1 || is_metadata()) return;
    for (const Field field : {Field::dtype, Field::shape, Field::data_offsets}) {
      if (!seen_[static_cast<int>(field)]) bad(std::string("has no ") + field_names[static_cast<int>(field)]);
    }
    tensor_.name = std::move(name_);
    header_.tensors.push_back(std::move(tensor_));
  }

 private:
  enum class Field { dtype, shape, data_offsets, other, none };
  static constexpr std::array<const char*, 3> field_names{"dtype", "shape", "data_offsets"};

  static Field field_of(const std::string& key) {
    const auto at = std::find(field_names.begin(), field_names.end(), key);
    return static_cast<Field>(at - field_names.begin());  // one past the end is `other`
  }

  bool is_metadata() const { return name_ == "__metadata__"; }
  [[noreturn]] void bad(const std::string& why) { refuse(subject_, "tensor " + shown(name_) + " " + why); }

  /// A value that isn't what its place asks for: passed over inside unknown fields, else refused.
  void scalar(const std::string& what) {
    if (level_ == 0) refuse(subject_, "the header is " + what + ", not an object");
    container(what);
  }
  void container(const std::string& what) {
    if (level_ == 1) {
      if (is_metadata()) refuse(subject_, "__metadata__ is " + what + ", not an object");
      bad("is " + what + ", not an object");
    }
    if (is_metadata()) refuse(subject_, "the metadata " + shown(key_) + " is " + what + ", not a string");
    if (field_ == Field::other) return;
    const std::string field = field_names[static_cast<int>(field_)];
    bad("has " + (field == "data_offsets" ? field : "a " + field) + (level_ > 2 ? " with " : ": ") + what);
  }

  SafetensorsHeader& header_;
  const std::string& subject_;
  TensorInfo tensor_;           // the entry being read
  std::array<bool, 3> seen_{};  // which of its fields came
  std::string name_;            // of the entry: the last key at level 1
  std::string key_;             // within __metadata__
  Field field_ = Field::none;
  int level_ = 0;
  int offsets_ = 0;
  bool seen_metadata_ = false;
};

/// Bytes that shape and dtype ask for; nothing if the count passes 2^64 on the way or doesn't fill whole bytes.
std::optional<std::uint64_t> bytes_needed(const TensorInfo& tensor) {
  std::uint64_t count = 1;
  for (const std::int64_t dimension : tensor.shape) {
    if (__builtin_mul_overflow(count, static_cast<std::uint64_t>(dimension), &count)) return std::nullopt;
  }
  if (__builtin_mul_overflow(count, static_cast<std::uint64_t>(*dtype_bits(tensor.dtype)), &count)) return std::nullopt;
  return count % 8 == 0 ? std::optional(count / 8) : std::nullopt;
}

std::string shape_text(const TensorInfo& tensor) {
  std::string text = tensor.dtype + " [";
  for (std::size_t i = 0; i < tensor.shape.size() && i < 16; ++i)
    text += (i ? ", " : "") + std::to_string(tensor.shape[i]);
  return text + (tensor.shape.size() > 16 ? ", …]" : "]");
}

/// One name once; each tensor begins where the one before ends; shapes fit; the last one ends with the file.
void check_layout(const SafetensorsHeader& header, std::uint64_t data_bytes, const std::string& subject) {
  std::unordered_set<std::string_view> names;
  std::uint64_t reached = 0;
  for (const TensorInfo& tensor : header.tensors) {
    const std::string who = "tensor " + shown(tensor.name);
    if (!names.insert(tensor.name).second) refuse(subject, who + " occurs twice");
    if (tensor.begin != reached || tensor.end < tensor.begin) {
      refuse(subject, who + " lies at bytes " + std::to_string(tensor.begin) + " to " + std::to_string(tensor.end) +
                          " of the data, the one before it ends at " + std::to_string(reached));
    }
    const std::optional<std::uint64_t> needed = bytes_needed(tensor);
    if (!needed) refuse(subject, who + " has a size that can't be: " + shape_text(tensor));
    if (*needed != tensor.size_bytes()) {
      refuse(subject, who + ", " + shape_text(tensor) + ", needs " + std::to_string(*needed) +
                          " bytes, the header gives it " + std::to_string(tensor.size_bytes()));
    }
    if (tensor.end > data_bytes) {
      refuse(subject, who + " needs " + std::to_string(tensor.size_bytes()) + " bytes, the file has " +
                          std::to_string(data_bytes - reached) + " left; the download may be incomplete");
    }
    reached = tensor.end;
  }
  if (reached != data_bytes) {
    refuse(subject, "the tensors end at byte " + std::to_string(reached) + " of the data, the file has " +
                        std::to_string(data_bytes) + " bytes of it");
  }
}

/// What is met under the name of weights that weren't downloaded.
void refuse_another_kind(const std::byte* file, std::size_t size, const std::string& subject) {
  const std::string_view head(reinterpret_cast<const char*>(file), std::min<std::size_t>(size, 512));
  if (head[length_bytes] == '{') return;  // a header with a wrong length in front
  if (const FileKind other = file_kind(head))
    throw Error(ErrorKind::format, subject + ": these are no weights: the file is " + other.what, subject, other.way_to_file);
}

}  // namespace

SafetensorsHeader read_safetensors_header(const std::byte* file, std::size_t size, const std::string& subject) {
  if (size < length_bytes) {
    refuse(subject,
           std::to_string(size) + " bytes are too few for a safetensors file, whose header length alone takes 8");
  }
  std::uint64_t length = 0;
  for (unsigned i = 0; i < length_bytes; ++i) length |= std::to_integer<std::uint64_t>(file[i]) << (8 * i);
  if (length > header_limit) {
    if (size > length_bytes) refuse_another_kind(file, size, subject);
    refuse(subject, "the header's length is given as " + std::to_string(length) + " bytes, the limit is " +
                        std::to_string(header_limit) + "; this may not be a safetensors file");
  }
  if (length > size - length_bytes) {
    refuse(subject, "the header needs " + std::to_string(length) + " bytes, the file has " +
                        std::to_string(size - length_bytes) + " left; the download may be incomplete");
  }
  const std::string_view text(reinterpret_cast<const char*>(file) + length_bytes, length);
  if (text.empty() || text.front() != '{') refuse(subject, "the header doesn't begin with {");

  SafetensorsHeader header;
  header.data_start = length_bytes + length;
  HeaderHandler handler(header, subject);
  parse_json_events(text, subject, {.max_bytes = header_limit, .max_depth = header_depth}, handler);
  // Empty tensors come first among those that begin alike, so that the walk over the offsets is one line.
  std::stable_sort(header.tensors.begin(), header.tensors.end(), [](const TensorInfo& a, const TensorInfo& b) {
    return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
  });
  check_layout(header, size - header.data_start, subject);
  return header;
}

}  // namespace minnow
