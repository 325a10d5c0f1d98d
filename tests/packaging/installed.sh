#!/bin/sh
# The ctest `installed`: `cmake --install` into an empty folder gives a minnow-cli that starts from there, the data it
# looks for beside itself, the licence, and no file that names the build folder.
# Usage: installed.sh BUILD_FOLDER
set -eu
build=$1
window=
[ ! -x "$build/app/window/minnow" ] || window="bin/minnow lib/minnow/libminnow_program.so lib/minnow/libminnow_engine.so share/applications/io.github.minnow.Minnow.desktop
  share/metainfo/io.github.minnow.Minnow.metainfo.xml share/icons/hicolor/scalable/apps/io.github.minnow.Minnow.svg"
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT
cmake --install "$build" --prefix "$prefix" --strip > "$prefix.log" 2>&1 || { cat "$prefix.log"; rm "$prefix.log"; exit 1; }
rm "$prefix.log"

for file in bin/minnow-cli share/minnow/gazetteer/china.txt share/doc/minnow/LICENSE share/doc/minnow/README.md \
  $window; do
  [ -f "$prefix/$file" ] || { echo "$file isn't installed"; exit 1; }
done
(cd / && "$prefix/bin/minnow-cli" --version)
if [ -n "$window" ]; then
  (cd / && env -u DISPLAY -u WAYLAND_DISPLAY -u QT_QPA_PLATFORM "$prefix/bin/minnow" --version)
  # Else the first paint waits for a second or two.
  if readelf -d "$prefix/lib/minnow/libminnow_program.so" | grep NEEDED | grep -E 'torch|libc10'; then
    echo "the window is linked with libtorch instead of loading the engine's library when it is wanted"; exit 1
  fi
fi
if grep -rlF "$build" "$prefix"; then
  echo "these installed files name the build folder"; exit 1
fi
