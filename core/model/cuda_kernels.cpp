// NVRTC and the driver by dlsym. Signatures: NVRTC User Guide, CUDA Driver API; every function returns 0 for success.
#include "core/model/cuda_kernels.h"

#include <dlfcn.h>

#include <cstdlib>
#include <mutex>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "core/types/error.h"

namespace minnow {
namespace {

/// The functions, and the device they compile for.
struct Cuda {
  int (*create)(void**, const char*, const char*, int, const char* const*, const char* const*) = nullptr;
  int (*compile)(void*, int, const char* const*) = nullptr;
  int (*log_size)(void*, std::size_t*) = nullptr;
  int (*log)(void*, char*) = nullptr;
  int (*binary_size)(void*, std::size_t*) = nullptr;
  int (*binary)(void*, char*) = nullptr;
  int (*destroy)(void**) = nullptr;

  int (*device_attribute)(int*, int, int) = nullptr;
  int (*retain_context)(void**, int) = nullptr;
  int (*current_context)(void**) = nullptr;
  int (*set_context)(void*) = nullptr;
  int (*load_module)(void**, const void*) = nullptr;
  int (*get_function)(void**, void*, const char*) = nullptr;
  int (*launch)(void*, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, void*, void**,
                void**) = nullptr;

  void* context = nullptr;  ///< of libtorch's runtime: the primary one
  std::string architecture;
  std::string missing;  ///< why there is none of this; empty where there is

  Cuda();
  /// Driver functions need a current context; libtorch gives a thread one only with its own first call there.
  void enter() const {
    static thread_local bool entered = false;
    if (entered) return;
    void* now = nullptr;
    if (current_context(&now) != 0 || now == nullptr) set_context(context);
    entered = true;
  }
};

template <typename F>
bool find(void* library, F& function, const char* name) {
  function = reinterpret_cast<F>(dlsym(library, name));
  return function != nullptr;
}

Cuda::Cuda() {
  const char* wanted = std::getenv("MINNOW_CUDA_KERNELS");
  if (wanted && std::string_view(wanted) == "0") {
    missing = "MINNOW_CUDA_KERNELS is 0";
    return;
  }
  void* driver = dlopen("libcuda.so.1", RTLD_LAZY);
  void* nvrtc = nullptr;
  // libtorch's own door to NVRTC knows where that lies; the others are a CUDA toolkit's.
  for (const char* name :
       {"libcaffe2_nvrtc.so", "libnvrtc.so", "libnvrtc.so.13", "libnvrtc.so.12", "libnvrtc.so.11.2"}) {
    if (!nvrtc) nvrtc = dlopen(name, RTLD_LAZY);
  }
  if (!driver || !nvrtc) {
    missing = driver ? "no libnvrtc was found" : "no CUDA driver was found";
    return;
  }
  const bool all =
      find(nvrtc, create, "nvrtcCreateProgram") && find(nvrtc, compile, "nvrtcCompileProgram") &&
      find(nvrtc, log_size, "nvrtcGetProgramLogSize") && find(nvrtc, log, "nvrtcGetProgramLog") &&
      find(nvrtc, binary_size, "nvrtcGetCUBINSize") && find(nvrtc, binary, "nvrtcGetCUBIN") &&
      find(nvrtc, destroy, "nvrtcDestroyProgram") && find(driver, device_attribute, "cuDeviceGetAttribute") &&
      find(driver, retain_context, "cuDevicePrimaryCtxRetain") && find(driver, current_context, "cuCtxGetCurrent") &&
      find(driver, set_context, "cuCtxSetCurrent") && find(driver, load_module, "cuModuleLoadData") &&
      find(driver, get_function, "cuModuleGetFunction") && find(driver, launch, "cuLaunchKernel");
  if (!all) {
    missing = "libnvrtc or the CUDA driver is too old";
    return;
  }
  constexpr int kMajor = 75, kMinor = 76;  // CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR, _MINOR
  int major = 0, minor = 0;
  if (device_attribute(&major, kMajor, 0) != 0 || device_attribute(&minor, kMinor, 0) != 0 ||
      retain_context(&context, 0) != 0) {
    missing = "the CUDA driver doesn't say what the device is";
    return;
  }
  architecture = "sm_" + std::to_string(major) + std::to_string(minor);
}

/// Read and written under the mutex: programs are made by whichever thread comes first.
struct State {
  std::mutex mutex;
  Cuda cuda;
  std::string refused;  ///< what NVRTC or the driver said of a source
};

State& state() {
  static State one;
  return one;
}

std::string first_line_of_log(const Cuda& cuda, void* program) {
  std::size_t size = 0;
  if (cuda.log_size(program, &size) != 0) return "no reason given";
  std::vector<char> said(size + 1);
  cuda.log(program, said.data());
  const std::string_view log(said.data());
  return std::string(log.substr(0, log.find('\n')));
}

}  // namespace

CudaProgram::CudaProgram(const std::string& prologue, const char* source) {
  State& s = state();
  const Cuda& cuda = s.cuda;
  if (!cuda.missing.empty()) return;
  const std::lock_guard lock(s.mutex);
  cuda.enter();
  const std::string text = prologue + kCudaCommon + source;
  const std::string architecture = "--gpu-architecture=" + cuda.architecture;
  const char* options[] = {architecture.c_str()};
  void* program = nullptr;
  if (cuda.create(&program, text.c_str(), "minnow.cu", 0, nullptr, nullptr) != 0) {
    s.refused = "libnvrtc can't begin";
    return;
  }
  std::size_t size = 0;
  if (cuda.compile(program, 1, options) != 0) {
    s.refused = "libnvrtc refused the kernels for " + cuda.architecture + ": " + first_line_of_log(cuda, program);
  } else if (std::vector<char> binary; cuda.binary_size(program, &size) != 0 ||
                                       (binary.resize(size), cuda.binary(program, binary.data()) != 0) ||
                                       cuda.load_module(&module_, binary.data()) != 0) {
    module_ = nullptr;
    s.refused = "the CUDA driver refused what libnvrtc compiled";
  }
  cuda.destroy(&program);
}

CudaKernel CudaProgram::kernel(const char* name) const {
  CudaKernel kernel;
  kernel.name_ = name;
  if (!module_ || state().cuda.get_function(&kernel.function_, module_, name) != 0) {
    throw std::logic_error(std::string("no CUDA kernel ") + name);
  }
  return kernel;
}

void CudaKernel::launch_raw(std::int64_t blocks, int threads, void** arguments) const {
  if (blocks == 0) return;
  const Cuda& cuda = state().cuda;
  cuda.enter();
  const int result = cuda.launch(function_, static_cast<unsigned>(blocks), 1, 1, static_cast<unsigned>(threads), 1, 1,
                                 0, nullptr, arguments, nullptr);
  if (result != 0) {
    throw Error(ErrorKind::device, std::string("the CUDA device refused the kernel ") + name_ + " (CUDA error " +
                                       std::to_string(result) + ")");
  }
}

std::string cuda_kernels_state() {
  State& s = state();
  if (!s.cuda.missing.empty()) return "ATen alone: " + s.cuda.missing;
  const std::lock_guard lock(s.mutex);
  return s.refused.empty() ? "compiled for " + s.cuda.architecture : "ATen alone: " + s.refused;
}

}  // namespace minnow
