// Chooses the kernels for this processor once.
#include "core/model/kernels.h"

namespace minnow {

#define MINNOW_LEVEL(level)        \
  namespace level {                \
  extern const Kernels<float> f32; \
  extern const Kernels<bf16> half; \
  }
MINNOW_LEVEL(baseline)
#ifdef MINNOW_X86_LEVELS
MINNOW_LEVEL(v3)
MINNOW_LEVEL(v4)
MINNOW_LEVEL(v4_bf16)
#endif
#undef MINNOW_LEVEL

namespace {

struct Chosen {
  const Kernels<float>* f32 = &baseline::f32;
  const Kernels<bf16>* half = &baseline::half;
  const char* name = "baseline";
  Chosen() {
#ifdef MINNOW_X86_LEVELS
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512dq")) {
      if (__builtin_cpu_supports("avx512bf16")) {
        f32 = &v4_bf16::f32, half = &v4_bf16::half, name = "x86-64-v4 bf16";
      } else {
        f32 = &v4::f32, half = &v4::half, name = "x86-64-v4";
      }
    } else if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2")) {
      f32 = &v3::f32, half = &v3::half, name = "x86-64-v3";
    }
#endif
  }
};

const Chosen& chosen() {
  static const Chosen value;
  return value;
}

}  // namespace

const Kernels<float>& kernels_f32() { return *chosen().f32; }
const Kernels<bf16>& kernels_bf16() { return *chosen().half; }
template <>
const Kernels<float>& kernels<float>() {
  return kernels_f32();
}
template <>
const Kernels<bf16>& kernels<bf16>() {
  return kernels_bf16();
}
const char* kernel_level() { return chosen().name; }

}  // namespace minnow
