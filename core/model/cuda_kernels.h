// Kernels of our own on a CUDA device (cuda_*.cuh), compiled at the first use by NVRTC, which every libtorch for
// CUDA brings along. Found at run time, like cuda_device.h: without CUDA's headers. Torch-free header.
#pragma once

#include <cstdint>
#include <string>

namespace minnow {

extern const char* const kCudaCommon;       ///< what both of the others need before them
extern const char* const kCudaElementwise;  ///< everything but attention
extern const char* const kCudaAttention;

/// A compiled function. Launched on the default stream, which is where ATen works unless told otherwise.
class CudaKernel {
 public:
  /// Blocks of `threads` threads; the arguments have exactly the types of the source's parameters. Throws
  /// Error(device).
  template <typename... Arguments>
  void launch(std::int64_t blocks, int threads, Arguments... arguments) const {
    void* pointers[] = {&arguments...};
    launch_raw(blocks, threads, pointers);
  }

 private:
  friend class CudaProgram;
  void launch_raw(std::int64_t blocks, int threads, void** arguments) const;
  void* function_ = nullptr;
  const char* name_ = "";
};

/// A source compiled for the first CUDA device. The object lives as long as the process.
class CudaProgram {
 public:
  /// `prologue` stands before the source. Never throws for what is missing: kernel() finds nothing then.
  CudaProgram(const std::string& prologue, const char* source);
  /// False where there is no NVRTC or it refused the source.
  explicit operator bool() const { return module_ != nullptr; }
  CudaKernel kernel(const char* name) const;

 private:
  void* module_ = nullptr;
};

/// What computes on the CUDA device beside ATen: "compiled for sm_90", or why it is ATen alone. MINNOW_CUDA_KERNELS=0
/// in the environment asks for that.
std::string cuda_kernels_state();

}  // namespace minnow
