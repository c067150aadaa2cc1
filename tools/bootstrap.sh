#!/usr/bin/env bash
# Makes the virtual environment from the hash-locked list: uv when it can be had, pip otherwise.
# Usage: bootstrap.sh FOLDER
set -euo pipefail

venv=$1
here=$(dirname "$0")
bash "$here/system_packages.sh" venv

if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "Faubourg demande Python 3.11 ou plus récent ; ici : $(python3 --version)." >&2
  exit 1
fi
# An interrupted creation leaves python without pip: make it again.
[ -x "$venv/bin/pip" ] || { echo "Création de l’environnement $venv…"; python3 -m venv --clear "$venv"; }

echo "Installation des bibliothèques ($(grep -cE '^[a-z0-9].*==' "$here/../requirements.lock"))…"
quiet=(--quiet --disable-pip-version-check)
if [ -x "$venv/bin/uv" ] || "$venv/bin/pip" install "${quiet[@]}" --require-hashes -r "$here/uv.lock.txt" 2>/dev/null; then
  # What comes as source only is built by the setuptools of the list too.
  "$venv/bin/uv" pip install --quiet --python "$venv/bin/python" --require-hashes \
    --build-constraints "$here/../requirements.lock" -r "$here/../requirements.lock"
else
  echo "uv n’est pas disponible pour cette machine : installation par pip, plus lente."
  "$venv/bin/pip" install "${quiet[@]}" --require-hashes -r "$here/../requirements.lock"
fi
# The build backend is in the locked list, so that nothing is fetched unpinned.
"$venv/bin/pip" install "${quiet[@]}" --no-deps --no-build-isolation -e "$here/.."
