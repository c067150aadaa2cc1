"""Reports of the demonstration at each age, filed and treated as anybody would; each says « Exemple »."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from faubourg.base.actor import Actor
from faubourg.people.models import Person

from ..models import Area, Check, Partner, Photo, Spot, Ticket
from .attributing import find_no_owner, note, qualify, share
from .example import point_at
from .example_pictures import draw
from .filing import WITHOUT_ACCOUNT, Filing, file_ticket
from .photos import keep_photo
from .reachable import Contact
from .redacting import validate_photo
from .repairing import check_repair, declare_done, plan, start
from .settling import mark_duplicate, refer, refuse

Channel, Answer = Ticket.Channel, Ticket.Answer
QUIET = Contact()
# Numbers of 06 39 98 are kept for fiction.
CALLED, TEXTED = Contact(Answer.PHONE, "0639980001"), Contact(Answer.SMS, "0639980002")
WRITTEN = Contact(Answer.EMAIL, "habitante@demo.faubourg")
LETTER = Contact(
    Answer.LETTER, name="Personne d’exemple", postal="1 rue de l’Exemple\n63000 Clermont-Ferrand"
)


@dataclass(frozen=True, slots=True)
class Team:
    """Who acts in the example: accounts of the demonstration, one for each profession."""

    officer: Person
    town: Person
    cleaner: Person
    landlord: Person
    agent: Person
    relay: Person
    state: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One report: metres east and north of the middle of the quarter, days ago, and how far it went."""

    key: str
    category: str
    at: tuple[float, float]
    days: float
    text: str
    fate: str
    partner: str = ""
    public: str = ""
    scene: str = ""
    place: str = ""
    severity: int = 2
    channel: str = Channel.WEB
    answer: Contact = QUIET
    night: bool | None = None
    language: str = "fr"


