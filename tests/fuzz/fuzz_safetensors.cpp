// Any bytes as a safetensors file: refused in a sentence, or every tensor lies within the file and all of it is
// covered.
#include <set>
#include <string>

#include "core/io/safetensors.h"
#include "core/types/error.h"
#include "tests/fuzz/require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto* file = reinterpret_cast<const std::byte*>(data);
  minnow::SafetensorsHeader header;
  try {
    header = minnow::read_safetensors_header(file, size, "input");
  } catch (const minnow::Error& error) {
    require(error.kind() == minnow::ErrorKind::format, "a bad file is a matter of format");
    require(std::string(error.what()).rfind("input: ", 0) == 0, "the sentence names the file");
    return 0;
  }
  std::uint64_t reached = header.data_start;
  std::set<std::string> names;
  unsigned sum = 0;
  for (const minnow::TensorInfo& tensor : header.tensors) {
    require(names.insert(tensor.name).second, "names differ");
    require(header.data_start + tensor.begin == reached && tensor.begin <= tensor.end, "no hole, no overlap");
    std::uint64_t bits = static_cast<std::uint64_t>(minnow::dtype_bits(tensor.dtype).value());
    for (const std::int64_t dimension : tensor.shape) {
      require(dimension >= 0, "dimensions count");
      bits *= static_cast<std::uint64_t>(dimension);
    }
    require(bits == 8 * tensor.size_bytes(), "shape and dtype give the size");
    reached += tensor.size_bytes();
    require(reached <= size, "within the file");
    for (std::uint64_t i = tensor.begin; i < tensor.end; ++i) sum += data[header.data_start + i];
  }
  require(reached == size, "the file is covered");
  [[maybe_unused]] static volatile unsigned seen;  // the sum is used, so the reads stay
  seen = sum;
  return 0;
}
