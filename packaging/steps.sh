# The steps that run.sh and test.sh share; sourced by them from the repository's root. POSIX sh.
. packaging/packages.sh

# Qt and the terminal need a UTF-8 locale; a bare Debian has none set.
case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
  *[Uu][Tt][Ff]*) ;;
  *) export LC_ALL=C.UTF-8 ;;
esac

# install_missing PACKAGE...: asks dpkg once, and apt only where something is missing; as root or by sudo.
install_missing() {
  if ! command -v dpkg-query > /dev/null; then
    echo "This isn't a Debian: nothing is installed. On a Debian the packages are: $*" >&2
    return
  fi
  installed=" $(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2> /dev/null |
    sed -n 's/ installed$//p' | tr '\n' ' ') "
  missing=
  for package in "$@"; do
    case "$installed" in *" $package "*) ;; *) missing="$missing $package" ;; esac
  done
  [ -n "$missing" ] || return 0
  as_root=
  if [ "$(id -u)" != 0 ]; then
    as_root=sudo
    command -v sudo > /dev/null || {
      echo "Packages are missing, and without sudo this can't install them. As root:" >&2
      echo "  apt-get update && apt-get install --no-install-recommends$missing" >&2
      exit 1
    }
  fi
  echo "Installing$missing"
  $as_root apt-get update -q
  # shellcheck disable=SC2086  # one word per package
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
}

# build PRESET TARGET: configures once, then lets ninja do what changed. Its build file appears only when CMake is done.
build() {
  [ -f "build/$1/build.ninja" ] || cmake --preset "$1"
  cmake --build --preset "$1" --target "$2" --parallel "$(nproc)"
}