CLEAN, ROADS, LAMPS = "Propreté (exemple)", "Voirie (exemple)", "Éclairage (exemple)"
GREEN, POLICE, LANDLORD = "Espaces verts (exemple)", "Police municipale (exemple)", "Bailleur A (exemple)"
BINS, HALL = (40.0, 30.0), (85.0, 67.0)
REPORTS = (
    Told(key="sofa", category="encombrants", at=BINS, days=16, fate="closed", partner=CLEAN, scene="bulky",
         text="Exemple : un matelas et des cartons à côté des poubelles.", place="près des conteneurs",
         public="Matelas et cartons déposés à côté des conteneurs.", channel=Channel.QR),
    Told(key="hall", category="halls", at=HALL, days=12, fate="closed", partner=LANDLORD, scene="hall",
         text="Exemple : la vitre de la porte du hall est cassée.", place="tour A, entrée",
         public="Vitre de la porte du hall cassée.", severity=3, channel=Channel.QR),
    Told(key="boxes", category="encombrants", at=(46.0, 34.0), days=9, fate="closed", partner=CLEAN,
         text="Exemple : encore des cartons et une étagère.", place="près des conteneurs",
         public="Cartons et étagère déposés à côté des conteneurs.", scene="bulky"),
    Told(key="litter", category="proprete", at=(-60.0, 5.0), days=19, fate="assigned", partner=CLEAN,
         text="Exemple : des sacs éventrés depuis deux semaines.", place="rue d’exemple, côté square",
         public="Sacs éventrés sur le trottoir.", scene="litter", severity=3, answer=TEXTED),
    Told(key="litter-again", category="proprete", at=(-57.0, 7.0), days=16, fate="duplicate",
         text="Exemple : les mêmes sacs, et des rats.", place="rue d’exemple"),
    Told(key="lamp", category="eclairage", at=(120.0, 8.0), days=15, fate="reopened", partner=LAMPS,
         text="Exemple : le lampadaire est éteint, on ne voit plus le passage.", scene="lamp",
         public="Lampadaire éteint au passage piéton.", night=True, severity=3),
    Told(key="moto", category="vehicules", at=(70.0, -55.0), days=14, fate="refused",
         text="Exemple : une moto est garée tous les soirs sur ma place.", place="parking d’exemple"),
    Told(key="parking", category="voirie", at=(60.0, -40.0), days=9, fate="unowned", scene="pavement",
         text="Exemple : des trous partout sur le parking.", place="parking d’exemple", severity=3,
         public="Trous dans la chaussée du parking."),
    Told(key="bench", category="espaces-verts", at=(-60.0, 60.0), days=8, fate="started", partner=GREEN,
         text="Exemple : les lattes du banc sont arrachées.", place="square d’exemple, près de l’entrée",
         public="Lattes d’un banc arrachées.", channel=Channel.QR),
    Told(key="bags", category="proprete", at=(15.0, 4.0), days=6, fate="done", partner=CLEAN, scene="litter",
         text="Exemple : le conteneur déborde.", place="devant la tour A",
         public="Conteneur qui déborde, sacs au sol.", answer=WRITTEN),
    Told(key="light-hall", category="halls", at=(80.0, 60.0), days=5, fate="planned", partner=LANDLORD,
         text="Exemple : plus de lumière au 3e étage.", place="tour A, 3e étage",
         public="Éclairage en panne au 3e étage.", channel=Channel.PHONE, answer=LETTER),
    Told(key="damp", category="logement", at=(90.0, 70.0), days=4, fate="referred", severity=4,
         text="Exemple : moisissures dans la chambre des enfants.", channel=Channel.PHONE, answer=CALLED),
    Told(key="shelf", category="encombrants", at=(38.0, 27.0), days=3, fate="assigned", partner=CLEAN,
         text="Exemple : un canapé, au même endroit que d’habitude.", place="près des conteneurs",
         public="Canapé déposé à côté des conteneurs.", scene="bulky"),
    Told(key="noise", category="tranquillite", at=(-18.0, 30.0), days=2, fate="planned", partner=POLICE,
         text="Exemple : des motos tournent autour des jeux après minuit.", night=True,
         public="Motos autour de l’aire de jeux, la nuit."),
    Told(key="step", category="accessibilite", at=(-110.0, -6.0), days=1, fate="new", scene="pavement",
         text="Exemple : le trottoir est trop haut pour une poussette.", place="rue d’exemple"),
    Told(key="glass", category="proprete", at=(-15.0, 45.0), days=0.1, fate="new",
         text="Example: broken glass near the swings.", place="aire de jeux d’exemple", language="en"),
)  # fmt: skip


def make_example_reports(area: Area, middle: tuple[float, float], team: Team) -> Mapping[str, Ticket]:
    """By their keys; the same ones when they were filed before."""
    partners = {one.name: one for one in area.partners.all()}
    spots = {one.name.split(",")[0]: one for one in area.spots.all()}
    found: dict[str, Ticket] = {}
    for rank, one in enumerate(REPORTS):
        spot = spots.get("Hall d’exemple" if one.at == HALL else "Square d’exemple")
        ticket = _filed(area, middle, one, spot if one.channel == Channel.QR else None, team)
        if one.scene:
            picture = draw(one.scene, mended=False, rank=rank)
            keep_photo(owner=ticket, upload=picture, moment=Photo.Moment.BEFORE, by=WITHOUT_ACCOUNT)
        found[one.key] = ticket
    for rank, one in enumerate(REPORTS):
        _carried(one, rank, found, partners.get(one.partner), team)
    _shared(found["shelf"], partners[LANDLORD], team)
    return {key: Ticket.objects.get(pk=ticket.pk) for key, ticket in found.items()}


