#!/bin/sh
# The ctest `installed`: `cmake --install` into an empty folder gives programs that start from there and find their
# engine, the data beside themselves, the licence, and no file that names the build folder. What is installed answers a
# prompt, refuses a broken model, and merges an adapter into a model that answers again.
# Usage: installed.sh BUILD_FOLDER GOLDEN_FOLDER
set -eu
build=$1
golden=$2
fail() { echo "$*" >&2; exit 1; }
window=
[ ! -x "$build/app/window/minnow" ] || window="bin/minnow lib/minnow/libminnow_program.so share/applications/io.github.minnow.Minnow.desktop
  share/metainfo/io.github.minnow.Minnow.metainfo.xml share/icons/hicolor/scalable/apps/io.github.minnow.Minnow.svg"
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT
cmake --install "$build" --prefix "$prefix" --strip > "$prefix.log" 2>&1 || { cat "$prefix.log"; rm "$prefix.log"; exit 1; }
rm "$prefix.log"

for file in bin/minnow-cli lib/minnow/libminnow_engine.so share/minnow/gazetteer/china.txt share/doc/minnow/LICENSE \
  share/doc/minnow/README.md $window; do
  [ -f "$prefix/$file" ] || fail "$file isn't installed"
done
# Else help, a refused command line and the window's first paint wait for a second or two.
for file in bin/minnow-cli ${window:+lib/minnow/libminnow_program.so}; do
  if readelf -d "$prefix/$file" | grep NEEDED | grep -E 'torch|libc10'; then
    fail "$file is linked with libtorch instead of loading the engine's library when it is wanted"
  fi
done
if grep -rlF "$build" "$prefix"; then
  fail "these installed files name the build folder"
fi

work=$prefix/work
mkdir "$work"
cd /
cli() { "$prefix/bin/minnow-cli" "$@"; }
cli --version
answer() { cli generate --device cpu --dtype f32 --threads 1 --max-new-tokens 8 --json --prompt "road 7" "$@"; }
answer --model "$golden/tiny-qwen3" > "$work/answer.json"
grep -q '"reason"' "$work/answer.json" || fail "the installed engine doesn't answer: $(cat "$work/answer.json")"

cp -r "$golden/tiny-qwen3" "$work/broken"
: > "$work/broken/model.safetensors"
code=0
answer --model "$work/broken" > "$work/refused" 2>&1 || code=$?
[ "$code" = 3 ] || fail "a model without weights ends with exit code $code: $(cat "$work/refused")"
grep -q '^minnow-cli: .*model.safetensors' "$work/refused" || fail "the refusal doesn't name the file: $(cat "$work/refused")"

cli merge --model "$golden/tiny-qwen3" --adapter "$golden/lora_final" --dtype float32 -o "$work/merged" > /dev/null
answer --model "$golden/tiny-qwen3" --adapter "$golden/lora_final" --prompt-style no_think > "$work/adapted.json"
answer --model "$work/merged" --prompt-style no_think > "$work/merged.json"
cmp "$work/adapted.json" "$work/merged.json" || fail "the merged model answers otherwise than model and adapter"

if [ -n "$window" ]; then
  env -u DISPLAY -u WAYLAND_DISPLAY -u QT_QPA_PLATFORM "$prefix/bin/minnow" --version
  env HOME="$work" QT_QPA_PLATFORM=offscreen "$prefix/bin/minnow" --start-time
fi
