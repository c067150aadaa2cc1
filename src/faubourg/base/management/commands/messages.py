"""`faubourg messages update|compile|check`: the catalogues of the rooms, without GNU gettext."""

import importlib.util
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from faubourg.base.progress import bar


class Command(BaseCommand):
    """Extracts, compiles or checks the translations of one room or of all."""

    help = "Met à jour, compile ou vérifie les traductions."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["update", "compile", "check"])
        parser.add_argument("--room", action="append", help="une pièce ; toutes sinon")
        parser.add_argument("--prune", action="store_true", help="update : oublie ce que plus rien ne dit")

    def handle(self, *args: Any, action: str, room: list[str] | None, prune: bool, **options: Any) -> None:
        if importlib.util.find_spec("babel") is None:
            raise CommandError(
                "Babel n’est pas installé : il ne sert qu’au développement. "
                "Lancez « make install », puis recommencez."
            )
        from faubourg.base.translations import catalogue, sources  # noqa: PLC0415 (Babel may be missing)

        unknown = set(room or ()) - set(sources.rooms())
        if unknown:
            raise CommandError(
                f"Pièce inconnue : {', '.join(unknown)}. Pièces : {', '.join(sources.rooms())}."
            )
        found: list[str] = []
        for name in bar(room or sources.rooms(), "Traductions"):
            if action == "update":
                catalogue.update(name, prune=prune)
                missing = sum(1 for problem in catalogue.problems(name) if ": missing: " in problem)
                self.stdout.write(f"{name} : {missing} à traduire")
            elif action == "compile":
                for path in catalogue.compile_room(name):
                    self.stdout.write(f"{name} : {path.name} ({path.parts[-3]})")
            else:
                found += catalogue.problems(name)
        for problem in found:
            self.stdout.write(problem)
        if found:
            raise CommandError(f"{len(found)} traductions à reprendre.")
