#!/usr/bin/env bash
# Make the environment where there is none, and install reviewkit into it.
#   scripts/setup.sh .venv test
set -euo pipefail
cd "$(dirname "$0")/.."
env=$1 extras=$2

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
  local name
  for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    if new_enough "$name"; then
      echo "$name"
      return
    fi
  done
  echo "Python 3.11 or newer is needed. Install python3.11, or name one: make setup PYTHON=/path/to/python" >&2
  return 1
}

if ! new_enough "$env/bin/python"; then
  if [ "$env" != .venv ]; then
    echo "The active conda environment has no Python 3.11 or newer: conda install 'python>=3.11' pip" >&2
    exit 1
  fi
  python=$(find_python)
  scripts/system.sh venv "$python"
  echo "Making $env with $("$python" --version)"
  "$python" -m venv --clear "$env"
fi
"$env/bin/python" -c 'import pip' 2>/dev/null || "$env/bin/python" -m ensurepip >/dev/null

# uv installs in seconds what takes pip minutes; where it is not to be had, pip does as well.
pip=("$env/bin/python" -m pip --disable-pip-version-check)
"$env/bin/python" -m uv --version >/dev/null 2>&1 || "${pip[@]}" install -q uv </dev/null || true
echo "Installing reviewkit[$extras] and what it needs into $env"
"$env/bin/python" -m uv pip install -q --python "$env/bin/python" -c constraints.txt -e ".[$extras]" </dev/null ||
  "${pip[@]}" install -q -c constraints.txt -e ".[$extras]" </dev/null
