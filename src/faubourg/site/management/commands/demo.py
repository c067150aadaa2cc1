"""`faubourg demo`: a prepared installation with real places, fictitious accounts, and what to look at."""

import os
import socket
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connections

LOOK_AT_FIRST = (
    ("/quartiers/QN06307N/", "le quartier Centre de Clermont-Ferrand, entré en 2024"),
    ("/recherche/?q=gautiere+clermont", "la recherche pardonne : La Gauthière"),
    ("/contrats/CN06302M/fiche/", "la fiche d’identité d’un contrat, et son PDF"),
    ("/analyses/auvergne-2016/", "sept contrats côte à côte, écarts compris"),
    ("/carte/", "la carte"),
    ("/proximite/clermont-ferrand/", "signaler ce qui ne va pas : qui répond, ce qui est réparé"),
    ("/fonds/", "un fonds d’habitants d’exemple : voté sur un téléphone, justifié par des tickets"),
    ("/donnees/", "les subventions d’exemple en données ouvertes, colonne par colonne"),
    ("/appels/?etat=ouverts", "un appel à projets d’exemple, ouvert : ses règles s’essaient"),
)


class Command(BaseCommand):
    """Migrates, loads what is missing, makes the demo accounts, says where to look, serves."""

    help = "Prépare la démonstration et la sert."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true", help="Prépare sans servir.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("La démonstration demande FAUBOURG_DEMO=1 ; « make demo » le pose.")
        port = options["port"]
        if not options["no_serve"]:
            _refuse_taken(port)
        call_command("migrate", verbosity=0)
        call_command("load")
        call_command("demo_accounts")
        call_command("calls", "exemple")
        call_command("proximity", "exemple")
        self._say_where(f"http://127.0.0.1:{port}")
        if not options["no_serve"]:
            _become_the_server(port)

    def _say_where(self, address: str) -> None:
        self.stdout.write(self.style.SUCCESS(f"\nFaubourg est prêt : {address}/"))
        self.stdout.write("À regarder d’abord :")
        for path, what in LOOK_AT_FIRST:
            self.stdout.write(f"  {address}{path}  – {what}")
        self.stdout.write("Ctrl+C pour arrêter.\n")
        self.stdout.flush()


def _become_the_server(port: int) -> None:
    """Serve in a process that has made no PDF: the threads of the compiler do not outlive gunicorn’s fork.

    The minutes of the example jury are made here; a child would wait for those threads for ever.
    """
    connections.close_all()
    sys.stderr.flush()
    serve = "from faubourg.site.cli import main; main()"
    command = [sys.executable, "-c", serve, "serve", "--port", str(port)]
    os.execv(sys.executable, command)  # noqa: S606 (our own words, no shell)


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        # As gunicorn binds: a port still in TIME_WAIT from the run before is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as taken:
            raise CommandError(
                f"Le port {port} est déjà pris. Choisissez-en un autre : « make demo PORT={port + 1} »."
            ) from taken
