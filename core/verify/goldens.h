// Comparisons with numbers of an independent implementation (tests/golden): called by the tests and by
// `minnow-cli verify --goldens DIR --device cuda` on machines without Qt. Torch-free header.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace minnow {

/// One comparison: the worst difference found and what is allowed (tests/golden/README.md).
struct GoldenCheck {
  std::string name;
  double worst = 0.0;
  double allowed = 0.0;
  bool ok() const { return worst <= allowed; }  ///< false for NaN
};

struct GoldenOptions {
  std::filesystem::path goldens;
  std::string device = "cpu";
  /// Tolerances of f32 logits are doubled and those of training multiplied by five on a GPU, as the README says.
  bool gpu() const { return device != "cpu"; }
};

std::vector<GoldenCheck> check_logits(const GoldenOptions& options);         ///< logits.json, f32 and bf16
std::vector<GoldenCheck> check_lora_training(const GoldenOptions& options);  ///< lora_train.json: 20 steps
std::vector<GoldenCheck> check_adapters(const GoldenOptions& options);       ///< rslora, patterns, merged_bf16
std::vector<GoldenCheck> check_generation(const GoldenOptions& options);     ///< generate.json and all that decodes
/// No files: every operation as the device computes it, f32 and bf16, against f64.
std::vector<GoldenCheck> check_operations(const GoldenOptions& options);

}  // namespace minnow
