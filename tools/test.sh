#!/usr/bin/env bash
# What `make test` runs: style first, then portions of the tests, as many at a time as there are
# processors. One that fails stops no other; the account of each is shown at the end.
set -euo pipefail
bin=.venv/bin
home="${FAUBOURG_TEST_HOME:-$PWD/var/test}"
step() { printf '\n\033[1m== %s\033[0m\n' "$1"; }
# The longest first: what is left at the end is short.
portions=(postgres_rooms sqlite_rooms sqlite_large_rooms sqlite_journeys_a_e sqlite_journeys_f_z postgres_real
  sqlite_access sqlite_real)
large=(tests/calls tests/proximity)
rooms=(tests --ignore tests/real --ignore tests/journeys --ignore tests/access)

# Each says which portion of the tests it is; the real data need a run of their own (tests/prepared.py).
sqlite_rooms() { $bin/pytest "${rooms[@]}" "${large[@]/#/--ignore=}" -m "not slow"; }
sqlite_large_rooms() { $bin/pytest "${large[@]}" -m "not slow"; }
sqlite_access() { $bin/pytest tests/access -m "not slow"; }
sqlite_real() { $bin/pytest tests/real -m "not slow"; }
sqlite_journeys_a_e() { $bin/pytest tests/journeys/test_[a-e]*.py -m "not slow"; }
sqlite_journeys_f_z() { $bin/pytest tests/journeys/test_[f-z]*.py -m "not slow"; }
# What no database can change is not run twice: rules, the house, who may do what, what only a browser sees.
on_postgres() { $bin/python tools/with_postgres.py $bin/pytest "$@"; }
postgres_rooms() {
  local told=(--ignore tests/rules --ignore tests/test_house.py --ignore tests/calls/test_recusal_walk.py)
  on_postgres "${rooms[@]}" "${told[@]}" -m "not slow and not browser"
}
postgres_real() { on_postgres tests/real tests/journeys -m "not slow and (not browser or postgres_journey)"; }

# One portion, its account kept apart; nothing of it touches the demo's data or what another writes.
portion() {
  export FAUBOURG_HOME="$home/$1" FAUBOURG_PREPARED="$home/prepared"
  mkdir -p "$FAUBOURG_HOME"
  local ended=0
  "$1" >"$home/$1.log" 2>&1 || ended=$?
  echo "$ended" >"$home/$1.ended"
  [ "$ended" = 0 ] && printf '%s : %s\n' "$1" "$(tail -n 1 "$home/$1.log")" || printf '%s : échec\n' "$1"
}

if [ "${1:-}" = portion ]; then
  portion "$2"
  exit
fi

step "Style, types, architecture"
mkdir -p "$home/style"
FAUBOURG_HOME="$home/style" bash tools/lint.sh

lanes="${FAUBOURG_TEST_LANES:-$(nproc)}"
step "${#portions[@]} portions, $lanes at a time; their accounts below"
rm -f "$home"/*.ended
printf '%s\n' "${portions[@]}" | xargs -P "$lanes" -I{} bash "$0" portion {}

failed=()
for one in "${portions[@]}"; do
  step "$one"
  cat "$home/$one.log"
  [ "$(cat "$home/$one.ended")" = 0 ] || failed+=("$one")
done
[ ${#failed[@]} -eq 0 ] || { printf '\nÉchec (ci-dessus) : %s\n' "${failed[*]}"; exit 1; }
