#!/usr/bin/env bash
# Install the Debian or Ubuntu packages that are missing; done at once where none is.
#   scripts/system.sh venv python3.11     what `python3.11 -m venv` needs
#   scripts/system.sh tests .venv/bin     Chromium and PostgreSQL, which tests start themselves
set -euo pipefail

has() { type -P "$1" >/dev/null; }

apt_install() {
  if [ "$(id -u)" != 0 ] || ! has apt-get; then
    echo "Missing: $*. Install it with: sudo apt-get install --no-install-recommends $*" >&2
    return 1
  fi
  echo "Installing $*"
  apt-get update -qq </dev/null
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null
}

chromium_is_there() {
  has chromium || has google-chrome && return 0
  # Playwright's own download counts too.
  "$1/python" - <<'PY'
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as play:
    found = pathlib.Path(play.chromium.executable_path).exists()
sys.exit(not found)
PY
}

need_chromium() {
  chromium_is_there "$1" && return 0
  if ! has apt-get || grep -q '^ID=debian' /etc/os-release; then
    apt_install chromium fonts-dejavu-core
  elif [ "$(id -u)" = 0 ]; then
    # Ubuntu offers Chromium as a snap only: there, Playwright fetches one.
    "$1/python" -m playwright install --with-deps chromium </dev/null
  else
    echo "Missing: Chromium. Install it with: $1/python -m playwright install --with-deps chromium" >&2
    return 1
  fi
}

need_postgresql() {
  has pg_ctl || compgen -G '/usr/lib/postgresql/*/bin/pg_ctl' >/dev/null && return 0
  local policy=/usr/sbin/policy-rc.d
  if [ "$(id -u)" = 0 ] && [ ! -e "$policy" ]; then
    # Debian would start a cluster of its own; tests start a throw-away one instead.
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
  fi
  # No test stops without it: say how to get it, and go on.
  apt_install postgresql || true
}

case "$1" in
  venv) "$2" -c 'import ensurepip' 2>/dev/null ||
    apt_install "python$("$2" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv" ;;
  tests) need_chromium "$2"; need_postgresql ;;
  *) echo "usage: scripts/system.sh venv PYTHON | tests BIN" >&2; exit 2 ;;
esac
