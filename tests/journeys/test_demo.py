"""The demonstration as one command starts it: it makes its examples, then it serves all of them."""

import os
import subprocess
from urllib.request import urlopen

from tests.prepared import copy

from .server import FAUBOURG, PATIENCE, Server, free_port, wait_for


def test_it_hands_over_its_pdf_once_it_has_made_its_examples(tmp_path):
    """What made the minutes of the example jury must not be the process whose children serve."""
    installation = copy(tmp_path / "demo")
    environment = os.environ | installation.environment
    environment |= {"FAUBOURG_DEMO": "1", "DJANGO_SETTINGS_MODULE": "faubourg.site.settings"}
    port, log = free_port(), tmp_path / "demo.log"
    with log.open("wb") as out:
        command = [*FAUBOURG, "demo", "--port", str(port)]
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=out)
    server = Server(f"http://127.0.0.1:{port}", process, log, environment)
    try:
        wait_for(server)
        with urlopen(f"{server.address}/contrats/CN06302M/fiche.pdf", timeout=PATIENCE) as answer:
            assert answer.read(5) == b"%PDF-"
    finally:
        server.stop()
        installation.discard()
