"""Conventions of the demonstration: a GUP in force with a published review, a landlord's rebate reviewed."""

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from faubourg.base.actor import Actor
from faubourg.contracts.models import Convention
from faubourg.contracts.services import conventions, signing
from faubourg.contracts.services.convention_moves import advance_convention
from faubourg.people.models import Organisation
from faubourg.people.services.organisations import create_organisation
from faubourg.rules.convention_circuit import Act
from faubourg.rules.proximity.gup import ELECTION_YEARS
from faubourg.territories.models import Territory

from ..models import Area, EntrustedTask, GupConvention, TfpbAgreement, TfpbLine, TfpbYear, Ticket, Walk
from . import gup, tfpb_moves, tfpb_plan, tfpb_proof, tfpb_spending
from .example_pictures import draw
from .example_reports import LANDLORD, Team
from .tfpb_plan import Opening
from .tfpb_spending import Spent, YearFacts

GARDEN = "Le Jardin des tours (exemple)"
PARTIES = ("Commune (exemple)", "Métropole (exemple)", "État (exemple)", LANDLORD)
# Title, who bears it, operating and investment in cents, indicator, target.
ACTIONS = (
    ("Exemple : collecte des encombrants à jour fixe", "Propreté (exemple)", 1_800_000, 0,
     "dépôts signalés par mois", "moins de cinq"),
    ("Exemple : éclairage du passage du parking", "Éclairage (exemple)", 0, 2_400_000,
     "lampadaires posés", "deux"),
    ("Exemple : trois marches par an", "Coordination (exemple)", 600_000, 0, "habitants présents", "quinze"),
)  # fmt: skip
ANSWERS = {
    "appropriation": "Exemple : une habitante relais vérifie les réparations de son hall.",
    "dysfunctions": "Exemple : moins de sacs au sol ; les encombrants reviennent au même endroit.",
    "representativeness": "Exemple : surtout des femmes et des retraités ; les jeunes manquent.",
    "partnership": "Exemple : la réunion du mardi réunit la ville, la métropole et un bailleur sur deux.",
}
# Axis, title, planned a year, spent, of which ordinary, valued: cents.
PLAN = (
    (1, "Un demi-poste de gardien en plus (exemple)", 1_600_000, 1_650_000, 150_000, 1_500_000),
    (3, "Sur-entretien des halls (exemple)", 1_200_000, 1_180_000, 180_000, 1_000_000),
    (4, "Ramassage hebdomadaire des encombrants (exemple)", 900_000, 940_000, 140_000, 800_000),
    (8, "Vitres et éclairage des halls (exemple)", 500_000, 460_000, 60_000, 400_000),
)
REBATE, DWELLINGS, SATISFACTION = 3_900_000, 412, 68
# A page that says what it is.
PAPER = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 46>>stream
BT /F 18 Tf 60 100 Td (Facture d'exemple) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""


def make_example_gup(area: Area, walk: Walk, team: Team) -> GupConvention:
    """Of the whole area, after its walk, in force until the next municipal election."""
    by, today = team.officer.actor, timezone.localdate()
    election = next(year for year in ELECTION_YEARS if year > today.year)
    terms = conventions.Terms(
        kind=Convention.Kind.GUP,
        title="Convention de GUP d’exemple",
        starts_on=today - timedelta(days=60),
        ends_on=date(election, 12, 31),
        duration_reason="alignée sur le mandat municipal",
    )
    words = gup.Words(
        definition="Exemple : faire ensemble que le quartier reste propre, clair et vivant.",
        technical="Propreté, éclairage, halls et espaces verts, chacun avec un délai tenu.",
        social="Marches, habitantes relais, jardin confié à une association.",
        mandate_ends_on=date(election, 3, 31),
        operating_cents=sum(one[2] for one in ACTIONS),
        investment_cents=sum(one[3] for one in ACTIONS),
        walks=[walk],
    )
    contract = area.contracts.order_by("code").first()
    made = gup.open_gup(area=area, contract=contract, terms=terms, words=words, by=by)
    if contract is not None:
        for title, partner, operating, investment, indicator, target in ACTIONS:
            action = gup.ActionWords(title, partner, operating, investment, indicator, target)
            gup.write_action(gup=made, words=action, by=by)
    _signed(made.convention, by)
    _reviewed(made, today.year, by)
    _entrusted(area, by)
    return made


def _signed(convention: Convention, by: Actor) -> None:
    today = timezone.localdate()
    conventions.add_linked_plan(agreement=convention, name="Contrat de ville", link="annexé (exemple)", by=by)
    parties = [signing.add_party(agreement=convention, name=name, by=by) for name in PARTIES]
    for party in parties:
        signing.sign_party(party=party, on=convention.starts_on, by=by)
    convention.refresh_from_db()
    advance_convention(convention=convention, act=Act.ACTIVATE, on=today, by=by)


def _reviewed(made: GupConvention, year: int, by: Actor) -> None:
    review = gup.prepare_review(gup=made, kind="annual", year=year, by=by)
    told = "Exemple : les réparations vérifiées tiennent ; un point d’encombrants reste à traiter."
    review = gup.write_review(
        review=review, summary=told, answers=ANSWERS, base_version=review.version, by=by
    )
    gup.publish_review(review=review, base_version=review.version, by=by)


def _entrusted(area: Area, by: Actor) -> None:
    organisation = Organisation.objects.filter(name=GARDEN).first() or create_organisation(
        name=GARDEN, kind=Organisation.Kind.ASSOCIATION, siret=None, rna=None, by=by
    )
    today = timezone.localdate()
    values = {
        "organisation": organisation,
        "title": "Le jardin au pied de la tour A (exemple)",
        "group_name": "douze voisins (exemple)",
        "agreement_on": today - timedelta(days=90),
        "until": today + timedelta(days=275),
        "insurance": "L’association assure les jardiniers, le bailleur le terrain (exemple).",
        "charges_cents": -120_000,
    }
    gup.entrust(task=EntrustedTask(area=area), values=values, base_version=None, by=by)


def make_example_tfpb(
    area: Area, quarter: Territory | None, proofs: tuple[Ticket, ...], team: Team
) -> TfpbAgreement:
    """Signed in time, its first year reviewed and signed by the town and the State; the next one runs."""
    year, by = timezone.localdate().year, team.landlord.actor
    landlord = area.partners.get(name=LANDLORD).organisation
    quarters = [quarter] if quarter else []
    opening = Opening(
        landlord=landlord,
        title="Convention d’abattement d’exemple",
        first_year=year,
        last_year=year + 2,
        duration_reason="trois ans, comme le plan (exemple)",
        contract=area.contracts.order_by("code").first(),
        neighbourhoods=quarters,
    )
    held = tfpb_plan.open_tfpb(area=area, opening=opening, by=by)
    for axis, title, planned, *_spent in PLAN:
        words = tfpb_plan.ActionWords(
            axis=axis, title=title, neighbourhoods=quarters,
            planned=dict.fromkeys(range(year, year + 3), planned),
        )  # fmt: skip
        tfpb_plan.write_action(agreement=held, words=words, by=by)
    held = tfpb_moves.settle_plan(agreement=held, base_version=None, by=by)
    days = dict.fromkeys(held.parties, date(year - 1, 12, 15))
    held = tfpb_moves.record_signatures(agreement=held, days=days, base_version=None, by=team.town.actor)
    held = tfpb_moves.begin(agreement=held, base_version=None, by=team.town.actor)
    for line in TfpbLine.objects.filter(action__agreement=held, year__year=year).order_by("action__axis"):
        _spend(line, proofs, by)
    return _approved(held.years.get(year=year), team)


def _spend(line: TfpbLine, proofs: tuple[Ticket, ...], by: Actor) -> None:
    cost, ordinary, valued = next(one[3:] for one in PLAN if one[0] == line.action.axis)
    spent = Spent(cost, ordinary, 0, 0, valued, "Fait toute l’année (exemple).")
    tfpb_spending.write_line(line=line, spent=spent, base_version=None, by=by)
    paper = SimpleUploadedFile("facture-exemple.pdf", PAPER, "application/pdf")
    tfpb_proof.add_proof(line=line, label="Facture d’exemple", upload=paper, by=by)
    if line.action.axis in (3, 4):
        picture = draw("litter" if line.action.axis == 3 else "bulky", mended=True, rank=line.action.axis)
        tfpb_proof.add_proof(line=line, label="Dessin d’exemple, après", upload=picture, by=by)
    elif line.action.axis == 8:
        for ticket in proofs:
            tfpb_proof.add_proof(line=line, label="", ticket=ticket, by=by)


def _approved(year: TfpbYear, team: Team) -> TfpbAgreement:
    by = team.landlord.actor
    facts = YearFacts(DWELLINGS, REBATE, "Avis d’imposition d’exemple", SATISFACTION)
    year = tfpb_spending.write_year(year=year, facts=facts, base_version=None, by=by)
    year = tfpb_moves.hand_in(year=year, base_version=None, by=by)
    year = tfpb_moves.visit(
        year=year, on=timezone.localdate(), visitors=("landlord", "authority", "residents"),
        words="Exemple : les halls sont propres, la porte de la tour A est réparée.", base_version=None,
        by=team.town.actor,
    )  # fmt: skip
    for side, person in (("town", team.town), ("state", team.state)):
        year = tfpb_moves.sign_review(year=year, side=side, reserves="", base_version=None, by=person.actor)
    return tfpb_moves.next_year(agreement=year.agreement, base_version=None, by=team.town.actor)
