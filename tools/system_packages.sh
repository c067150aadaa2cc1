#!/usr/bin/env bash
# Installs the Debian packages that a step needs and says so; without root, one sentence names them.
# Usage: system_packages.sh [chromium] [venv]
set -euo pipefail

as_root=()
have() { command -v "$1" >/dev/null; }
apt_install() {
  echo "Installation de $* (paquets Debian)…"
  # A server that does not answer is given up soon: what can be done without is done without.
  "${as_root[@]}" apt-get -qq -o Acquire::Retries=1 -o Acquire::http::Timeout=30 update &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@" >/dev/null
}
# The same engine without a window takes half the processor; where it cannot be had, the whole browser does.
lighter_browser() { have chromium-headless-shell || { [ "$(id -u)" -eq 0 ] && apt_install chromium-headless-shell; }; }

missing=()
for need in "$@"; do
  case "$need" in
    chromium) lighter_browser || { have chromium && echo "Chromium entier fera l’affaire."; } || missing+=(chromium) ;;
    venv) python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv) ;;
  esac
done
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -ne 0 ]; then
  if have sudo && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    as_root=(sudo)
  else
    echo "Il manque ${missing[*]} : demandez à une personne administratrice « apt-get install ${missing[*]} », puis relancez." >&2
    exit 1
  fi
fi
apt_install "${missing[@]}"
