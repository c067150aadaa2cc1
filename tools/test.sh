#!/usr/bin/env bash
# What `make test` runs, in the order in which failures are cheapest to read.
set -euo pipefail
bin=.venv/bin
step() { printf '\n\033[1m== %s\033[0m\n' "$1"; }

# Nothing of a test touches the demo's data.
export FAUBOURG_HOME="${FAUBOURG_TEST_HOME:-$PWD/var/test}"
mkdir -p "$FAUBOURG_HOME"

step "Style, types, architecture"
bash tools/lint.sh
step "Rules and rooms, on SQLite"
$bin/pytest tests --ignore tests/real --ignore tests/journeys -m "not slow"
step "Rules and rooms, on PostgreSQL"
$bin/python tools/with_postgres.py $bin/pytest tests --ignore tests/real --ignore tests/journeys --ignore tests/rules --ignore tests/test_house.py -m "not slow and not browser"
step "The real data and the browser journeys, on SQLite"
$bin/pytest tests/real tests/journeys -m "not slow"
step "The real data and one browser journey, on PostgreSQL"
$bin/python tools/with_postgres.py $bin/pytest tests/real tests/journeys -m "not slow and (not browser or postgres_journey)"
