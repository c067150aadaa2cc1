"""Walks of the demonstration: one held and restored, one by night that is about to be."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from faubourg.base.actor import Actor
from faubourg.territories.models import Territory

from ..models import Area, Observation, Photo, Walk
from . import walk_guests, walk_minutes, walk_proposals, walks
from .example import point_at
from .example_pictures import draw
from .example_reports import Team
from .grids import shipped_grids
from .observing import Seen, note
from .photos import keep_photo
from .redacting import validate_photo
from .walk_guests import GuestWords
from .walk_minutes import MinutesWords
from .walk_tickets import file_from_walk
from .walks import StopWords, WalkWords

# Name, what to look at, metres east and north of the middle of the quarter.
STOPS = (
    ("Rue d’exemple, côté square", "les corbeilles, le trottoir", -150.0, 0.0),
    ("Square d’exemple", "les bancs, les jeux, l’ombre", -60.0, 60.0),
    ("Pied de la tour A", "les conteneurs, l’entrée", 85.0, 45.0),
    ("Parking d’exemple", "la chaussée, l’éclairage", 70.0, -50.0),
)
# Stop, what is looked at, severity (None: an asset), the note, what everybody reads, a picture, a proposal.
SEEN = (
    (1, "greenery", None, "Le square est bien tenu, on s’y retrouve le soir.",
     "Le square est bien tenu et fréquenté.", "", ""),
    (0, "cleanliness", 2, "Deux corbeilles débordent, une est cassée.",
     "Deux corbeilles débordent, une est cassée.", "litter", "Une corbeille de plus."),
    (2, "waste", 3, "Les conteneurs sont trop loin : les cartons restent au pied de la tour.",
     "Les conteneurs sont loin : les cartons s’accumulent (exemple).", "bulky", "Un local à encombrants."),
    (3, "lighting", 3, "Exemple : il fait noir entre le parking et la tour.",
     "Le passage entre le parking et la tour n’est pas éclairé.", "lamp", "Deux lampadaires."),
)  # fmt: skip
# A few steps away from the halt, in degrees.
_ASIDE = 0.00015
NEGOTIABLE = "L’entretien, le mobilier, l’éclairage des passages (exemple)."
NOT_NEGOTIABLE = "Le budget de l’année est voté ; la tour A n’est pas démolie (exemple)."
ALLOWED = "Tout dire, photographier les lieux, jamais les personnes (exemple)."
PUBLIC = (
    "Exemple : douze personnes ont marché une heure du square au parking. Le square plaît. Les encombrants, "
    "les corbeilles et le passage sans lumière reviennent dans toutes les bouches."
)
SUMMARY = (
    "Exemple : départ à l’heure, quatre haltes. Les services étaient là ; le bailleur B n’a envoyé personne. "
    "Chaque constat a été lu à voix haute avant de se quitter."
)


def make_example_walks(
    area: Area, quarter: Territory | None, middle: tuple[float, float], team: Team
) -> Walk:
    """The one that was held; its restitution is public."""
    by = team.officer.actor
    day = timezone.localdate() - timedelta(days=12)
    walk = _prepared(area, quarter, middle, team, title="Diagnostic en marchant d’exemple",
                     starts_at=_at(day, 17), kind=Walk.Kind.DAY)  # fmt: skip
    coming = timezone.localdate() + timedelta(days=16)
    _prepared(area, quarter, middle, team, title="Marche de nuit d’exemple", starts_at=_at(coming, 20),
              kind=Walk.Kind.NIGHT)  # fmt: skip
    came = [guest.pk for guest in walk.guests.all()]
    walk = walk_minutes.hold_walk(walk=walk, came=came, people_count=12, by=by)
    seen = _seen(walk, team)
    _proposed(walk, seen, by)
    told = MinutesWords(summary=SUMMARY, public_summary=PUBLIC, people_count=12)
    walk = walk_minutes.write_minutes(walk=walk, words=told, base_version=walk.version, by=by)
    walk = walk_minutes.validate_minutes(walk=walk, by=by)
    _reread(walk, by)
    file_from_walk(observation=seen[3], category=None, by=by, at=timezone.now())
    return walk_minutes.restore(walk=walk, by=by)


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _prepared(
    area: Area, quarter: Territory | None, middle: tuple[float, float], team: Team, *, title: str,
    starts_at: datetime, kind: str,
) -> Walk:  # fmt: skip
    by = team.officer.actor
    wanted = "night" if kind == Walk.Kind.NIGHT else "general"
    words = WalkWords(
        title=title,
        kind=kind,
        starts_at=starts_at,
        meeting_point="Rue d’exemple, devant le square",
        contract=area.contracts.order_by("code").first(),
        neighbourhood=quarter,
        grid=next(grid for grid in shipped_grids() if grid.kind == wanted),
        negotiable=NEGOTIABLE,
        not_negotiable=NOT_NEGOTIABLE,
        allowed=ALLOWED,
    )
    walk = walks.prepare_walk(area=area, words=words, by=by)
    stops = [StopWords(name, told, *point_at(middle, east, north)) for name, told, east, north in STOPS]
    walk = walks.set_route(walk=walk, stops=stops, line=[], words="", base_version=walk.version, by=by)
    for person, role, takes_notes in (
        (team.relay, "relay", True), (team.cleaner, "referent", False), (team.town, "guide", True),
    ):  # fmt: skip
        guest = GuestWords(name=person.name, email=person.email, role=role, takes_notes=takes_notes)
        walk_guests.add_guest(walk=walk, words=guest, by=by)
    walk.refresh_from_db()
    return walks.confirm_walk(walk=walk, base_version=walk.version, by=by)


def _seen(walk: Walk, team: Team) -> list[Observation]:
    stops, by = list(walk.stops.all()), team.relay.actor
    found = []
    for rank, (stop, criterion, severity, text, _public, scene, proposal) in enumerate(SEEN):
        assert walk.starts_at is not None
        told = Seen(
            stop=stops[stop],
            criterion=criterion,
            nature="asset" if severity is None else "dysfunction",
            severity=severity,
            seen_at=walk.starts_at + timedelta(minutes=12 * (rank + 1)),
            text=text,
            proposal=proposal,
            lon=(stops[stop].lon or 0) + _ASIDE * (-1) ** rank,
            lat=(stops[stop].lat or 0) + _ASIDE,
        )
        row = note(walk=walk, seen=told, client_id=uuid5(NAMESPACE_URL, f"exemple:{walk.pk}:{rank}"), by=by)
        if scene:
            picture = draw(scene, mended=False, rank=rank + 3)
            keep_photo(owner=row, upload=picture, moment=Photo.Moment.BEFORE, by=by)
        found.append(row)
    return found


def _proposed(walk: Walk, seen: Sequence[Observation], by: Actor) -> None:
    """One becomes an action, one is dropped with its reason, one waits."""
    asked = (
        ("Un local à encombrants (exemple)", seen[2], 11),
        ("Éclairer le passage du parking (exemple)", seen[3], 9),
        ("Fermer le square la nuit (exemple)", seen[0], 3),
    )
    rows = []
    for title, row, voices in asked:
        made = walk_proposals.propose(walk=walk, title=title, text="", observations=[row], by=by)
        rows.append(
            walk_proposals.count_voices(proposal=made, voices=voices, base_version=made.version, by=by)
        )
    contract = walk.area.contracts.order_by("code").first()
    if contract is not None:
        walk_proposals.become_action(proposal=rows[0], contract=contract, by=by)
    reason = "Le square reste ouvert : la marche l’a trouvé calme et fréquenté (exemple)."
    walk_proposals.drop_proposal(proposal=rows[2], reason=reason, base_version=rows[2].version, by=by)


def _reread(walk: Walk, by: Actor) -> None:
    told = {text: public for _stop, _criterion, _severity, text, public, _scene, _proposal in SEEN}
    for row in walk.observations.all():
        walk_minutes.reread(
            observation=row, public=True, public_text=told[row.text], base_version=row.version, by=by
        )
        for photo in row.photos.all():
            validate_photo(
                photo=photo, rectangles=[], words=told[row.text], base_version=photo.version, by=by
            )
