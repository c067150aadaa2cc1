"""Who runs an area, answers its calls, acts for a partner, follows what happens.

The officer of a contract and the referent of a commune run the areas of their territory, with whoever holds
the coordinator's task; the State's delegate, an élu, a funder's service and an evaluator follow them.
"""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q

from faubourg.base.lasting import lasts_on
from faubourg.contracts.access import scopes_of as scopes_of_contract
from faubourg.contracts.models import Contract
from faubourg.people.access import SIGN_IN, Visitor, holds
from faubourg.people.models import Person, RoleGrant
from faubourg.people.scopes import Scope
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import Territory

from ..models import Area, AreaSeat, Partner

Role = RoleGrant.Role
Task = AreaSeat.Task
RUNNERS = frozenset({Role.CONTRACT_OFFICER, Role.COMMUNE_REFERENT})
FOLLOWERS = RUNNERS | {Role.PREFECT_DELEGATE, Role.FUNDER_OFFICER, Role.ELECTED, Role.EVALUATOR}


def scopes_of(area: Area) -> tuple[Scope, ...]:
    """Where a role runs this area: its territory, the intercommunalité over it, its contracts."""
    return _scopes(area.territory, area.contracts.all())


def _scopes(place: Territory, contracts: Iterable[Contract]) -> tuple[Scope, ...]:
    own: tuple[Scope, ...] = ((place.kind, place.code),)
    over = tuple((above.kind, above.code) for above in (place.epci,) if above)
    return (*own, *over, *(scope for contract in contracts for scope in scopes_of_contract(contract)))


def wider_scopes_of(area: Area) -> tuple[Scope, ...]:
    """Where a role follows it: the same, its département and its region."""
    place = area.territory
    above = tuple((one.kind, one.code) for one in (place.departement, place.region) if one)
    return (*scopes_of(area), *above)


def needs(person: Visitor, ok: bool, code: str, template: str, **params: object) -> Verdict:
    """Signed in first; then `ok`, or the refusal that says what would make it a yes."""
    if not isinstance(person, Person):
        return Verdict.no("sign_in", SIGN_IN)
    return Verdict.yes() if ok else Verdict.no(code, template, **params)


def tasks_of(person: Visitor, area: Area, on: date | None = None) -> frozenset[str]:
    """The tasks that this person holds here that day; one query."""
    if not isinstance(person, Person):
        return frozenset()
    seats = AreaSeat.objects.filter(lasts_on(on), person=person, area=area)
    return frozenset(seats.values_list("task", flat=True))


def partners_of(person: Visitor, area: Area | None = None, on: date | None = None) -> Collection[Partner]:
    """The partners for which this person answers as a referent that day, those they answer for included."""
    if not isinstance(person, Person):
        return ()
    answers = Q(referents__person=person) & lasts_on(on, "referents__")
    own = Partner.objects.filter(answers, active=True)
    own = own if area is None else own.filter(area=area)
    return Partner.objects.filter(Q(pk__in=own.values("pk")) | Q(answered_by__in=own.values("pk"))).distinct()


def can_create_areas(person: Visitor, on: date | None = None) -> Verdict:
    """Open an area: whoever runs a contract or is a commune's referent somewhere."""
    return needs(
        person,
        holds(person, RUNNERS, None, on),
        "runners_open_areas",
        mark(
            "Un territoire de proximité est ouvert par l’équipe d’un contrat de ville ou un·e référent·e "
            "communal·e : demandez ce rôle à l’administrateur·rice de cette installation."
        ),
    )


def can_open_area(
    person: Visitor, place: Territory, contracts: Iterable[Contract], on: date | None = None
) -> Verdict:
    """Open the area of this very place: whoever will then run it."""
    return needs(
        person,
        holds(person, RUNNERS, _scopes(place, contracts), on),
        "runners_of_the_place_only",
        mark(
            "Votre rôle ne porte pas sur {place} : choisissez une commune ou une intercommunalité de votre "
            "contrat, ou demandez ce rôle à l’administrateur·rice de cette installation."
        ),
        place=place.name,
    )


def can_run_area(person: Visitor, area: Area, on: date | None = None) -> Verdict:
    """Set it, qualify and attribute reports, prepare walks, publish."""
    return needs(
        person,
        holds(person, RUNNERS, scopes_of(area), on) or Task.COORDINATOR in tasks_of(person, area, on),
        "runners_of_the_area_only",
        mark(
            "« {area} » est conduit par son équipe de proximité : demandez-lui cette action, ou un rôle sur "
            "ce territoire à l’administrateur·rice de cette installation."
        ),
        area=area.name,
    )


def can_take_calls(person: Visitor, area: Area, on: date | None = None) -> Verdict:
    """Type a report for somebody on the phone or at the desk."""
    return needs(
        person,
        bool(tasks_of(person, area, on) & {Task.AGENT, Task.COORDINATOR})
        or holds(person, RUNNERS, scopes_of(area), on),
        "agents_of_the_area_only",
        mark(
            "La saisie au téléphone est faite par les agents du numéro vert de « {area} » : demandez cette "
            "tâche à son équipe."
        ),
        area=area.name,
    )


def can_follow_area(person: Visitor, area: Area, on: date | None = None) -> Verdict:
    """Read its workings: every report with what the team wrote, never who reported."""
    return needs(
        person,
        (holds(person, FOLLOWERS, None, on) and holds(person, FOLLOWERS, wider_scopes_of(area), on))
        or bool(tasks_of(person, area, on) - {Task.RELAY})
        or bool(partners_of(person, area, on)),
        "partners_of_the_area_only",
        mark(
            "Le suivi de « {area} » est lu par ses partenaires : demandez à son équipe d’être référent·e "
            "d’un service, ou un rôle à l’administrateur·rice de cette installation."
        ),
        area=area.name,
    )
