"""Bringing a spreadsheet of dossiers: kept, tried, written once when confirmed; again, it writes nothing."""

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from faubourg.base import documents, journal
from faubourg.base.actor import Actor
from faubourg.base.models import Document
from faubourg.base.refusal import Conflict, refuse_unless
from faubourg.people.services.organisations import create_organisation
from faubourg.rules.calls.circuits import APPLICATION
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.reading import sheets
from faubourg.territories.reading.limits import check_size

from ..models import Application, BudgetLine, Call, FundingRequest
from ..queries.kept_verdicts import frozen
from ..queries.verdicts import Judged
from .import_knowledge import Knowledge, known_of
from .import_rows import try_out
from .import_trial import DossierPlan, ImportTrial
from .moving import move
from .submitting import next_number

PURPOSE = "call_import"
# Before it is published a call has no dossier; once it is closed, none enters any more.
_SHUT = ("draft", "reviewed", "closed")


def may_import(call: Call) -> Verdict:
    """Whether dossiers may enter this call at all."""
    if call.state in _SHUT:
        return Verdict.no(
            "call_state", mark("Des dossiers s’importent dans un appel publié et pas encore clos.")
        )
    return Verdict.yes()


def bring(*, call: Call, upload: "UploadedFile[Any]", by: Actor) -> Document:
    """Keep the file once it can be read; raises Refused otherwise. No dossier is written."""
    refuse_unless(may_import(call))
    check_size(upload.size or 0)
    upload.seek(0)
    sheets.read(upload.read(), upload.name or "")
    return documents.keep(upload=upload, purpose=PURPOSE, by=by)


def brought_by(person_ref: UUID, pk: UUID) -> Document | None:
    """The file, for whoever brought it."""
    return Document.objects.filter(pk=pk, purpose=PURPOSE, added_by=person_ref).first()


def trial_of(call: Call, document: Document, by: Actor) -> ImportTrial:
    """The dry run of its sheet that says most, against the call of this moment."""
    with document.file.open("rb") as stored:
        found = sheets.read(stored.read(), document.name)
    trials = [try_out(call, sheet.rows, by) for sheet in found]
    return max(trials, key=lambda trial: (not trial.lacks, trial.rows))


def confirm(
    *, call: Call, document: Document, digest: str, warnings_seen: bool, attested: bool, by: Actor
) -> int:
    """Write what the dry run showed, all or none; how many dossiers.

    `attested`: the person says that each was signed and received elsewhere. Raises Conflict when what would
    be written changed since, Refused when something is wrong, unseen, or there is nothing new.
    """
    with transaction.atomic():
        Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
        refuse_unless(may_import(call))
        trial = trial_of(call, document, by)
        refuse_unless(_ready(trial, warnings_seen=warnings_seen, attested=attested))
        if trial.digest != digest:
            raise Conflict
        written = _Writing(call, document, by).all(trial.plans)
        journal.record(
            by=by,
            act="calls.applications.imported",
            kind="call",
            ref=str(call.pk),
            after={"file": document.name, "sha256": document.sha256, "dossiers": len(written)},
        )
    return len(written)


def _ready(trial: ImportTrial, *, warnings_seen: bool, attested: bool) -> Verdict:
    if trial.blocked:
        template = mark(
            "Il reste {count} erreur(s) : corrigez le fichier et renvoyez-le. Rien n’a été écrit."
        )
        return Verdict.no("import_errors", template, count=trial.count("error") + len(trial.lacks))
    if not trial.plans:
        return Verdict.no(
            "nothing_new", mark("Tous les dossiers de ce fichier sont déjà là : il n’y a rien à écrire.")
        )
    if trial.count("warning") and not warnings_seen:
        template = mark("Cochez la case qui dit que vous avez lu les {count} avertissement(s).")
        return Verdict.no("warnings_unseen", template, count=trial.count("warning"))
    if not attested:
        return Verdict.no(
            "not_attested",
            mark("Attestez que ces dossiers ont été signés et reçus ailleurs, puis écrivez-les."),
        )
    return Verdict.yes()


class _Writing:
    """The dossiers of one file, in one transaction; an organisation is created once."""

    def __init__(self, call: Call, document: Document, by: Actor) -> None:
        self.call, self.by = call, by
        self.note = f"Importé de « {document.name} »."
        self.known: Knowledge = known_of(call, by)
        self.made: dict[tuple[str | None, str | None], int] = {}

    def all(self, plans: list[DossierPlan]) -> list[Application]:
        """Every plan, then their money and places at once."""
        pairs = [(self._dossier(plan), plan) for plan in plans]
        FundingRequest.objects.bulk_create(
            [
                FundingRequest(application=row, funder_id=funder, nature=nature, year=year, cents=cents)
                for row, plan in pairs
                for (funder, nature, year), cents in plan.asked.items()
            ],
            batch_size=500,
        )
        BudgetLine.objects.bulk_create(
            [
                BudgetLine(
                    application=row, account=line.account, cents=line.cents, label=line.label,
                    funder_id=line.funder, level=line.level, order=order,
                    standing=BudgetLine.Standing.ASKED if line.funder else "",
                )
                for row, plan in pairs
                for order, line in enumerate(plan.lines)
            ],
            batch_size=500,
        )  # fmt: skip
        through = Application.territories.through
        through.objects.bulk_create(
            [through(application=row, territory_id=place) for row, plan in pairs for place in plan.places],
            batch_size=500,
        )
        return [row for row, _plan in pairs]

    def _dossier(self, plan: DossierPlan) -> Application:
        """Created as a draft, then submitted through its circuit: the dry run verified the guards."""
        row = Application(
            call=self.call, organisation_id=self._organisation(plan), contract_id=plan.contract,
            title=plan.title, measure=plan.measure, starts_on=plan.starts_on, ends_on=plan.ends_on,
            years=plan.years, perimeter_unknown=not plan.places, written_by=self.by.ref,
            written_by_name=self.by.name, **plan.texts,
        )  # fmt: skip
        row.save()
        row.number = plan.number or next_number(row)
        row.submitted_at, row.late, row.signed_by_name = plan.received, plan.late, plan.signed
        row.verdict = frozen(self._judged(plan), self.call.rule_set, plan.received)
        row.jury_code = self._jury(plan)
        move(
            row, APPLICATION, "submit", by=self.by, on=timezone.localdate(plan.received), note=self.note,
            given=frozenset({"in-time", "signatory", "budget", "rules"}),
            told={"number": row.number, "late": row.late},
        )  # fmt: skip
        return row

    def _organisation(self, plan: DossierPlan) -> int:
        who = plan.who
        if who.pk is not None:
            return who.pk
        key = (who.siret, who.rna)
        if key not in self.made:
            created = create_organisation(
                name=who.name, kind=who.kind, siret=who.siret, rna=who.rna, by=self.by
            )
            self.made[key] = created.pk
        return self.made[key]

    def _judged(self, plan: DossierPlan) -> Judged:
        return Judged(Verdict(plan.reasons), (), plan.late, self.known.rule_set)

    def _jury(self, plan: DossierPlan) -> str:
        rules = self.known.rule_set
        jury = rules.jury(territory_examines=plan.contract is not None) if rules else None
        return jury.code if jury else ""
