"""The residents’ fund of the demonstration, at each age of a request; everything says « exemple »."""

from collections.abc import Sequence
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from faubourg.base.actor import Actor
from faubourg.contracts.models import Contract
from faubourg.people.models import Organisation, Person

from ..models import FundMember, Microproject, ResidentFund
from ..queries.writing import places_for
from . import microprojects as requests
from .committees import count, gather, vote
from .example_dossiers import PAPER
from .funds import FundWords, open_fund, seat_member

FUND = "Fonds des habitants (exemple)"
ENVELOPE, CEILING, QUORUM = 1_500_000, 60_000, 2
VOTE_DAYS = 5
# Without an account on the committee: whoever holds the fund reads them their voice.
NEIGHBOUR = "Une voisine (exemple)"
# Title, who asks, what, then each purchase in cents.
CLOSED = ("Exemple : un repas dans le hall", "Les voisins du 12 (exemple)", (("Pain et boissons", 30_000),
          ("Vaisselle louée", 15_000)))  # fmt: skip
ADVANCED = ("Exemple : une sortie à la rivière", "Les familles du square (exemple)", (("Car", 38_000),))
VOTED = ("Exemple : un tournoi de dominos", "Le club du jeudi (exemple)", (("Jeux et goûter", 18_000),))
OPEN = ("Exemple : fleurir le palier", "Le palier du 3 (exemple)", (("Terre et graines", 9_000),))
Told = tuple[str, str, tuple[tuple[str, int], ...]]


def make_example_fund(
    *, contract: Contract, manager: Organisation, officer: Person, committee: Sequence[Person], asks: Person
) -> ResidentFund:
    """One request closed, one with its advance, one before the committee, one just sent by `asks`."""
    found = ResidentFund.objects.filter(name=FUND).first()
    if found:
        return found
    by = officer.actor
    fund, seats = _open(contract, manager, committee, by)
    closed, advanced = (_ask(fund, told) for told in (CLOSED, ADVANCED))
    _grant(fund, [closed, advanced], seats, by)
    _close(_advance(closed, by), by)
    _ticket(_advance(advanced, by), *ADVANCED[2][0])
    waits = _ask(fund, VOTED)
    ends = timezone.now() + timedelta(days=VOTE_DAYS)
    open_vote = gather(fund=fund, projects=[waits], closes_at=ends, by=by)
    vote(committee=open_vote, project=waits, member=seats[-1], voice="yes", cents=None)
    _ask(fund, OPEN, asks)
    return fund


def _open(
    contract: Contract, manager: Organisation, committee: Sequence[Person], by: Actor
) -> tuple[ResidentFund, list[FundMember]]:
    """The fund, and its committee: these accounts and a neighbour who has none."""
    today = timezone.localdate()
    told = FundWords(
        name=FUND,
        kind="fph",
        year=today.year,
        manager=manager,
        envelope_cents=ENVELOPE,
        ceiling_cents=CEILING,
        quorum=QUORUM,
        words="Un exemple pour essayer : le fonds, son comité, les demandes et les tickets sont inventés.",
        contract=contract,
        territories=places_for(contract)[-2:],
    )
    fund = open_fund(told=told, by=by)
    sits = [(person.name, person) for person in committee] + [(NEIGHBOUR, None)]
    return fund, [
        seat_member(fund=fund, name=name, person=person, resident=True, since=today, by=by)
        for name, person in sits
    ]


def _ask(fund: ResidentFund, told: Told, person: Person | None = None) -> Microproject:
    title, collective, costs = told
    wish = requests.Wish(
        title=title,
        collective=collective,
        what="Une demande inventée pour la démonstration.",
        who="Les habitants de l’immeuble.",
        asked_cents=sum(cents for _label, cents in costs),
        costs=costs,
        on=timezone.localdate() + timedelta(days=20),
        territory=fund.territories.order_by("code").last(),
        contact="voisins@exemple.fr",
    )
    by = person.actor if person else requests.WITHOUT_ACCOUNT
    return requests.ask(fund=fund, wish=wish, by=by, person=person)


def _grant(
    fund: ResidentFund, projects: Sequence[Microproject], seats: Sequence[FundMember], by: Actor
) -> None:
    """All of the committee is for what is asked; the vote is closed and counted."""
    ends = timezone.now() + timedelta(days=VOTE_DAYS)
    sitting = gather(fund=fund, projects=projects, closes_at=ends, by=by)
    for project in projects:
        for seat in seats:
            vote(committee=sitting, project=project, member=seat, voice="yes", cents=None)
    count(committee=sitting, by=by)


def _advance(project: Microproject, by: Actor) -> Microproject:
    held = Microproject.objects.get(pk=project.pk)
    return requests.pay_advance(
        project=held, cents=held.granted_cents or 0, on=timezone.localdate(), base_version=held.version, by=by
    )


def _ticket(project: Microproject, label: str, cents: int) -> None:
    """A page that says that it is an example, in place of the photograph."""
    upload = SimpleUploadedFile("ticket-exemple.pdf", PAPER, "application/pdf")
    requests.add_receipt(
        project=project,
        upload=upload,
        label=label,
        cents=cents,
        spent_on=timezone.localdate(),
        by=requests.WITHOUT_ACCOUNT,
    )


def _close(project: Microproject, by: Actor) -> None:
    """Handed in with its receipts, each accepted, and closed with nothing to give back."""
    for label, cents in CLOSED[2]:
        _ticket(project, label, cents)
    handed = requests.hand_in(
        project=project,
        story="Un récit d’exemple : quarante voisins, jusqu’à minuit.",
        people_count=40,
        nothing_spent=False,
        by=requests.WITHOUT_ACCOUNT,
    )
    for receipt in handed.receipts.order_by("pk"):
        requests.check_receipt(receipt=receipt, accepted=True, remark="", by=by)
    requests.close(project=handed, given_back_cents=0, base_version=handed.version, by=by)
