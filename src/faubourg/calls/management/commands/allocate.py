"""`faubourg allocate CALL.json`: a draft for the jury, its proof, and why each no."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from faubourg.rules.allocation import Call, Line, Proposal, propose
from faubourg.rules.verdict import Reason

from ...reading.call_file import Unreadable, read_call

LARGEST_BYTES = 200_000_000


class Command(BaseCommand):
    """Reads a call, prints the proposal as a table or as JSON."""

    help = "Propose quels dossiers retenir et pour combien, dans les enveloppes ; le jury décide."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("call", type=Path, help="Dossiers, enveloppes et règles, en JSON.")
        parser.add_argument("--gap", type=_gap, default=0.005, help="Écart accepté : 0.005 pour 0,5 %%.")
        parser.add_argument("--json", action="store_true", help="Réponse pour un logiciel.")

    def handle(self, *args: Any, **options: Any) -> None:
        call = self._read(options["call"])
        proposal = propose(call, gap=options["gap"])
        if options["json"]:
            self.stdout.write(json.dumps(_told(call, proposal), ensure_ascii=False, indent=2))
        else:
            self._show(call, proposal)

    def _read(self, path: Path) -> Call:
        try:
            if path.stat().st_size > LARGEST_BYTES:
                raise CommandError(f"{path.name} dépasse 200 Mo : donnez un appel à la fois.")
            return read_call(path.read_bytes())
        except OSError as wrong:
            raise CommandError(f"{path} ne se lit pas : {wrong.strerror}.") from wrong
        except Unreadable as wrong:
            raise CommandError(
                f"{path.name} n’est pas un appel que l’on puisse répartir :\n{wrong}"
            ) from wrong

    def _show(self, call: Call, proposal: Proposal) -> None:
        ranking = proposal.ranking
        self.stdout.write(
            f"{len(proposal.retained)} dossiers sur {len(call.dossiers)} ; qualité {proposal.value:.1f}, "
            f"à {proposal.gap * 100:.2f} % au plus du meilleur partage possible.\n"
            f"Un simple classement en retiendrait {len(ranking.refs)}, qualité {ranking.value:.1f}."
        )
        for reason in proposal.told:
            self.stdout.write(reason.sentence)
        for line in proposal.lines:
            amount = f"{line.total_cents / 100:>14,.2f} €" if line.retained else f"{'non':>16}"
            self.stdout.write(f"{line.ref:20} {amount}  {_why(line)}")


def _why(line: Line) -> str:
    return " ".join(reason.sentence for reason in line.verdict.reasons)


def _gap(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise ValueError
    return value


def _told(call: Call, proposal: Proposal) -> dict[str, Any]:
    """Amounts in euros with two decimals, written as text so that nothing rounds them."""
    return {
        "value": round(proposal.value, 6),
        "bound": round(proposal.bound, 6),
        "gap": round(proposal.gap, 8),
        "retained": len(proposal.retained),
        "ranking": {
            "value": round(proposal.ranking.value, 6),
            "retained": len(proposal.ranking.refs),
            "amount": _euros(proposal.ranking.cents),
        },
        "dossiers": [_line(line) for line in proposal.lines],
        "envelopes": [
            {
                "funder": envelope.funder,
                "nature": envelope.nature,
                "territory": envelope.territory,
                "amount": _euros(envelope.cents),
                "left": _euros(left),
            }
            for envelope, left in zip(call.envelopes, proposal.left_cents, strict=True)
        ],
        "told": [_reason(reason) for reason in proposal.told],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "ref": line.ref,
        "retained": line.retained,
        "amounts": [
            {"funder": request.funder, "nature": request.nature, "amount": _euros(cents)}
            for request, cents in line.cents.items()
        ],
        "reasons": [_reason(reason) for reason in line.verdict.reasons],
    }


def _reason(reason: Reason) -> dict[str, str]:
    return {"code": reason.code, "sentence": reason.sentence}


def _euros(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"
