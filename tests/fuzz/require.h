// A condition that a fuzz target holds its subject to.
#pragma once

#include <cstdio>
#include <cstdlib>

/// Ends the process, which fuzzers and the replay take for a finding.
inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}
