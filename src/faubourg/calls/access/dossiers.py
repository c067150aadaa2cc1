"""Who lists the dossiers of a call and who gives its opinion: the services, never an élu as such."""

from dataclasses import dataclass
from datetime import date

from faubourg.contracts.access import scopes_of
from faubourg.contracts.models import Contract
from faubourg.people.access import Visitor, holds
from faubourg.people.models import Person, RoleGrant
from faubourg.rules.verdict import Verdict, mark

from ..models import Call, CallFunder, Juror
from .calls import can_follow_call, can_run_call, needs
from .funders import EXAMINERS, funders_of
from .interests import has_interest_in
from .readers import Reader


def can_list_dossiers(person: Visitor, call: Call, on: date | None = None) -> Verdict:
    """Every dossier that was submitted to a call; an élu reads those of the jury on the jury's pages."""
    followed = can_follow_call(person, call, on)
    if followed.ok and holds(person, EXAMINERS | {RoleGrant.Role.EVALUATOR}, None, on):
        return followed
    speaks = bool(funders_of(person, call, on))
    if not followed.ok and not speaks:
        return followed
    return needs(
        person,
        speaks,
        "services_list_dossiers",
        mark(
            "La liste des dossiers de « {call} » est celle des services ; vos dossiers sont sur la page de "
            "votre jury, une fois vos intérêts déclarés."
        ),
        call=call.title,
    )


def can_rank(person: Visitor, call: Call, contract: Contract, on: date | None = None) -> Verdict:
    """Put the dossiers of a contract in order: its officer, or who runs the call; never one who stands back.

    A rank compares all of them, so one declared interest, or one's own dossier, is enough to be out.
    """
    allowed = needs(
        person,
        holds(person, {RoleGrant.Role.CONTRACT_OFFICER}, scopes_of(contract), on)
        or can_run_call(person, call, on).ok is True,
        "rankers_of_the_contract_only",
        mark("Les dossiers de {contract} sont priorisés par son intercommunalité, chef de file."),
        contract=contract.name,
    )
    if not allowed.ok or not has_interest_in(person, call, contract):
        return allowed
    return Verdict.no(
        "stands_back_from_the_ranking",
        mark(
            "Vous vous êtes déporté·e d’un dossier de ce contrat, ou vous agissez pour qui en porte un : la "
            "priorisation, qui les compare tous, se fait sans vous (CGCT, art. L.1111-6)."
        ),
    )


@dataclass(frozen=True, slots=True)
class Speech:
    """For whom an opinion is written: as the funder's own service, or on its behalf."""

    allowed: Verdict
    on_behalf: bool = False


def may_speak_for(reader: Reader, funder: CallFunder) -> Speech:
    """Its own officers write the opinion of a funder; who runs the call records it for them, with a note."""
    if not reader.impartial.ok or not (reader.may_examine.ok or reader.may_read_workings.ok):
        return Speech(reader.may_examine)
    if funder in reader.speaks_for and reader.may_examine.ok:
        return Speech(Verdict.yes())
    if reader.may_run.ok:
        return Speech(Verdict.yes(), on_behalf=True)
    return Speech(
        Verdict.no(
            "funder_s_own_only",
            mark("L’avis de {funder} est rendu par ses services : demandez à en être membre."),
            funder=funder.name,
        )
    )


def can_declare_interest(person: Visitor, call: Call, on: date | None = None) -> Verdict:
    """Stand back from an organisation: whoever may have its dossiers before them, service, élu or juror."""
    if can_follow_call(person, call, on).ok or can_list_dossiers(person, call, on).ok:
        return Verdict.yes()
    seated = isinstance(person, Person) and Juror.objects.filter(person=person, jury__call=call).exists()
    return needs(
        person,
        seated,
        "readers_declare_interests",
        mark("Les liens d’intérêts sont déclarés par qui instruit cet appel ou siège à l’un de ses jurys."),
    )
