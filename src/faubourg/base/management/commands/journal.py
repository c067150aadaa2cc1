"""`faubourg journal verify`: is it whole? `anchor`: anchor what is not yet. `guard`: arm the database."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from faubourg.base.journal import anchor, guard
from faubourg.base.journal.verification import Report, verify
from faubourg.base.numbers import number


class Command(BaseCommand):
    """Exit code 1 when something was found; a late anchor is a warning."""

    help = "Vérifie le journal de bout en bout, ancre ce qui reste, ou remet ses déclencheurs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["verify", "anchor", "guard"])
        parser.add_argument("--expect-head", metavar="RANG:EMPREINTE", help="une tête notée ailleurs")
        parser.add_argument("--json", action="store_true", help="pour un programme")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        if action == "guard":
            guard.arm(connection)
            self.stdout.write(_("La base refuse de modifier le journal : ses déclencheurs sont en place."))
            return
        report = verify(progress=True, expected=_head(options["expect_head"]))
        if action == "anchor" and all(finding.code == "anchor_missing" for finding in report.findings):
            head = anchor.catch_up()
            self.stdout.write(_("Ancré jusqu’à l’écriture {seq}.").format(seq=head.seq if head else 0))
            return
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(report), ensure_ascii=False, indent=2))
        else:
            self._tell(report)
        if report.count:
            sys.exit(1)

    def _tell(self, report: Report) -> None:
        for finding in report.findings:
            self.stdout.write(self.style.ERROR(finding.sentence))
        if report.count > len(report.findings):
            more = report.count - len(report.findings)
            self.stdout.write(_("… et {more} autres constats.").format(more=number(more)))
        if report.entries and report.count >= report.entries:
            self.stdout.write(
                _(
                    "Presque tout diffère : la clé du journal (FAUBOURG_JOURNAL_KEY, ou journal.key) "
                    "est-elle bien celle de cette installation ?"
                )
            )
        for warning in _warnings(report):
            self.stdout.write(self.style.WARNING(warning))
        if not report.count:
            self.stdout.write(
                ngettext(
                    "Journal intact : {count} écriture, {erased} valeurs personnelles effacées.",
                    "Journal intact : {count} écritures, {erased} valeurs personnelles effacées.",
                    report.entries,
                ).format(count=number(report.entries), erased=number(report.erased))
            )
        if report.head:
            self.stdout.write(_("Tête, à noter ailleurs : {head}").format(head=report.head))


def _head(given: str | None) -> tuple[int, str] | None:
    """« 12:ab… » as rank and hash."""
    if not given:
        return None
    rank, _colon, digest = given.partition(":")
    if not rank.isdigit() or len(digest) != 64:
        raise CommandError("--expect-head attend RANG:EMPREINTE, comme « journal verify » l’affiche.")
    return int(rank), digest


def _warnings(report: Report) -> list[str]:
    """What is not a finding and deserves a hand."""
    told = []
    if report.not_anchored:
        told.append(
            ngettext(
                "{count} écriture pas encore ancrée dans {file} : lancez « faubourg journal anchor ».",
                "{count} écritures pas encore ancrées dans {file} : lancez « faubourg journal anchor ».",
                report.not_anchored,
            ).format(count=number(report.not_anchored), file=settings.JOURNAL_ANCHOR)
        )
    return told


def _as_json(report: Report) -> dict[str, object]:
    return {
        "whole": not report.count,
        "entries": report.entries,
        "erased_personal_values": report.erased,
        "not_anchored": report.not_anchored,
        "guarded": report.guarded,
        "head": report.head,
        "count": report.count,
        "findings": [
            {"code": finding.code, **finding.params, "sentence": finding.sentence}
            for finding in report.findings
        ],
    }
