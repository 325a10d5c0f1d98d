// Opening a folder: seconds, and the memory that is not the file's.
#include <ATen/ATen.h>
#include <malloc.h>

#include <fstream>
#include <random>

#include "core/bench/bench_parts.h"
#include "core/io/data_dir.h"
#include "core/model/loaded_model.h"
#include "core/model/save_model.h"
#include "core/model/weights.h"

namespace minnow {
namespace {

std::int64_t anonymous_bytes() {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);) {
    if (line.rfind("RssAnon:", 0) == 0) return std::atoll(line.c_str() + 8) * 1024;
  }
  return 0;
}

/// A folder of random weights, gone when the bench is done with it.
struct ScratchFolder {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("minnow-bench-" + std::to_string(std::random_device{}()));
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
};

}  // namespace

Json bench_opening(const BenchOptions& o, const std::string& dtype) {
  const ScratchFolder folder;
  const auto tokenizer = o.tokenizer ? *o.tokenizer : data_file("demo");
  {
    const Qwen3Weights w = random_weights(o.shape, scalar_type_from(dtype), at::kCPU, 1);
    SaveOptions save;
    save.dtype = w.dtype();
    save.tokenizer_from = tokenizer;
    save_model(folder.path, w, save);
  }
  malloc_trim(0);  // writing the folder leaves nothing behind that would count as opening's
  LoadOptions load;
  load.model = folder.path;
  load.device = "cpu";
  load.dtype = dtype;
  load.threads = o.threads;
  const std::int64_t before = anonymous_bytes();
  std::int64_t after = 0;
  const double seconds = fastest(3, [&] {
    const auto model = LoadedModel::open(load);
    after = anonymous_bytes();
  });
  return {{"open_s", seconds},
          {"tokenizer", tokenizer.filename().string()},
          {"anonymous_bytes_after_opening", after},
          {"anonymous_bytes_of_opening", after - before},
          {"formula", "the fastest of three openings of a folder just written (warm); RssAnon of the process"}};
}

}  // namespace minnow
