// What the machine can do: device, threads, the faster dtype by timing, memory. Torch-free header.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <thread>

namespace minnow {

struct Machine {
  std::string device;       ///< "cpu" or "cuda"
  std::string device_name;  ///< processor or GPU name
  int threads = 0;
  double f32_gflops = 0.0;  ///< measured matmul rates; 0 when not measured
  double bf16_gflops = 0.0;
  std::string dtype;                                    ///< the faster of the two: "float32" or "bfloat16"
  bool slow_blas = false;                               ///< f32 matmul runs on a reference BLAS
  std::int64_t memory_total = 0, memory_available = 0;  ///< bytes; the smaller of the machine's and the cgroup's
  std::string libtorch;                                 ///< version
  std::string kernels;  ///< what our own are compiled for: an instruction set, or the CUDA device
};

/// The libtorch that this was built with.
const char* libtorch_version();

/// Processors that this process may use, at least 1.
inline int processors() { return static_cast<int>(std::max(1u, std::thread::hardware_concurrency())); }

/// Measures once per process and number of threads (about 0.1 s), then answers from memory. `wanted` is "auto", "cpu"
/// or "cuda". `threads` is how many ATen shall use from now on: 0 is all processors and never more than those, -1 what
/// was said last, at first all. Throws Error(device) when the device isn't there.
Machine machine(const std::string& wanted = "auto", int threads = -1);

/// Bytes that could be had now without swapping: MemAvailable, cgroup limit and RLIMIT_AS, whichever is least. For
/// "cuda" those of the device, where they are known.
std::int64_t available_memory(const std::string& device = "cpu");
/// Peak resident bytes of this process so far (VmHWM).
std::int64_t peak_resident_bytes();
/// The same; for "cuda" what the device has in use now, by whatever process: libtorch keeps what it took, so a run's
/// figure is its peak.
std::int64_t peak_memory(const std::string& device);

}  // namespace minnow
