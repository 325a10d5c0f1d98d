#!/bin/sh
# The ctest `layers`: does every #include of app, core and widgets respect the table in layers.txt?
# Usage: check.sh [ROOT]   (the repository's root; the folder of this script tells it by default)
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
cd -- "${1:-$here/../..}"
files=$(find app core widgets -type f \( -name '*.h' -o -name '*.cpp' -o -name '*.h.in' -o -name '*.cpp.in' \) | sort)
# shellcheck disable=SC2086  # one word per file: no source has a blank in its name
awk -f "$here/layers.awk" "$here/layers.txt" $files
echo "$(echo "$files" | wc -l) files respect the table"
