"""The `faubourg` command: every management command, from any directory, on the installation's database."""

import os
import sys


def main() -> None:
    """Run one management command; with no argument, list them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "faubourg.site.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 (settings come first)

    execute_from_command_line(["faubourg", *sys.argv[1:]])
