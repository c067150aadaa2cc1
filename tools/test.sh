#!/usr/bin/env bash
# What `make test` runs: style first, then everything on SQLite beside everything on PostgreSQL.
set -euo pipefail
bin=.venv/bin
home="${FAUBOURG_TEST_HOME:-$PWD/var/test}"
# Nothing of a test touches the demo's data.
mkdir -p "$home/sqlite" "$home/postgres"
step() { printf '\n\033[1m== %s\033[0m\n' "$1"; }
rooms=(tests --ignore tests/real --ignore tests/journeys)
real=(tests/real tests/journeys)

on_sqlite() {
  export FAUBOURG_HOME="$home/sqlite"
  $bin/pytest "${rooms[@]}" -m "not slow" || return 1
  $bin/pytest "${real[@]}" -m "not slow"
}

# What no database can change is not run twice: rules, the house, who may do what, what only a browser sees.
on_postgres() {
  export FAUBOURG_HOME="$home/postgres"
  $bin/pytest "${rooms[@]}" --ignore tests/rules --ignore tests/access --ignore tests/test_house.py -m "not slow and not browser" || return 1
  $bin/pytest "${real[@]}" -m "not slow and (not browser or postgres_journey)"
}

if [ "${1:-}" = on_postgres ]; then
  on_postgres
  exit
fi

step "Style, types, architecture"
FAUBOURG_HOME="$home/sqlite" bash tools/lint.sh

step "SQLite here; PostgreSQL beside it, its account below"
$bin/python tools/with_postgres.py bash "$0" on_postgres >"$home/postgres.log" 2>&1 &
postgres=$!
trap 'kill $postgres 2>/dev/null || true' EXIT
sqlite_status=0
on_sqlite || sqlite_status=$?

step "PostgreSQL"
postgres_status=0
wait $postgres || postgres_status=$?
trap - EXIT
cat "$home/postgres.log"
[ $sqlite_status -eq 0 ] || printf '\nSQLite : échec (ci-dessus).\n'
[ $postgres_status -eq 0 ] || printf '\nPostgreSQL : échec (ci-dessus).\n'
[ $sqlite_status -eq 0 ] && [ $postgres_status -eq 0 ]
