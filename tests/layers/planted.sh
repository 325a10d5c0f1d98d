#!/bin/sh
# The ctest `layers-planted`: in a copy of the sources, each wrong include below must be found, and named with its line.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp -r "$here/../../app" "$here/../../core" "$here/../../widgets" "$copy"
sh "$here/check.sh" "$copy" > /dev/null || { echo "the untouched copy is refused"; exit 1; }

failures=0
# plant FILE INCLUDE [LINE]: the file, with that include on its second line, must be refused there (or in LINE).
plant() {
  mkdir -p "$copy/$(dirname "$1")"
  printf '#include <string>\n#include %s\n' "$2" > "$copy/$1"
  if said=$(sh "$here/check.sh" "$copy" 2>&1); then
    echo "not found: $2 in $1"; failures=$((failures + 1))
  elif ! echo "$said" | grep -q "^$1:${3:-2}: "; then
    echo "found, but not named: $2 in $1: $said"; failures=$((failures + 1))
  fi
  rm "$copy/$1"
}

plant core/types/planted.h '<nlohmann/json.hpp>'
plant core/types/planted.h '<sys/mman.h>'
plant core/types/planted.h '"core/io/json.h"'
plant core/io/planted.cpp '"core/text/tokenizer.h"'
plant core/io/planted.cpp '<nlohmann/json.hpp>'
plant core/text/planted.cpp '<ATen/ATen.h>'
plant core/text/planted.cpp '"core/data/load.h"'
plant core/data/planted.cpp '"core/project/project.h"'
plant core/data/planted.cpp '<curl/curl.h>'
plant core/model/planted.cpp '"core/generate/generate.h"'
plant core/evaluate/planted.cpp '"core/train/train.h"'
plant core/train/planted.cpp '<QString>'
plant core/train/planted.cpp '"widgets/train_page.h"'
plant core/demo/planted.cpp '"app/reexec.h"'
plant core/report/planted.cpp '<boost/regex.hpp>'
plant core/report/planted.cpp '"planted.h"'
plant core/report/planted.cpp 'PLANTED_HEADER'
plant core/unknown/planted.cpp '<vector>' 1  # a folder without a row
plant widgets/planted.cpp '"core/train/train.h"'
plant widgets/planted.cpp '"app/train_session.h"'
plant widgets/planted.cpp '<torch/torch.h>'
plant widgets/charts/planted.cpp '<qcustomplot.h>'
plant app/planted.cpp '<qcustomplot.h>'
plant app/planted.cpp '<CLI/CLI.hpp>'
plant app/cli/planted.cpp '<QCoreApplication>'

[ "$failures" = 0 ] && echo "every planted include was found"
