# What Minnow needs from a Debian 12 or 13, by package. The only such list; sourced by steps.sh.

# To build and to run: compiler and CMake, libtorch with a fast BLAS, text, charts, network, the window, a CJK font.
build_packages='
  g++ cmake ninja-build pkg-config
  libtorch-dev libopenblas0-pthread
  nlohmann-json3-dev libpcre2-dev libutf8proc-dev libcli11-dev libssl-dev
  libcairo2-dev
  libcurl4-openssl-dev libcpp-httplib-dev
  qt6-base-dev qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools qt6-svg-dev libqcustomplot-dev
  qt6-wayland qt6-translations-l10n fonts-noto-cjk
'
# What reads SVG pictures is part of libqt6svg6 in Debian 12 and a package of its own after it.
case "$(. /etc/os-release 2> /dev/null && echo "${ID:-} ${VERSION_ID:-}")" in
  'debian 12') ;;
  debian*) build_packages="$build_packages qt6-svg-plugins" ;;
esac

# To test what needs an X display.
test_packages='xvfb xauth'
