#!/usr/bin/env bash
# Installs the Debian packages that a step needs and says so; without root, one sentence names them.
# Usage: system_packages.sh [chromium] [venv]
set -euo pipefail

missing=()
for need in "$@"; do
  case "$need" in
    chromium) command -v chromium >/dev/null || missing+=(chromium) ;;
    venv) python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv) ;;
  esac
done
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -eq 0 ]; then
  as_root=()
elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
  as_root=(sudo)
else
  echo "Il manque ${missing[*]} : demandez à une personne administratrice « apt-get install ${missing[*]} », puis relancez." >&2
  exit 1
fi
echo "Installation de ${missing[*]} (paquets Debian)…"
"${as_root[@]}" apt-get -qq update
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${missing[@]}" >/dev/null
