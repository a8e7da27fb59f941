#!/usr/bin/env bash
# Runs unmodified Akismet clients against hamgate. README.md beside this file says more.
#
#   tests/clients/run.sh              every client, then checks docs/clients.md; the same as --check
#   tests/clients/run.sh --write      every client, then writes docs/clients.md
#   tests/clients/run.sh NAME …       only these clients
#   tests/clients/run.sh --prepare    only installs what is missing
#
# HAMGATE_BIN       the hamgate to test (target/debug/hamgate)
# HAMGATE_CLIENTS   `optional` lets the run pass where namespaces cannot be made
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
made="$root/target/clients"
export HAMGATE_BIN="${HAMGATE_BIN:-$root/target/debug/hamgate}" PYTHONDONTWRITEBYTECODE=1

say() { printf '==> %s\n' "$*" >&2; }
fail() { printf 'tests/clients: %s\n' "$*" >&2; exit 1; }

# Ends the run because this machine cannot do it.
not_run() {
  printf '%s\n' '' '*** THE AKISMET CLIENTS WERE NOT RUN ***' "$@" '' >&2
  [ "${HAMGATE_CLIENTS:-}" = optional ] || exit 1
  exit 0
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else
    not_run 'Packages are missing. As root, run:' "    $*"
  fi
}

# Runs the rest once for each content of the files named before `--`.
once() {
  local name="$1" stamp
  shift
  local files=()
  while [ "$1" != -- ]; do files+=("$1"); shift; done
  shift
  stamp="$(cat "${files[@]}" | sha256sum)"
  if [ "$(cat "$made/$name.stamp" 2>/dev/null)" != "$stamp" ]; then
    say "installing $name"
    "$@"
    printf '%s\n' "$stamp" >"$made/$name.stamp"
  fi
}

# No package here brings a service: the database's server without its unit, PHP's command line.
from_debian() {
  local wanted=(libnet-akismet-perl ruby-akismet php-cli php-curl php-mysql mariadb-server-core
    mariadb-client-core iproute2 openssl)
  command -v node >/dev/null || wanted+=(nodejs)
  command -v npm >/dev/null || wanted+=(npm)
  python3 -m pip --version >/dev/null 2>&1 || wanted+=(python3 python3-pip)
  local missing=() package
  for package in "${wanted[@]}"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  # WordPress is only unpacked, since its package asks for a web server.
  local unpacked=(wordpress wordpress-theme-twentytwentythree libjs-cropper libjs-underscore php-getid3)
  [ "${#missing[@]}" -eq 0 ] && [ -e "$made/wordpress.stamp" ] && return
  command -v apt-get >/dev/null || fail "no apt-get; the clients' packages are Debian's: ${missing[*]}"
  as_root apt-get update -qq
  if [ "${#missing[@]}" -gt 0 ]; then
    say "installing ${missing[*]}"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  fi
  if [ ! -e "$made/wordpress.stamp" ]; then
    say "unpacking wordpress"
    rm -rf "$made/debian"
    mkdir -p "$made/debian/packages"
    (cd "$made/debian/packages" && apt-get download -qq "${unpacked[@]}" 2>/dev/null)
    local file
    for file in "$made/debian/packages/"*.deb; do dpkg-deb -x "$file" "$made/debian"; done
    : >"$made/wordpress.stamp"
  fi
}

python_clients() {
  local list
  rm -rf "$made/python"
  for list in "$here"/python/*.txt; do
    python3 -m pip install -q --no-deps --no-warn-script-location --disable-pip-version-check \
      --root-user-action=ignore --target "$made/python/$(basename "$list" .txt)" -r "$list"
  done
}

# Node looks for modules beside the script, so the scripts go to where they are installed.
js_clients() {
  mkdir -p "$made/js"
  cp "$here"/js/package.json "$here"/js/package-lock.json "$made/js/"
  (cd "$made/js" && npm ci --silent --no-audit --no-fund --ignore-scripts)
}

prepare() {
  mkdir -p "$made"
  from_debian
  once python "$here"/python/*.txt -- python_clients
  once js "$here"/js/package.json "$here"/js/package-lock.json -- js_clients
  cp "$here"/js/*.mjs "$made/js/"
  CARGO_TARGET_DIR="$made/rust" cargo build --quiet --locked --manifest-path "$here/rust/Cargo.toml"
}

# A network of its own, where ports 80 and 443 are free, nothing leaves the machine, and
# rest.akismet.com is hamgate. Whatever is started in it ends with it.
isolated() {
  printf '127.0.0.1 localhost blog.localhost rest.akismet.com %s\n' \
    "0123456789ab.localhost 0123456789ab.rest.akismet.com ba9876543210.localhost ba9876543210.rest.akismet.com" \
    >"$made/hosts"
  printf 'hosts: files\n' >"$made/nsswitch.conf"
  local user=()
  [ "$(id -u)" -eq 0 ] || user=(--map-root-user)
  # shellcheck disable=SC2016
  unshare "${user[@]}" --net --mount --propagation private --pid --fork --kill-child -- bash -c '
    set -e
    ip link set lo up
    mount --bind "$1/hosts" /etc/hosts
    mount --bind "$1/nsswitch.conf" /etc/nsswitch.conf
    shift
    exec "$@"' isolated "$made" "$@"
}

write=
case "${1:-}" in
  --prepare) prepare; exit 0 ;;
  --write) write=1; shift ;;
  --check) shift ;;
  -*) fail "unknown option $1" ;;
esac
[ -x "$HAMGATE_BIN" ] || fail "no $HAMGATE_BIN; run: cargo build, or set HAMGATE_BIN"
prepare
if ! why="$(isolated true 2>&1)"; then
  not_run 'They need a network and mount namespace of their own, which this machine refuses:' "    $why" \
    'Run as root (in a container: with the capability SYS_ADMIN).'
fi
passed=0
isolated python3 "$here/drive.py" --folder "$made" "$@" || passed=1
if [ "$#" -eq 0 ]; then
  python3 "$here/table.py" "$made/results.jsonl" "$root/docs/clients.md" ${write:+--write} || passed=1
fi
exit "$passed"
