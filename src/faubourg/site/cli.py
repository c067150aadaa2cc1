"""The `faubourg` command: every management command, from any directory, on the installation's database."""

import os
import sys
from importlib.metadata import version


def main() -> None:
    """Run one management command; with no argument, list them."""
    if sys.argv[1:] in (["--version"], ["version"]):
        print(f"Faubourg {version('faubourg')}")
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "faubourg.site.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 (settings come first)

    # `faubourg demo-accounts` is written with a hyphen; a Python module cannot be.
    name, rest = [word.replace("-", "_") for word in sys.argv[1:2] if word[:1] != "-"], sys.argv[1:]
    execute_from_command_line(["faubourg", *name, *rest[len(name) :]])
