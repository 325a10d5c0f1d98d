// What is said of a merge; needs no libtorch.
#include <cstdio>

#include "core/deploy/merge.h"

namespace minnow {

std::string Rounding::sentence(const std::string& dtype) const {
  char text[256];
  std::snprintf(text, sizeof text,
                "Rounding the weights to %s moves the logits of %lld tokens by at most %.2g (%.2g on average); the "
                "likeliest token stays the same at %lld of them.",
                dtype.c_str(), static_cast<long long>(tokens), largest, mean, static_cast<long long>(same));
  return text;
}

std::filesystem::path without_slash(const std::filesystem::path& path) {
  const std::filesystem::path absolute = std::filesystem::absolute(path).lexically_normal();
  return absolute.filename().empty() ? absolute.parent_path() : absolute;
}

std::filesystem::path merged_folder_of(const std::filesystem::path& checkpoint) {
  std::filesystem::path folder = without_slash(checkpoint);
  folder += "-merged";
  return folder;
}

}  // namespace minnow
