// Writes safetensors as the reference library does (its order of dtypes is its enum's, widest last), and knows the
// dtypes.
#include <algorithm>
#include <array>
#include <optional>

#include "core/io/file.h"
#include "core/io/json.h"
#include "core/io/safetensors.h"
#include "core/io/shown.h"
#include "core/types/error.h"

namespace minnow {
namespace {

struct Dtype {
  std::string_view name;
  int bits;
};

/// All dtypes of safetensors 0.8, in the library's order.
constexpr std::array<Dtype, 22> dtypes{
    {{"BOOL", 8},    {"F4", 4},      {"F6_E2M3", 6}, {"F6_E3M2", 6},     {"U8", 8},          {"I8", 8},
     {"F8_E5M2", 8}, {"F8_E4M3", 8}, {"F8_E8M0", 8}, {"F8_E4M3FNUZ", 8}, {"F8_E5M2FNUZ", 8}, {"I16", 16},
     {"U16", 16},    {"F16", 16},    {"BF16", 16},   {"I32", 32},        {"U32", 32},        {"F32", 32},
     {"C64", 64},    {"F64", 64},    {"I64", 64},    {"U64", 64}}};

/// Place in `dtypes`, or its size.
std::size_t dtype_rank(std::string_view name) {
  return static_cast<std::size_t>(
      std::find_if(dtypes.begin(), dtypes.end(), [&](const Dtype& dtype) { return dtype.name == name; }) -
      dtypes.begin());
}

void check(const TensorToWrite& tensor, const std::string& subject) {
  const auto refuse = [&](const std::string& why) {
    throw Error(ErrorKind::format, subject + ": tensor " + shown(tensor.name) + " can't be written: " + why, subject);
  };
  const std::optional<int> bits = dtype_bits(tensor.dtype);
  if (!bits) refuse("unknown dtype " + shown(tensor.dtype));
  if (tensor.name == "__metadata__") refuse("the name is the format's own");
  std::uint64_t count = static_cast<std::uint64_t>(*bits);
  for (const std::int64_t dimension : tensor.shape) {
    if (dimension < 0 || __builtin_mul_overflow(count, static_cast<std::uint64_t>(dimension), &count)) {
      refuse("its shape is impossible");
    }
  }
  if (count % 8 != 0 || count / 8 != tensor.bytes) {
    refuse("shape and dtype need " + std::to_string(count / 8) + " bytes, " + std::to_string(tensor.bytes) +
           " were given");
  }
}

std::string quoted(const std::string& text) { return dump_json(Json(text)); }

std::string header_of(const std::vector<TensorToWrite>& tensors, const std::map<std::string, std::string>& metadata) {
  std::string header = "{";
  if (!metadata.empty()) {
    header += "\"__metadata__\":{";
    for (const auto& [key, value] : metadata) header += quoted(key) + ":" + quoted(value) + ",";
    header.back() = '}';
    header += ',';
  }
  std::uint64_t offset = 0;
  for (const TensorToWrite& tensor : tensors) {
    header += quoted(tensor.name) + ":{\"dtype\":\"" + tensor.dtype + "\",\"shape\":[";
    for (const std::int64_t dimension : tensor.shape) header += std::to_string(dimension) + ",";
    if (!tensor.shape.empty()) header.pop_back();
    header += "],\"data_offsets\":[" + std::to_string(offset) + "," + std::to_string(offset + tensor.bytes) + "]},";
    offset += tensor.bytes;
  }
  if (header.back() == ',') header.pop_back();
  header += '}';
  header.append((8 - header.size() % 8) % 8,
                ' ');  // the length before it is 8 bytes, so the data starts at a multiple of 8
  return header;
}

}  // namespace

std::optional<int> dtype_bits(std::string_view dtype) {
  const std::size_t rank = dtype_rank(dtype);
  return rank == dtypes.size() ? std::nullopt : std::optional(dtypes[rank].bits);
}

void write_safetensors(const std::filesystem::path& path, std::vector<TensorToWrite> tensors,
                       const std::map<std::string, std::string>& metadata) {
  for (const TensorToWrite& tensor : tensors) check(tensor, path.string());
  std::sort(tensors.begin(), tensors.end(), [](const TensorToWrite& a, const TensorToWrite& b) {
    const std::size_t rank_a = dtype_rank(a.dtype);
    const std::size_t rank_b = dtype_rank(b.dtype);
    return rank_a != rank_b ? rank_a > rank_b : a.name < b.name;
  });
  std::vector<std::string_view> names;
  for (const TensorToWrite& tensor : tensors) names.push_back(tensor.name);
  std::sort(names.begin(), names.end());
  if (const auto twice = std::adjacent_find(names.begin(), names.end()); twice != names.end()) {
    throw Error(ErrorKind::format, path.string() + ": tensor " + shown(*twice) + " is to be written twice",
                path.string());
  }

  const std::string header = header_of(tensors, metadata);
  std::array<unsigned char, 8> length{};
  for (unsigned i = 0; i < 8; ++i) length[i] = static_cast<unsigned char>(header.size() >> (8 * i));
  AtomicFile file(path);
  file.write(length.data(), length.size());
  file.write(header);
  for (const TensorToWrite& tensor : tensors) file.write(tensor.data, tensor.bytes);
  file.commit();
}

}  // namespace minnow
