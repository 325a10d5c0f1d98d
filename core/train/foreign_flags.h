// What other versions of ms-swift, and transformers' scripts, write for Minnow's settings, and their flags that have no
// meaning here.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace minnow {

/// A flag that Minnow takes without doing anything. `values`: those that don't change the result, '|' between them;
/// empty = any. `instead`: what to write for another one.
struct InertFlag {
  std::string_view name, values, why, instead = {};
};
std::span<const InertFlag> inert_flags();

/// The setting that a flag of another name stands for; empty when it is no alias.
std::string alias_of(const std::string& flag);

/// A setting's values in Minnow's words ("ALL" is all-linear). Throws Error(usage) for what has no counterpart here.
std::vector<std::string> in_our_words(const std::string& setting, std::vector<std::string> values);

}  // namespace minnow
