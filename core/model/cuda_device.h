// What is asked of CUDA beside libtorch: without its headers, so that one source builds with and without it.
// Torch-free header.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace minnow {

struct CudaMemory {
  std::int64_t free = 0, total = 0;  ///< bytes
};
/// Of the current CUDA device, whoever uses it; nothing where no CUDA runtime is loaded.
std::optional<CudaMemory> cuda_memory();
/// The first CUDA device's name, "NVIDIA H200" for instance; nothing where no driver is loaded.
std::optional<std::string> cuda_device_name();

}  // namespace minnow
