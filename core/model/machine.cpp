// Probes the machine once; the dtype is chosen by timing a product of each, never by processor flags alone.
#include "core/model/machine.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>
#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <limits>
#include <map>
#include <mutex>

#include "core/io/address_space.h"
#include "core/io/thread_room.h"
#include "core/model/cuda_device.h"
#include "core/model/cuda_kernels.h"
#include "core/model/cuda_ops.h"
#include "core/model/kernels.h"
#include "core/types/error.h"
#include "core/types/seconds_since.h"

namespace minnow {
namespace {

/// Whether a BLAS that is known to be fast is loaded: the system's libblas.so.3 may stand for any of them.
bool has_fast_blas() {
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);) {
    for (const char* name : {"openblas", "libmkl", "libblis", "blis-", "atlas", "flexiblas"}) {
      if (line.find(name) != std::string::npos) return true;
    }
  }
  return false;
}

/// OpenBLAS takes 128 MiB of work space a thread (its BUFFER_SIZE on x86-64) at the first product, and where it can't
/// have them it tries for ever.
void check_work_space(int cores) {
  const std::size_t needed = (std::size_t{128} << 20) * (static_cast<std::size_t>(cores) + 1);
  if (has_address_space(needed)) return;
  throw Error(ErrorKind::memory,
              "there isn't enough memory to compute with: matrix products need " + std::to_string(needed >> 20) +
                  " MiB of address space, and a limit (ulimit -v) leaves less",
              "memory");
}

double gflops(at::ScalarType type, at::Device device) {
  const std::int64_t M = 256, K = 1024, N = 1024;
  const auto options = at::TensorOptions().dtype(type).device(device);
  const at::Tensor a = at::ones({M, K}, options), b = at::ones({N, K}, options);
  double best = std::numeric_limits<double>::infinity(), spent = 0.0;
  at::linear(a, b);
  for (int i = 0; i < 5 && spent < 0.05; ++i) {  // seconds
    const auto start = std::chrono::steady_clock::now();
    at::linear(a, b).view({-1})[0].item<float>();
    const double seconds = seconds_since(start);
    best = std::min(best, seconds);
    spent += seconds;
  }
  return 2.0 * static_cast<double>(M * K * N) / best / 1e9;
}

std::string processor_name() {
  std::ifstream in("/proc/cpuinfo");
  for (std::string line; std::getline(in, line);) {
    if (line.rfind("model name", 0) == 0) return line.substr(line.find(':') + 2);
  }
  return "CPU";
}

/// A number from a one-number file; nothing when it isn't there or says "max".
std::int64_t number_in(const std::string& path) {
  std::ifstream in(path);
  std::int64_t value = 0;
  return in >> value ? value : std::numeric_limits<std::int64_t>::max();
}

std::int64_t meminfo(const std::string& key) {
  std::ifstream in("/proc/meminfo");
  std::string name, unit;
  for (std::int64_t kib = 0; in >> name >> kib;) {
    if (name == key + ":") return kib * 1024;
    std::getline(in, unit);
  }
  return std::numeric_limits<std::int64_t>::max();
}

Machine probe(const std::string& device, int threads) {
  Machine m;
#ifdef __GLIBC__
  // Activations are the same sizes step after step: keep their pages instead of giving them back each time.
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
  mallopt(M_TOP_PAD, 64 << 20);  // as much as a heap of another thread has, which is then kept as well
#endif
  m.threads = threads;
  m.device = device;
  check_work_space(processors());

  c10::NoGradGuard no_grad;
  m.f32_gflops = gflops(at::kFloat, device);
  m.device_name = m.device == "cuda" ? cuda_device_name().value_or("CUDA") : processor_name();
  try {
    m.bf16_gflops = gflops(at::kBFloat16, device);
  } catch (const std::exception&) {
    m.bf16_gflops = 0.0;  // no bf16 product on this machine: f32 it is
  }
  m.dtype = m.bf16_gflops > m.f32_gflops ? "bfloat16" : "float32";
  // The reference BLAS reaches about 2 a core; so does any other on a machine that is busy with something else.
  m.slow_blas = m.device == "cpu" && m.f32_gflops < 10.0 * m.threads && !has_fast_blas();
  m.memory_total = std::min(meminfo("MemTotal"), number_in("/sys/fs/cgroup/memory.max"));
  m.memory_available = available_memory();
  m.libtorch = libtorch_version();
  m.kernels = kernel_level();
  if (device == "cuda") {
    for (const auto type : {at::kFloat, at::kBFloat16}) {  // compiles them, where that goes
      cuda::takes(at::empty({4}, at::TensorOptions().device(at::kCUDA).dtype(type)));
    }
    m.kernels = cuda_kernels_state();
  }
  return m;
}

}  // namespace

Machine machine(const std::string& wanted, int threads) {
  static std::mutex mutex;
  static std::map<std::string, Machine> known;  // by device
  static int used = processors();
  if (wanted != "auto" && wanted != "cpu" && wanted != "cuda") {
    throw Error(ErrorKind::device, "there is no device '" + wanted + "'; the devices are cpu and cuda", wanted);
  }
  const bool cuda = at::hasCUDA();
  if (wanted == "cuda" && !cuda) {
    throw Error(ErrorKind::device,
                "a CUDA device was asked for, but this libtorch (" + std::string(libtorch_version()) + ") sees none",
                wanted);
  }
  const std::string device = cuda && wanted != "cpu" ? "cuda" : "cpu";
  const std::lock_guard lock(mutex);
  if (threads >= 0) used = threads > 0 ? std::min(threads, processors()) : processors();
  if (device == "cpu" && known[device].threads != used) {  // before libtorch makes its threads
    check_work_space(used);
    check_thread_room(used);
  }
  at::set_num_threads(used);
  Machine& here = known[device];
  if (here.threads != used) here = probe(device, used);
  return here;
}

std::int64_t available_memory(const std::string& device) {
  if (device == "cuda") {
    if (const auto memory = cuda_memory()) return memory->free;
  }
  std::int64_t bytes = meminfo("MemAvailable");
  const std::int64_t limit = number_in("/sys/fs/cgroup/memory.max"), used = number_in("/sys/fs/cgroup/memory.current");
  if (limit != std::numeric_limits<std::int64_t>::max() && used < limit) bytes = std::min(bytes, limit - used);
  rlimit address{};
  if (getrlimit(RLIMIT_AS, &address) == 0 && address.rlim_cur != RLIM_INFINITY) {
    std::ifstream in("/proc/self/statm");
    std::int64_t pages = 0;
    in >> pages;
    const std::int64_t left = static_cast<std::int64_t>(address.rlim_cur) - pages * sysconf(_SC_PAGESIZE);
    bytes = std::min(bytes, std::max<std::int64_t>(0, left));
  }
  return bytes;
}

std::int64_t peak_memory(const std::string& device) {
  if (device == "cuda") {
    if (const auto memory = cuda_memory()) return memory->total - memory->free;
  }
  return peak_resident_bytes();
}

std::int64_t peak_resident_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::int64_t>(usage.ru_maxrss) * 1024;
}

}  // namespace minnow
