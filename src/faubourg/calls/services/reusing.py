"""Last year's dossier, taken up again in one act: what it said is copied, what it was promised is not.

Days move by as many years as there are between the two calls; money that was obtained is asked again.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.contracts.models import Contract
from faubourg.people.models import Organisation
from faubourg.rules.expiry import add_months
from faubourg.rules.verdict import Reason, mark

from ..models import Application, BudgetLine, Call, CallFunder, FundingRequest, Piece, PromisedIndicator
from ..queries.begun import dossier_just_begun
from ..queries.calls import rules_of
from ..queries.writing import is_grant
from .dossier_money import set_funders
from .writing import start_application

_COPIED = (
    "title", "summary", "needs", "aims", "audience", "audience_count", "means", "partnership", "evaluation",
    "perimeter_unknown", "public_summary",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reused:
    """The new draft, and sentences that say what was copied and what was left."""

    application: Application
    told: tuple[Reason, ...]


def reuse_application(*, previous: Application, call: Call, by: Actor, assisting: bool = False) -> Reused:
    """A draft in this call made of an earlier dossier of the organisation, and what was copied of it.

    Asked again within minutes (a second press), it is the first, and nothing is copied twice.
    """
    with transaction.atomic():
        whose = Organisation.objects.select_for_update(no_key=True).get(pk=previous.organisation_id)
        if again := dossier_just_begun(call, whose, previous.title, by, previous=previous):
            return Reused(again, ())
        made = start_application(
            call=call, organisation=whose, title=previous.title, by=by, previous=previous, assisting=assisting
        )
        shift = max(1, call.year - previous.call.year)
        rules = rules_of(call)
        for name in _COPIED:
            setattr(made, name, getattr(previous, name))
        made.contract = _contract(previous, call)
        measure = rules.measure(previous.measure) if rules else None
        made.measure = measure.code if measure else ""
        known = {theme.code for theme in measure.themes} if measure else set()
        made.themes = [theme for theme in previous.themes if theme in known]
        made.conditions, made.excluded = previous.conditions, {}
        made.starts_on, made.ends_on = _later(previous.starts_on, shift), _later(previous.ends_on, shift)
        made.save()
        told = [*_texts(made, previous, shift), *_links(made, previous), *_money(made, previous)]
        told += _papers(made, previous)
        journal.record(
            by=by,
            act="calls.application_reused",
            kind="application",
            ref=str(made.pk),
            after={"previous": previous.number or str(previous.pk), "title": made.title},
        )
    return Reused(made, tuple(told))


def _later(day: date | None, years: int) -> date | None:
    """The same day so many years on; the end of a month stays one."""
    return None if day is None else add_months(day, 12 * years)


def _contract(previous: Application, call: Call) -> Contract | None:
    """The same contract when this call knows it, else the only one that it knows."""
    known = list(call.contracts.all())
    if previous.contract is None or not known or previous.contract in known:
        return previous.contract
    return known[0] if len(known) == 1 else None


def _texts(made: Application, previous: Application, shift: int) -> list[Reason]:
    told = [_said(mark("Repris : la description, le public, les moyens, l’évaluation."))]
    if made.starts_on or made.ends_on:
        told.append(_said(mark("Dates avancées de {n} an(s) : vérifiez-les."), n=shift))
    if previous.measure and not made.measure:
        told.append(_said(mark("La mesure n’existe plus dans cet appel : choisissez-en une.")))
    return told


def _links(made: Application, previous: Application) -> list[Reason]:
    same = made.contract_id is not None and made.contract_id == previous.contract_id
    made.territories.set(previous.territories.all() if same else [])
    served = list(previous.objectives.filter(withdrawn_on=None)) if same else []
    made.objectives.set(served)
    PromisedIndicator.objects.bulk_create(
        PromisedIndicator(
            application=made,
            name=row.name,
            target=row.target,
            unit=row.unit,
            means=row.means,
            order=row.order,
        )
        for row in previous.indicators.all()
    )
    told = [_said(mark("Repris : {n} indicateur(s) promis."), n=made.indicators.count())]
    if previous.objectives.count() > len(served):
        told.append(_said(mark("Un objectif n’est plus dans le contrat : reliez de nouveau le projet.")))
    return told


def _money(made: Application, previous: Application) -> list[Reason]:
    """Amounts as they were; every one of them is to be asked again."""
    BudgetLine.objects.bulk_create(
        BudgetLine(
            application=made, account=line.account, label=line.label, cents=line.cents, order=line.order
        )
        for line in previous.budget_lines.all()
        if not is_grant(line.account)
    )
    funders = {funder.name: funder for funder in CallFunder.objects.filter(call=made.call_id)}
    by_organisation = {f.organisation_id: f for f in funders.values() if f.organisation_id}
    requests: dict[str, int] = {}
    gone: dict[str, int] = {}
    for row in FundingRequest.objects.filter(application=previous).select_related("funder"):
        if row.year != previous.call.year:
            continue
        here = by_organisation.get(row.funder.organisation_id or 0) or funders.get(row.funder.name)
        if here is None:
            gone[row.funder.name] = gone.get(row.funder.name, 0) + row.cents
        else:
            requests[f"{here.pk}-{row.nature}-{made.call.year}"] = row.cents
    others = [
        [line.account, line.funder.name if line.funder else line.label, line.cents, "asked"]
        for line in previous.budget_lines.select_related("funder")
        if is_grant(line.account) and (line.funder is None or line.funder.name in gone)
    ]
    set_funders(made, {"requests": requests, "standings": {}, "others": others})
    told = [_said(mark("Repris : les montants du budget ; tout ce qui était obtenu redevient à demander."))]
    if gone:
        sentence = mark("Ne financent plus cet appel, gardés comme cofinanceurs : {names}.")
        told.append(_said(sentence, names=", ".join(sorted(gone))))
    return told


def _papers(made: Application, previous: Application) -> list[Reason]:
    """The papers of the vault that still hold; those of last year's dossier alone are its own."""
    today = timezone.localdate()
    still = previous.pieces.filter(vault__isnull=False, vault__replaced_by=None).filter(
        Q(vault__valid_until=None) | Q(vault__valid_until__gte=today)
    )
    rows = [
        Piece(
            application=made, code=piece.code, label=piece.label, document=piece.document, vault=piece.vault,
            added_by=made.written_by, added_by_name=made.written_by_name,
        )
        for piece in still.select_related("document", "vault")
    ]  # fmt: skip
    Piece.objects.bulk_create(rows)
    return [_said(mark("Repris du coffre : {n} pièce(s) encore valables."), n=len(rows))] if rows else []


def _said(sentence: str, **params: object) -> Reason:
    return Reason("reused", None, sentence, params)