def _filed(area: Area, middle: tuple[float, float], one: Told, spot: Spot | None, team: Team) -> Ticket:
    lon, lat = point_at(middle, *one.at)
    taken = one.channel == Channel.PHONE
    filing = Filing(
        area=area,
        category=area.categories.get(code=one.category),
        lon=lon,
        lat=lat,
        client_id=uuid5(NAMESPACE_URL, f"exemple:{area.code}:{one.key}"),
        accuracy_m=12,
        text=one.text,
        place_words=one.place,
        spot=spot,
        channel=one.channel,
        language=one.language,
        by_night=one.night,
        contact=one.answer,
        referral_consent=one.fate == "referred",
        person=team.relay if one.answer.answer_by == Answer.EMAIL else None,
    )
    by = team.agent.actor if taken else WITHOUT_ACCOUNT
    return file_ticket(filing=filing, by=by, at=timezone.now() - timedelta(days=one.days))


def _carried(one: Told, rank: int, found: Mapping[str, Ticket], partner: Partner | None, team: Team) -> None:
    """As far as its fate says; who reads first is the coordination, who repairs is the partner."""
    ticket, by = found[one.key], team.officer.actor
    if one.fate == "new":
        return
    if one.fate == "duplicate":
        mark_duplicate(ticket=ticket, original=found["litter"], base_version=None, by=by)
        return
    ticket = qualify(
        ticket=ticket, category=ticket.category, severity=one.severity, public_text=one.public,
        partner=partner, base_version=ticket.version, by=by,
    )  # fmt: skip
    if one.scene and one.key != "shelf":
        _shown(ticket, one.public, by)
    if partner is not None:
        _repaired(one, rank, ticket, partner, team)
    else:
        _set_aside(one.fate, ticket, by)


def _set_aside(fate: str, ticket: Ticket, by: Actor) -> None:
    version = ticket.version
    if fate == "refused":
        reason = "Cette place est privée : c’est au propriétaire du parking d’intervenir (exemple)."
        refuse(ticket=ticket, reason=reason, base_version=version, by=by)
    elif fate == "referred":
        refer(ticket=ticket, desk=ticket.category.desk, consented=True, base_version=version, by=by)
    else:
        reason = "Parking ouvert au public, mais ni la ville ni les bailleurs n’en ont l’entretien (exemple)."
        find_no_owner(ticket=ticket, reason=reason, base_version=version, by=by)


def _repaired(one: Told, rank: int, ticket: Ticket, partner: Partner, team: Team) -> None:
    own = {CLEAN: team.cleaner.actor, LANDLORD: team.landlord.actor}
    by = own.get(partner.name, Actor(ref=None, name=partner.name))
    if one.fate == "planned":
        day = timezone.localdate() + timedelta(days=2)
        plan(
            ticket=ticket,
            on=day,
            words="Passage prévu le matin (exemple).",
            base_version=ticket.version,
            by=by,
        )
    elif one.fate == "started":
        start(ticket=ticket, base_version=ticket.version, by=by)
    elif one.fate in ("done", "closed", "reopened"):
        after = draw(one.scene, mended=True, rank=rank) if one.fate != "reopened" else None
        done = declare_done(
            ticket=ticket, words="Fait (exemple).", base_version=ticket.version, by=by, photo=after
        )
        _checked(one, done, team)


def _checked(one: Told, ticket: Ticket, team: Team) -> None:
    if one.fate == "done":
        return
    repaired = one.fate == "closed"
    words = "C’est propre (exemple)." if repaired else "Toujours éteint hier soir (exemple)."
    check_repair(ticket=ticket, who=Check.Who.RELAY, repaired=repaired, text=words, by=team.relay.actor)
    if repaired:
        _shown(ticket, f"{one.public} Réparé.", team.officer.actor)


def _shown(ticket: Ticket, words: str, by: Actor) -> None:
    """The photographs that nobody looked at yet, made public: there is nothing to hide in a drawing."""
    for photo in ticket.photos.filter(validated_at=None):
        validate_photo(photo=photo, rectangles=[], words=words, base_version=photo.version, by=by)


def _shared(ticket: Ticket, helper: Partner, team: Team) -> None:
    by = team.officer.actor
    share(
        ticket=ticket, partner=helper, words="Rappeler aux locataires le jour de collecte (exemple).", by=by
    )
    note(
        ticket=ticket, text="Troisième fois en six semaines : proposer un point de collecte (exemple).", by=by
    )
