"""A year of residents’ funds, seeded: managing associations, committees, requests, voices, receipts."""

import random
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from faubourg.base.models import Document
from faubourg.calls import models as m
from faubourg.people.models import Organisation
from faubourg.territories.models import Territory

from .calls import WORDS, keep

# Of fifty requests, where they stand in the middle of a year.
STATES = [
    *["requested"] * 4, *["accompanied"] * 2, *["before_committee"] * 4, *["granted"] * 5,
    *["advanced"] * 6, *["reported"] * 4, *["closed"] * 20, *["refused"] * 4, "withdrawn",
]  # fmt: skip
GRANTED = ("granted", "advanced", "reported", "closed")
MEMBERS, HEARD = 7, 5
THIS_YEAR = 2015


def fill(managers: int, projects: int, places: list[Territory]) -> None:
    """So many associations with a fund each, and so many requests of that year among all of them."""
    chance = random.Random(3800)
    organisations = keep(
        Organisation(name=f"Les Amis du square {n}", sort_key=f"les amis du square {n} ~", kind="association")
        for n in range(managers)
    )
    funds = keep(
        m.ResidentFund(
            code=f"fonds-{n}", name=f"Fonds des habitants {n}", kind="fph", year=THIS_YEAR,
            manager=organisation, envelope_cents=5_000_000, ceiling_cents=100_000,
        )
        for n, organisation in enumerate(organisations)
    )  # fmt: skip
    through = m.ResidentFund.territories.through
    keep(through(residentfund_id=fund.pk, territory_id=chance.choice(places).pk) for fund in funds)
    members = keep(
        m.FundMember(fund=fund, name=f"Membre {n}", since=date(THIS_YEAR, 1, 1))
        for fund in funds
        for n in range(MEMBERS)
    )
    sat = timezone.now() - timedelta(days=1)
    committees = keep(
        m.Committee(fund=fund, opens_at=sat, closes_at=sat + timedelta(days=3)) for fund in funds
    )
    rows = keep(
        _request(n, funds[n % managers], committees[n % managers], chance.choice(places), chance)
        for n in range(projects)
    )
    seats: dict[int, list[m.FundMember]] = {}
    for member in members:
        seats.setdefault(member.fund_id, []).append(member)
    keep(
        m.CommitteeVote(
            member=member, microproject=row, committee_id=row.committee_id, voice="yes", amount_cents=40_000
        )
        for row in rows
        if row.committee_id
        for member in seats[row.fund_id][:HEARD]
    )
    paper = Document.objects.create(
        sha256="0" * 64, name="ticket.jpg", media_type="image/jpeg", size=1, file="documents/ticket.jpg",
        purpose="mesure",
    )  # fmt: skip
    keep(
        m.FundReceipt(microproject=row, document=paper, label="Courses", cents=19_000, accepted=True)
        for row in rows
        if row.state in ("reported", "closed")
        for _ in range(2)
    )
    keep(
        m.MicroprojectStep(microproject=row, before="", after="requested", move="request", on=row.on)
        for row in rows
    )


def _request(
    n: int, fund: m.ResidentFund, committee: m.Committee, place: Territory, chance: random.Random
) -> m.Microproject:
    state = chance.choice(STATES)
    given = state in GRANTED
    day = date(THIS_YEAR, 1, 5) + timedelta(days=n % 300)
    return m.Microproject(
        fund=fund,
        number=f"FPH-{THIS_YEAR}-{n:06d}",
        title=" ".join(chance.choices(WORDS, k=4)).capitalize(),
        collective=f"Les voisins du {n}",
        contact="06 00 00 00 00",
        territory=place,
        what=" ".join(chance.choices(WORDS, k=60)),
        on=day,
        asked_cents=45_000,
        granted_cents=40_000 if given else None,
        advanced_cents=40_000 if given and state != "granted" else None,
        reason="Déjà financé." if state == "refused" else "",
        decided_on=day if given or state == "refused" else None,
        committee=committee if state == "before_committee" else None,
        state=state,
        created_at=datetime(THIS_YEAR, 1, 1, tzinfo=UTC),
    )
