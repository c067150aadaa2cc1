"""`faubourg designate`: judge one neighbourhood, or the whole list, and say why."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db.models import Q

from faubourg.rules.designation import Facts, Geography, ListedNeighbourhood, judge
from faubourg.rules.verdict import Reason, Verdict

from ...models import Figure, Territory
from ...queries.designation import TOTAL, audit_of_2024, designation_of
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
        check.add_argument("--code", help="Code du quartier : QN06307N.")
        check.add_argument("--population", type=_count, help="Habitants du quartier.")
        check.add_argument("--urban-unit", help="Code de l’unité urbaine 2020 : 63701.")
        check.add_argument("--urban-unit-population", type=_count, help="… ou sa population totale.")
        check.add_argument("--median", type=_count, help="Revenu médian déclaré du quartier, en euros.")
        check.add_argument("--nat", type=_count, help="Revenu médian déclaré national, en euros.")
        check.add_argument("--uu", type=_count, help="Revenu médian déclaré de l’unité urbaine, en euros.")
        check.add_argument(
            "--listed-since", type=date.fromisoformat, help="Depuis quand il est sur une liste."
        )
        check.add_argument(
            "--on", type=date.fromisoformat, default=date(2024, 1, 1), help="Date du jugement."
        )
        check.add_argument("--scattered", action="store_true", help="Il n’est pas d’un seul tenant.")
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
            verdict = self._judged(options)
            self._show(verdict, options["json"])

    def _judged(self, options: dict[str, Any]) -> Verdict:
        if options["code"]:
            code = options["code"].strip().upper()
            found = Territory.objects.filter(kind=Territory.Kind.NEIGHBOURHOOD).filter(
                Q(code=code) | Q(perimeters__code=code)
            )
            neighbourhood = found.first()
            if neighbourhood is None:
                raise CommandError(f"Aucun quartier ne porte le code {code}. Cherchez-le : /recherche/.")
            return designation_of(neighbourhood, on=options["on"]).verdict
        return judge(
            Facts(
                judged_on=options["on"],
                geography=Geography.HEXAGON,
                population=options["population"],
                continuous=not options["scattered"],
                urban_unit_population=options["urban_unit_population"]
                or _unit_population(options["urban_unit"]),
                median_income=options["median"],
                national_median=options["nat"],
                urban_unit_median=options["uu"],
                listed_since=options["listed_since"],
            )
        )

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
        if as_json:
            lines = [{"code": line.code, "name": line.name} for line in result.below]
            self.stdout.write(json.dumps(totals | {"below_list": lines}, ensure_ascii=False))
            return
        self.stdout.write(
            "Règle retenue : une commune au moins dans une unité urbaine éligible (« toutes » donnerait "
            f"{result.with_all_communes_eligible})."
        )
        for name, value in totals.items():
            self.stdout.write(f"  {name}: {value}")
        self._list("Mixtes", result.mixed)
        self._list("Sous le seuil, candidats à la dérogation", result.derogation_candidates)
        self._list("Sous le seuil, inexpliqués", result.unexplained)

    def _list(self, title: str, lines: tuple[ListedNeighbourhood, ...]) -> None:
        self.stdout.write(f"{title} ({len(lines)}) :")
        for line in lines:
            self.stdout.write(f"  {line.code} {line.name}")


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


def _unit_population(code: str | None) -> int | None:
    if not code:
        return None
    figure = Figure.objects.filter(
        territory__kind=Territory.Kind.URBAN_UNIT, territory__code=code, indicator=TOTAL, value__isnull=False
    ).first()
    if figure is None:
        raise CommandError(
            f"La population totale de l’unité urbaine {code} n’est pas chargée ou pas publiée."
        )
    return int(figure.value or 0)


def _count(text: str) -> int:
    number = int(text.replace(" ", "").replace("\u202f", ""))
    if number < 0:
        raise ValueError(text)
    return number
