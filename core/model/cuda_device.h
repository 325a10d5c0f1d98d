// What is asked of CUDA beside libtorch: without its headers, so that one source builds with and without it.
// Torch-free header.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace minnow {

/// Bytes that can still be had on the current CUDA device; nothing where no CUDA runtime is loaded.
std::optional<std::int64_t> cuda_free_bytes();
/// The first CUDA device's name, "NVIDIA H200" for instance; nothing where no driver is loaded.
std::optional<std::string> cuda_device_name();

}  // namespace minnow
