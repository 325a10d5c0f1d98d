#!/bin/sh
# From a bare Debian 12 or 13 to Minnow at work, as root or with sudo: installs what is missing, builds, runs.
# Opens the window. Where there is no display it runs the demo in the terminal and writes pictures of every page.
# Usage: packaging/run.sh [ARGUMENT...]   what follows is handed to the window, or to the demo, e.g. --dtype f32
set -eu
cd -- "$(dirname -- "$0")/.."
. packaging/steps.sh

# shellcheck disable=SC2086  # one word per package
install_missing $build_packages
build release programs

cli=build/release/app/cli/minnow-cli
window=build/release/app/window/minnow
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  exec "$window" "$@"
fi
demo=$PWD/build/release/demo
"$cli" demo --output "$demo" "$@"
pictures=$PWD/build/release/pictures
QT_QPA_PLATFORM=offscreen "$window" --project "$demo" --screenshots "$pictures" > /dev/null
echo "There is no display here. A picture of every page of the window: $pictures"
