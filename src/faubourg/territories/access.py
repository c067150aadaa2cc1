"""Who may change a territory's sheet, its perimeters and its figures. Reading is open to everybody.

The chargé·e de mission of the contract writes over the whole scope; a commune's referent over the commune.
"""

from collections.abc import Collection
from datetime import date

from faubourg.people.access import SIGN_IN, Visitor, holds, roles_of
from faubourg.people.models import Person, RoleGrant
from faubourg.people.scopes import EVERYWHERE, Scope
from faubourg.rules.verdict import Verdict, mark

from .coverage import scopes_over
from .models import FigureImport, Territory

Role = RoleGrant.Role
EDITORS = frozenset({Role.CONTRACT_OFFICER, Role.COMMUNE_REFERENT})

DRAWERS = frozenset({Role.CONTRACT_OFFICER, Role.PREFECT_DELEGATE})
DRAWERS_ONLY = mark(
    "La géographie locale de {place} est dessinée par la personne chargée de mission de son contrat de ville "
    "et par le·la délégué·e du préfet : demandez-leur, ou demandez ce rôle à l’administrateur·rice de cette "
    "installation."
)

OUT_OF_SCOPE = mark(
    "{place} n’est pas dans le périmètre de vos rôles. La fiche est tenue par la personne chargée de mission "
    "du contrat de ville et par la personne référente de la commune : demandez-leur, ou demandez ce rôle à "
    "l’administrateur·rice de cette installation."
)


def can_edit_territory(
    person: Visitor,
    territory: Territory,
    on: date | None = None,
    lies_in: Collection[Territory] = (),
    covered: Collection[Scope] | None = None,
) -> Verdict:
    """Change the sheet, other names, corrections, filiation, resources, figures and perimeters of a place.

    `lies_in`: its communes, read with what is above them; a role over those asks nothing more. `covered`: the
    scopes that upper rooms add (its contracts), when they were read too: then nothing is asked, but a région.
    """
    if not isinstance(person, Person):
        return Verdict.no("sign_in", SIGN_IN)
    near = set(covered or ()) | {
        (above.kind, above.code)
        for place in lies_in
        for above in (place, place.epci, place.ept, place.departement)
        if above is not None
    }
    if near and holds(person, EDITORS, near, on):
        return Verdict.yes()
    if _asks_more(person, lies_in, covered, on) and territory.pk in editable(person, [territory], on):
        return Verdict.yes()
    return Verdict.no("territory_editors_only", OUT_OF_SCOPE, place=territory.name)


def _asks_more(
    person: Visitor, lies_in: Collection[Territory], covered: Collection[Scope] | None, on: date | None
) -> bool:
    """Whether what was read leaves a doubt: a role over the place itself, everywhere, or over a région."""
    if covered is None or not lies_in:
        return True
    told = {Territory.Kind.COMMUNE, Territory.Kind.EPCI, Territory.Kind.EPT, Territory.Kind.DEPARTEMENT}
    held = {grant.scope_kind for grant in roles_of(person, on) if grant.role in EDITORS}
    return not held <= {*told, "contract"}


def can_draw(person: Visitor, area: Territory, on: date | None = None) -> Verdict:
    """Draw the local geography of an intercommunalité, and give it a grid: the chargé·e de mission of its
    contract and the délégué·e du préfet. A role over one commune does not draw for the others.
    """
    if not isinstance(person, Person):
        return Verdict.no("sign_in", SIGN_IN)
    if holds(person, DRAWERS, scopes_over([area])[area.pk], on):
        return Verdict.yes()
    return Verdict.no("drawers_only", DRAWERS_ONLY, place=area.name)


def can_rename(territory: Territory) -> Verdict:
    """An official name comes from its source; only the name of a place with a local code is ours."""
    if territory.code_origin == Territory.CodeOrigin.LOCAL:
        return Verdict.yes()
    return Verdict.no(
        "official_name",
        mark(
            "Le nom officiel vient de sa source et ne se change pas ici. Ajoutez un autre nom sous lequel on "
            "cherche ce lieu, ou une correction avec sa preuve."
        ),
    )


def can_add_neighbourhood(
    person: Visitor, commune: Territory | None = None, on: date | None = None
) -> Verdict:
    """Enter a quartier pressenti or a local one: in a commune of one's scope."""
    if commune is not None:
        return can_edit_territory(person, commune, on)
    return can_import_figures(person, on)


def can_import_figures(person: Visitor, on: date | None = None) -> Verdict:
    """Bring a spreadsheet: whoever may write somewhere; each row is then judged by its own place."""
    if not isinstance(person, Person):
        return Verdict.no("sign_in", SIGN_IN)
    if holds(person, EDITORS, None, on):
        return Verdict.yes()
    return Verdict.no(
        "importers_only",
        mark(
            "Les chiffres sont apportés par les chargé·es de mission des contrats de ville et les "
            "référent·es "
            "communaux. Demandez un de ces rôles à l’administrateur·rice de cette installation."
        ),
    )


def can_use_import(person: Visitor, brought: FigureImport, on: date | None = None) -> Verdict:
    """Look at, confirm or undo an import: who brought it, or an editor of the whole installation."""
    allowed = can_import_figures(person, on)
    if allowed.ok is False or not isinstance(person, Person):
        return allowed
    if brought.created_by == person.ref or holds(person, EDITORS, (), on):
        return Verdict.yes()
    return Verdict.no(
        "own_imports_only",
        mark(
            "Cet import a été préparé par quelqu’un d’autre : seule cette personne peut le confirmer "
            "ou l’annuler."
        ),
    )


def editable(person: Visitor, places: Collection[Territory], on: date | None = None) -> set[int]:
    """The ids of the places among these that the person may write; for thousands of rows at once."""
    held = {(g.scope_kind, g.scope_code) for g in roles_of(person, on) if g.role in EDITORS}
    if not held:
        return set()
    if EVERYWHERE in held:
        return {place.pk for place in places}
    over = scopes_over(places, {kind for kind, _code in held})
    return {pk for pk, scopes in over.items() if held & scopes}
