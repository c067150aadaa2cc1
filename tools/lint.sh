#!/usr/bin/env bash
# Style, types and architecture.
set -euo pipefail
bin=.venv/bin
$bin/ruff check .
$bin/ruff format --check .
$bin/lint-imports
$bin/mypy
$bin/djlint src --lint --quiet
