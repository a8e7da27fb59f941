#!/usr/bin/env bash
# Runs every test. On Debian and Ubuntu it first installs what is missing.
#
#   ./test.sh              all tests
#   ./test.sh NAME         the tests whose name contains NAME
#   ./test.sh --prepare    only install what is missing
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

say() { printf '==> %s\n' "$*" >&2; }
fail() { printf 'test.sh: %s\n' "$*" >&2; exit 1; }

# SQLite comes as C source inside a dependency, and Rust links with cc.
have_c_compiler() {
  printf '#include <stdio.h>\nint main(void) { return 0; }\n' |
    cc -x c -o /dev/null - >/dev/null 2>&1
}

# The pages are tested in a real browser.
have_browser() {
  [ "${HAMGATE_BROWSER:-}" = skip ] ||
    { chromium --version && chromedriver --version; } >/dev/null 2>&1
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "this needs root: $*"
  fi
}

install() {
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}

# axe-core, which looks for faults of accessibility: a tool of the tests only.
axe() {
  local made=target/axe
  [ "${HAMGATE_BROWSER:-}" != skip ] || return 0
  if ! cmp -s tests/browser/axe/package-lock.json "$made/installed"; then
    command -v npm >/dev/null || install npm ||
      fail "no npm to be had from apt: install it, or set HAMGATE_BROWSER=skip"
    say "installing axe-core (for the tests of pages)"
    mkdir -p "$made"
    cp tests/browser/axe/package.json tests/browser/axe/package-lock.json "$made/"
    (cd "$made" && npm ci --silent --no-audit --no-fund --ignore-scripts)
    cp tests/browser/axe/package-lock.json "$made/installed"
  fi
}

prepare() {
  if ! command -v cargo >/dev/null && [ -f "$HOME/.cargo/env" ]; then
    # shellcheck disable=SC1091
    . "$HOME/.cargo/env"
  fi
  command -v cargo >/dev/null ||
    fail "no cargo; install Rust first: https://www.rust-lang.org/tools/install"
  if ! have_c_compiler; then
    command -v apt-get >/dev/null ||
      fail "no C compiler, and no apt-get to install one: install gcc or clang"
    say "installing build-essential (a C compiler)"
    install build-essential
    have_c_compiler || fail "the C compiler still does not work"
  fi
  if ! have_browser; then
    command -v apt-get >/dev/null ||
      fail "no Chromium with chromedriver, and no apt-get to install them: install both, or set HAMGATE_BROWSER=skip"
    say "installing chromium and chromium-driver (for the tests of pages)"
    install chromium chromium-driver ||
      fail "no Chromium to be had from apt: install it and its chromedriver, or set HAMGATE_BROWSER=skip"
    have_browser || fail "Chromium and its driver still do not work"
  fi
  axe
}

prepare
if [ "${1:-}" = --prepare ]; then
  exit 0
fi
say "cargo test --locked $*"
cargo test --locked "$@"
say "all tests passed"
