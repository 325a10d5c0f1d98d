// The three statistics of an evaluation: an interval for one share, a test for two models on the same rows, and the
// correction for looking at several fields at once. Pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/types/evaluate_report.h"

namespace minnow {

/// k of n with its 95 % score interval (Wilson 1927): the shares p for which k lies within 1.96 standard errors of n p.
/// Expects 0 <= k <= n. With n = 0 nothing is known: the interval is 0 to 1.
Share wilson(std::int64_t k, std::int64_t n);

/// Exact two-sided McNemar test (McNemar 1947) of `fixed` rows that went from wrong to right against `broken` rows that
/// went the other way: were both equally likely, the probability of a split at least as uneven. 1 when there are none.
/// Summed in logarithms: exact to about 1e-9 relative for a million rows, never 0 by underflow before about 1e-300.
double mcnemar_exact(std::int64_t fixed, std::int64_t broken);

/// Holm's step-down correction (Holm 1979): adjusted p-values in the order given, each at most 1. Calling those below
/// alpha "different" is wrong anywhere with probability at most alpha.
std::vector<double> holm(const std::vector<double>& p_values);

}  // namespace minnow
