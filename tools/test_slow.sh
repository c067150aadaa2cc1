#!/usr/bin/env bash
# The long runs: the costly properties on many examples, then the API fuzzed at length and whatever else is
# marked `slow`, on both databases.
set -euo pipefail
bin=.venv/bin
home="${FAUBOURG_TEST_HOME:-$PWD/var/test}"
mkdir -p "$home/sqlite" "$home/postgres"
# The real data need a run of their own (tests/prepared.py); a folder without slow test is no failure.
slow() { "$@" -m slow || [ $? -eq 5 ]; }

FAUBOURG_HOME="$home/sqlite" FAUBOURG_TEST_EXAMPLES=20 $bin/pytest tests/rules -m "not slow"

for database in sqlite postgres; do
  export FAUBOURG_HOME="$home/$database"
  with=()
  [ $database = sqlite ] || with=("$bin/python" tools/with_postgres.py)
  slow "${with[@]}" $bin/pytest tests --ignore tests/real --ignore tests/journeys
  slow "${with[@]}" $bin/pytest tests/real tests/journeys
done
