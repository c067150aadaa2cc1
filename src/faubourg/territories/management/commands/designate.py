"""`faubourg designate`: judge one neighbourhood, or the whole list, and say why."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from faubourg.rules.designation import ListedNeighbourhood
from faubourg.rules.verdict import Reason, Verdict

from ...queries.designation import audit_of_2024, names_of_communes
from ..designating.checking import add_check, checked
from ..designating.proposing import add_propose, propose

MARKS = {True: "oui", False: "non", None: "inconnu"}


class Command(BaseCommand):
    """`check` one, `audit` all, `propose` new ones from an income grid."""

    help = "Dit si un quartier remplit les critères de la géographie prioritaire, et pourquoi."
    # Checking every address and template takes longer than judging.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        check = acts.add_parser("check", help="Juge un quartier, connu par son code ou par ses chiffres.")
        add_check(check)
        whole = acts.add_parser("audit", help="Applique le critère d’unité urbaine à toute la liste de 2024.")
        for each in (check, whole):
            each.add_argument("--json", action="store_true", help="Réponse pour un logiciel.")
        add_propose(acts.add_parser("propose", help="Dessine des périmètres candidats depuis des carreaux."))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "propose":
            propose(options, self.stdout)
        elif options["act"] == "audit":
            self._audit(options["json"])
        else:
            self._show(checked(options), options["json"])

    def _show(self, verdict: Verdict, as_json: bool) -> None:
        if as_json:
            criteria = [_as_data(reason) for reason in verdict.reasons]
            self.stdout.write(json.dumps({"ok": verdict.ok, "criteria": criteria}, ensure_ascii=False))
            return
        self.stdout.write(f"Remplit les critères : {MARKS[verdict.ok]}")
        for reason in verdict.reasons:
            decides = "" if reason.decides else " (ne décide pas)"
            self.stdout.write(f"  [{MARKS[reason.met]}] {reason.sentence}{decides} – {reason.source}")

    def _audit(self, as_json: bool) -> None:
        result = audit_of_2024()
        if not result.eligible_units:
            raise CommandError("Les unités urbaines ne sont pas chargées : lancez « faubourg load ».")
        totals = {
            "eligible_units": result.eligible_units,
            "eligible_units_without_rounding": result.eligible_units_without_rounding,
            "units_above_5_million": result.great_units,
            "with_one_eligible_commune": result.with_one_eligible_commune,
            "with_all_communes_eligible": result.with_all_communes_eligible,
            "below": len(result.below),
            "derogation_candidates": len(result.derogation_candidates),
            "unexplained": [line.code for line in result.unexplained],
        }
        shown = (*result.below, *result.mixed)
        names = names_of_communes(code for line in shown for code in line.communes)
        if as_json:
            lines = [
                {"code": line.code, "name": line.name, "communes": _communes(line, names)}
                for line in result.below
            ]
            self.stdout.write(json.dumps(totals | {"below_list": lines}, ensure_ascii=False))
            return
        self.stdout.write(
            "Règle retenue : une commune au moins dans une unité urbaine éligible (« toutes » donnerait "
            f"{result.with_all_communes_eligible})."
        )
        for name, value in totals.items():
            self.stdout.write(f"  {name}: {value}")
        self._list("Mixtes", result.mixed, names)
        self._list("Sous le seuil, candidats à la dérogation", result.derogation_candidates, names)
        self._list("Sous le seuil, inexpliqués", result.unexplained, names)

    def _list(self, title: str, lines: tuple[ListedNeighbourhood, ...], names: dict[str, str]) -> None:
        self.stdout.write(f"{title} ({len(lines)}) :")
        for line in lines:
            communes = ", ".join(_communes(line, names)) or "commune inconnue"
            self.stdout.write(f"  {line.code} {line.name} – {communes}")


def _communes(line: ListedNeighbourhood, names: dict[str, str]) -> list[str]:
    """« Hirson (02381) » for each; the code alone of one that is not loaded."""
    return [f"{names[code]} ({code})" if code in names else code for code in line.communes]


def _as_data(reason: Reason) -> dict[str, Any]:
    return {
        "code": reason.code,
        "met": reason.met,
        "decides": reason.decides,
        "threshold": reason.threshold,
        "operand": reason.operand,
        "source": str(reason.source),
        "sentence": reason.sentence,
    }
