"""Life in the example calls, by the real services: dossiers at each age, a jury that sits, a grant, a fund.

Everything is invented and says « exemple »; made once, for the accounts of the demonstration.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from faubourg.base.actor import FAUBOURG
from faubourg.people.models import Person
from faubourg.people.services.organisations import add_membership

from ..models import Application, Call
from .checking import ask_pieces
from .example import AUTHORITY, LEAD, body, make_examined_call, make_example_call
from .example_dossiers import (
    Asked,
    begin_example,
    contract_of,
    open_association,
    submit_example,
    write_example,
    write_example_intent,
)
from .example_fund import make_example_fund
from .example_jury import Services, examine_example, hold_example_jury, pay_example

OFFICER, FUNDER, ELECTED, DELEGATE, PRESIDENT, RESIDENT = EVERYBODY = tuple(
    f"{name}@demo.faubourg"
    for name in ("chargee", "financeur", "elue", "delegue", "association", "habitante")
)
EVENING, GARDEN = ("Les Ateliers du soir (exemple)", "Le Jardin des tours (exemple)")
INTENT = ("Exemple : un four à pain", RESIDENT, 400_000)
OPEN_ONES = (
    ("Exemple : réparer son vélo", PRESIDENT, 420_000),
    ("Exemple : un repas de quartier chaque mois", RESIDENT, 310_000),
    ("Exemple : un brouillon", PRESIDENT, 250_000),
)
IN_JURY = (
    ("Exemple : ateliers du soir au collège", PRESIDENT, 600_000),
    ("Exemple : un jardin au pied des tours", RESIDENT, 450_000),
    ("Exemple : permanences numériques", PRESIDENT, 380_000),
    ("Exemple : sorties en famille", RESIDENT, 250_000),
    ("Exemple : chorale des paliers", PRESIDENT, 300_000),
)


@transaction.atomic
def make_example_life() -> list[Call]:
    """Both calls; their dossiers and the fund too, once the demonstration has its accounts and contract."""
    calls = [make_example_call(), make_examined_call()]
    people = {one.email: one for one in Person.objects.filter(email__in=EVERYBODY)}
    contract = contract_of(calls[0])
    if people.keys() < set(EVERYBODY) or contract is None:
        return calls
    if not Application.objects.filter(call__in=calls).exists():
        _begin(calls, people)
    make_example_fund(
        contract=contract,
        manager=body(EVENING, "association"),
        officer=people[OFFICER],
        committee=(people[ELECTED], people[RESIDENT]),
        asks=people[RESIDENT],
    )
    return calls


def _begin(calls: Sequence[Call], people: Mapping[str, Person]) -> None:
    """The associations, who works where, and the dossiers of both calls."""
    for name, email in ((EVENING, PRESIDENT), (GARDEN, RESIDENT)):
        open_association(body(name, "association"), people[email])
    for email, whose in ((FUNDER, AUTHORITY), (ELECTED, LEAD), (OFFICER, LEAD)):
        add_membership(
            person=people[email],
            organisation=body(*whose),
            title="exemple",
            since=timezone.localdate(),
            until=None,
            by=FAUBOURG,
        )
    _live(calls[0], people)
    _judge(calls[1], people)


def _asked(one: tuple[str, str, int], people: Mapping[str, Person]) -> Asked:
    title, email, cents = one
    association = body(EVENING if email == PRESIDENT else GARDEN, "association")
    return Asked(title, association, people[email], cents)


def _live(call: Call, people: Mapping[str, Person]) -> None:
    """A fiche, a dossier of which something is asked, one that just came in, a draft."""
    write_example_intent(call, _asked(INTENT, people))
    incomplete, whole, draft = (_asked(one, people) for one in OPEN_ONES)
    ask_pieces(
        application=submit_example(write_example(call, incomplete), incomplete.president),
        missing=(),
        message="Exemple : précisez le calendrier des ateliers.",
        due_on=timezone.localdate() + timedelta(days=20),
        by=people[OFFICER].actor,
    )
    submit_example(write_example(call, whole), whole.president)
    begin_example(call, draft)


def _judge(call: Call, people: Mapping[str, Person]) -> None:
    """Five dossiers: one granted and paid, two before the session, one examined, one without opinions."""
    who = Services(people[OFFICER], people[FUNDER], people[ELECTED], people[DELEGATE])
    at = timezone.now() - timedelta(days=20)
    asked = [_asked(one, people) for one in IN_JURY]
    dossiers = [submit_example(write_example(call, one), one.president, at) for one in asked]
    for dossier in dossiers:
        examine_example(dossier, who, opinions=dossier is not dossiers[-1])
    hold_example_jury(call, [Application.objects.get(pk=one.pk) for one in dossiers[:3]], who)
    pay_example(Application.objects.get(pk=dossiers[0].pk), who)
