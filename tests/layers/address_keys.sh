#!/bin/sh
# The ctest `address-keys`: the fields of a task come from minnow.json, so the engine knows no key of the demo's task.
# No file of core, app or widgets names one, but the demo and the generator of synthetic deliveries (tests may too).
#
# "name" is left out: as a string it stands in a thousand JSON formats. Four of the keys are also kinds of field
# (core/types/task.cpp), so that one file may spell them; no kind is called specific_location or name.
# Usage: address_keys.sh [ROOT]
set -eu
cd -- "${1:-$(dirname -- "$0")/../..}"
sources() {
  find app core widgets -type f \( -name '*.h' -o -name '*.cpp' -o -name '*.in' \) |
    grep -v -e '^core/demo/' -e '^core/data/synth' | sort
}
found=$( (sources | xargs grep -nH 'specific_location' || true) &&
  (sources | grep -v '^core/types/task\.' |
    xargs grep -nHE '\\?"(province|city|district|phone)\\?"' || true) )
if [ -n "$found" ]; then
  echo "these lines name a key of the demo's task:"
  echo "$found"
  exit 1
fi
echo "no key of the demo's task outside the demo and the generator"
