#!/bin/sh
# The ctest `translations`: every text of the window is translated. Reads the sources into copies of the .ts files, as
# the target `translations` does, and fails where something is unfinished.
# Usage: translations.sh SOURCE_FOLDER LUPDATE
set -eu
source=$1
lupdate=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$source"/translations/*.ts "$scratch"
cd "$source"
"$lupdate" -silent -no-obsolete -locations none -recursive app/window widgets -I . -ts "$scratch/minnow_zh_CN.ts"
"$lupdate" -silent -no-obsolete -locations none -pluralonly -recursive app/window widgets -I . -ts "$scratch/minnow_en.ts"
failed=
for file in "$scratch"/*.ts; do
  count=$(grep -c 'type="unfinished"' "$file" || true)
  [ "$count" = 0 ] || { echo "$(basename "$file"): $count texts are unfinished, among them"; grep -B2 'type="unfinished"' "$file" | grep '<source>' | head -20; failed=yes; }
done
[ -z "$failed" ]
