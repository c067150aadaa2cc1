"""Who reads one dossier, asked once a page: its applicant, the services, its jury, who stands back.

The applicant's people read what is theirs; opinions, ranks and talks between services are for the services
and the jury. Whoever declared an interest reads none of it, even as the applicant.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from faubourg.contracts.access import can_read_workings
from faubourg.people.access import Visitor, holds
from faubourg.people.models import Person, RoleGrant
from faubourg.rules.verdict import Verdict, mark

from ..models import Application, CallFunder, Juror
from .applicants import acts_for
from .calls import can_follow_call, can_run_call, needs
from .funders import EXAMINERS, funders_of
from .interests import not_own, not_recused

_NOT_SUBMITTED = Verdict.no(
    "draft_of_its_applicant",
    mark("Ce dossier n’est pas encore déposé : seul qui le porte lit ce qu’il contient."),
)


@dataclass(frozen=True)
class Reader:
    """One person before one dossier; each answer is found once. At most three queries of its own."""

    person: Visitor
    application: Application
    on: date | None = None
    # Known already to sit in the jury that has it before it, interests declared.
    seated: bool = False

    @cached_property
    def applies(self) -> bool:
        """Acts for the organisation that asks."""
        return acts_for(self.person, self.application.organisation, on=self.on)

    @cached_property
    def not_recused(self) -> Verdict:
        """No as soon as an interest was declared."""
        return not_recused(self.person, self.application)

    @cached_property
    def impartial(self) -> Verdict:
        """No for whoever stands back, or acts for the organisation that asks."""
        if not self.not_recused.ok or not self.applies:
            return self.not_recused
        return not_own(self.person, self.application)

    @cached_property
    def follows(self) -> bool:
        """Holds a role of the services over the call or the dossier's contract, or speaks for a funder."""
        return self.follows_call or self.follows_contract or bool(self.speaks_for)

    @cached_property
    def _works(self) -> bool:
        # An élu reads as a juror, once interests are declared: following the call is not enough.
        return holds(self.person, EXAMINERS | {RoleGrant.Role.EVALUATOR}, None, self.on)

    @cached_property
    def follows_call(self) -> bool:
        """Holds a role of the services over the whole call: reads its other dossiers too."""
        return self._works and can_follow_call(self.person, self.application.call, self.on).ok is True

    @cached_property
    def follows_contract(self) -> bool:
        """Holds one over the dossier’s contract: reads those of this contract in other calls too."""
        contract = self.application.contract
        if not self._works or contract is None:
            return False
        # Nearly always one of the call, whose bearers are read already.
        contract = next((one for one in self.application.call.contracts.all() if one == contract), contract)
        return can_read_workings(self.person, contract, self.on).ok is True

    @cached_property
    def speaks_for(self) -> Sequence[CallFunder]:
        """The funders of the call whose service this person is."""
        return funders_of(self.person, self.application.call, self.on)

    @cached_property
    def judges(self) -> bool:
        """Sits in a jury that has this dossier before it, interests declared."""
        return Juror.objects.filter(
            person=self.person if isinstance(self.person, Person) else None,
            declared_at__isnull=False,
            left_on__isnull=True,
            jury__sessions__items__application=self.application,
        ).exists()

    @cached_property
    def may_read(self) -> Verdict:
        """Read what the applicant wrote."""
        return Verdict.yes() if self.applies else self.may_read_workings

    @cached_property
    def may_read_workings(self) -> Verdict:
        """Read what services and jury say of it: opinions, ranks, talks, similar projects."""
        if not self.impartial.ok:
            return self.impartial
        submitted = self.application.state != "draft"
        return needs(
            self.person,
            submitted and (self.seated or self.follows or self.judges),
            "readers_of_the_dossier_only",
            mark(
                "Un dossier est lu par qui le porte et, une fois déposé, par les services de l’appel et son "
                "jury : demandez un rôle sur « {call} » à l’administrateur·rice de cette installation."
            ),
            call=self.application.call.title,
        )

    @cached_property
    def may_run(self) -> Verdict:
        """Decide on it as whoever runs its call."""
        if not self.impartial.ok:
            return self.impartial
        return can_run_call(self.person, self.application.call, self.on)

    @cached_property
    def may_examine(self) -> Verdict:
        """Check, comment and give an opinion, once it is submitted."""
        if not self.impartial.ok:
            return self.impartial
        if self.application.state == "draft":
            return _NOT_SUBMITTED
        if self.may_run.ok:
            return self.may_run
        return needs(
            self.person,
            self.follows and (holds(self.person, EXAMINERS, None, self.on) or bool(self.speaks_for)),
            "examiners_only",
            mark(
                "Les dossiers de « {call} » sont instruits par les services de ses financeurs et de ses "
                "contrats."
            ),
            call=self.application.call.title,
        )
