// What the kernels for CUDA devices share. These three files are CUDA C++ without any header: compiled by NVRTC while
// Minnow runs, for the device that is there (cuda_kernels.h), so that one build serves machines with and without one;
// and by a test as C++ (tests/model/cuda_on_cpu.h). Before them stand the storage type T, float or bf16, as a macro,
// and what cuda_attention.cuh names. Rounding is that of the kernels for the CPU (kernels_body.h): arithmetic in f32,
// stored values where transformers rounds. Sums are made in an order that depends on shapes alone. No include guard.
#ifndef KERNEL
#define KERNEL extern "C" __global__ void
#endif
struct bf16 {
  unsigned short bits;
};
typedef long long int64;
#define kLowest -3.402823466e38f  // not minus infinity: that less itself is no number

__device__ inline float load(float x) { return x; }
__device__ inline float load(bf16 x) { return __uint_as_float(static_cast<unsigned>(x.bits) << 16); }
__device__ inline void store(float& y, float x) { y = x; }
// Round to nearest even; NaN stays NaN.
__device__ inline void store(bf16& y, float x) {
  const unsigned u = __float_as_uint(x);
  const unsigned rounded = (u + 0x7fffu + ((u >> 16) & 1u)) >> 16;
  y.bits = static_cast<unsigned short>((u & 0x7fffffffu) > 0x7f800000u ? 0x7fc0u : rounded);
}
__device__ inline float rounded(float x) {
  T y;
  store(y, x);
  return load(y);
}
// Neighbours that one instruction reads or writes: a warp's requests are then large enough to keep the memory busy.
struct __align__(2 * sizeof(T)) Two {
  T x[2];
};
struct __align__(4 * sizeof(T)) Four {
  T x[4];
};
__device__ inline const Four& four(const T* x) { return *reinterpret_cast<const Four*>(x); }
__device__ inline Four& four(T* x) { return *reinterpret_cast<Four*>(x); }
__device__ inline const Two& two(const T* x) { return *reinterpret_cast<const Two*>(x); }
__device__ inline Two& two(T* x) { return *reinterpret_cast<Two*>(x); }
__device__ inline float warp_sum(float x) {
  for (int o = 16; o > 0; o /= 2) x += __shfl_xor_sync(0xffffffffu, x, o);
  return x;
}
