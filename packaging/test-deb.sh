#!/bin/sh
# Tries Minnow's Debian package where nothing of this machine's can help it: makes the package out of a release build,
# installs it with apt in a bare Debian 12 in a folder, and there asks for the version, takes a picture of every page
# and runs a short demo. As root, with debootstrap, desktop-file-utils and appstream; downloads about 400 MB.
# Usage: packaging/test-deb.sh [--package FILE] [--root FOLDER]
#   --package FILE   this package instead of a new one from build/release
#   --root FOLDER    where the bare Debian is, or is made; build/bookworm by default
set -eu
cd -- "$(dirname -- "$0")/.."
usage="Usage: packaging/test-deb.sh [--package FILE] [--root FOLDER]"
package=
root=$PWD/build/bookworm
while [ $# -gt 0 ]; do
  case "$1" in
    --package) package=${2:?--package needs a file}; shift 2 ;;
    --root) root=${2:?--root needs a folder}; shift 2 ;;
    *) echo "$usage; '$1' is neither" >&2; exit 2 ;;
  esac
done

if [ -z "$package" ]; then
  . packaging/steps.sh
  build release programs
  (cd build/release && cpack -G DEB)
  package=$(find build/release -maxdepth 1 -name 'minnow_*.deb' -printf '%T@ %p\n' | sort -n | tail -n 1 | cut -d' ' -f2)
fi
desktop-file-validate packaging/*.desktop
appstreamcli validate --no-net packaging/*.metainfo.xml
[ -f "$root/etc/debian_version" ] || debootstrap --variant=minbase bookworm "$root"

inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/root "$@"; }
cp "$package" "$root/root/minnow.deb"
cp /etc/resolv.conf "$root/etc/resolv.conf"
mountpoint -q "$root/proc" || mount -t proc proc "$root/proc"
trap 'umount "$root/proc"' EXIT

echo "== installing $package"
inside apt-get update -q
inside env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends --reinstall /root/minnow.deb
for dependency in libopenblas0-pthread qt6-wayland libqt6svg6 fonts-noto-cjk libtorch1.13 libqt6widgets6; do
  dpkg-deb -f "$package" Depends | grep -q "$dependency" || { echo "the package doesn't depend on $dependency" >&2; exit 1; }
done
echo "== version"
inside minnow --version
inside minnow-cli --version
echo "== a picture of every page"
rm -rf "$root/root/pictures" "$root/root/demo"
inside minnow --screenshots /root/pictures
[ "$(find "$root/root/pictures" -name '*.png' -size +10k | wc -l)" -ge 32 ] || { echo "pictures are missing" >&2; exit 1; }
echo "== a short demo"
inside minnow-cli demo --output /root/demo --train-rows 480 --test-rows 20 --wild-rows 10
[ -n "$(find "$root/root/demo/runs" -name report.html)" ] || { echo "the demo left no report" >&2; exit 1; }
echo "== done: $root/root/pictures, $root/root/demo"
