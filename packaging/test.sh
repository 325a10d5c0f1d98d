#!/bin/sh
# From a bare Debian 12 or 13 to Minnow's tests: installs what is missing, builds everything, runs ctest.
# Usage: packaging/test.sh [--all] [--preset NAME]
#   --all          also what is slow: the full demo with its 98 %, kill and fuzz runs, and the fast tests once more
#                  under the address and undefined-behaviour sanitizers (preset dev-asan)
#   --preset NAME  a preset of CMakePresets.json; release by default, ci for warnings as errors
set -eu
cd -- "$(dirname -- "$0")/.."
. packaging/steps.sh

preset=release
all=no
while [ $# -gt 0 ]; do
  case "$1" in
    --all) all=yes; shift ;;
    --preset) preset=${2:?--preset needs a name}; shift 2 ;;
    *) echo "Usage: packaging/test.sh [--all] [--preset NAME]; '$1' is neither" >&2; exit 2 ;;
  esac
done

# shellcheck disable=SC2086  # one word per package
install_missing $build_packages $test_packages
build "$preset" all

# For ctest a test that Qt Test skips has passed: the log of the last run says how many there were, and why.
skipped() {
  log=build/$1/Testing/Temporary/LastTest.log
  echo "$(grep -c '^SKIP  *:' "$log") test functions were skipped in build/$1"
  sed -n 's/^SKIP  *: /  /p' "$log"
}

failed=
if [ "$all" = no ]; then
  ctest --preset "$preset" -LE 'slow|gpu' || failed=yes
  skipped "$preset"
  [ -z "$failed" ]
  exit
fi
ctest --preset "$preset" -LE gpu || failed=yes
skipped "$preset"
build dev-asan all
# GCC's stand-in for the stack doesn't align vectors of 64 bytes (its bug 110027), which looks like a fault of ours.
ASAN_OPTIONS=detect_stack_use_after_return=0 LSAN_OPTIONS=suppressions="$PWD/tests/leaks.supp" \
  ctest --preset dev-asan -L fast || failed=yes
skipped dev-asan
[ -z "$failed" ]
