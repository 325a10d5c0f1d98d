// Looks the functions up in what libtorch has loaded. Their signatures: CUDA runtime API, cudaMemGetInfo; CUDA driver
// API, cuDeviceGetName. Both return 0 for success.
#include "core/model/cuda_device.h"

#include <dlfcn.h>

#include <cstddef>

namespace minnow {

std::optional<CudaMemory> cuda_memory() {
  const auto mem_get_info =
      reinterpret_cast<int (*)(std::size_t*, std::size_t*)>(dlsym(RTLD_DEFAULT, "cudaMemGetInfo"));
  std::size_t free = 0, total = 0;
  if (!mem_get_info || mem_get_info(&free, &total) != 0) return std::nullopt;
  return CudaMemory{static_cast<std::int64_t>(free), static_cast<std::int64_t>(total)};
}

std::optional<std::string> cuda_device_name() {
  void* driver = dlopen("libcuda.so.1", RTLD_LAZY | RTLD_NOLOAD);
  if (!driver) return std::nullopt;
  const auto get_name = reinterpret_cast<int (*)(char*, int, int)>(dlsym(driver, "cuDeviceGetName"));
  char name[256] = {};
  const bool known = get_name && get_name(name, sizeof name, 0) == 0;
  dlclose(driver);  // libtorch holds it, too
  if (!known) return std::nullopt;
  return name;
}

}  // namespace minnow
