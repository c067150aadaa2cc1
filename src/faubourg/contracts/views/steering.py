"""What every page of a body, a meeting or a decision begins with: which one, and what may be done."""

from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _

from faubourg.base.refusal import Refused
from faubourg.base.sentences import in_words as sentence
from faubourg.contracts.access import governance as access
from faubourg.contracts.access.workings import can_read_workings, can_write_workings, wider_scopes_of
from faubourg.contracts.models import Body, Contract, DecisionItem, Meeting
from faubourg.contracts.queries.decisions import decision_of
from faubourg.contracts.queries.governance import body_of, people_near
from faubourg.contracts.queries.meetings import meeting_of
from faubourg.people.access import Visitor
from faubourg.people.models import Person
from faubourg.rules.verdict import Verdict


@dataclass
class Rights:
    """What a visitor may do with a contract, or with one of its bodies; asked once a page."""

    person: Visitor
    contract: Contract
    body: Body | None = None

    def __post_init__(self) -> None:
        if isinstance(self.person, Person):
            prefetch_related_objects([self.person], "role_grants")

    @cached_property
    def write(self) -> Verdict:
        """Write this body; without one, the whole contract's."""
        if self.body is not None:
            return access.can_write_body(self.person, self.body)
        return can_write_workings(self.person, self.contract)

    @cached_property
    def read(self) -> Verdict:
        """Read names, agenda, attendance, minutes, decisions: whoever writes reads."""
        return self.write if self.write.ok else can_read_workings(self.person, self.contract)

    @cached_property
    def people(self) -> list[Person]:
        """Who may be given a seat or a decision."""
        return people_near(self.contract, wider_scopes_of(self.contract))


def asked_body(code: str, pk: int) -> Body:
    """The body of this number in a contract of this code; 404 that helps otherwise."""
    if found := body_of(code, pk):
        return found
    raise Http404(_("Ce contrat n’a pas d’instance de ce numéro : elle a pu être retirée."))


def asked_meeting(code: str, pk: int) -> Meeting:
    """The same for a meeting."""
    if found := meeting_of(code, pk):
        return found
    raise Http404(_("Ce contrat n’a pas de réunion de ce numéro."))


def asked_decision(code: str, pk: int) -> DecisionItem:
    """The same for a decision."""
    if found := decision_of(code, pk):
        return found
    raise Http404(_("Ce contrat n’a pas de décision de ce numéro."))


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, were it nothing at all; None when the page is only read."""
    return request.POST if request.method == "POST" else None


def rights_over(request: HttpRequest, body: Body) -> Rights:
    """What this visitor may do with this body."""
    return Rights(request.user, body.contract, body)


def told(request: HttpRequest, refused: Refused) -> None:
    """Why a service refused, on the page to come."""
    messages.error(request, " ".join(sentence(reason) for reason in refused.verdict.refusals()))


def shown_in(form: forms.Form, refused: Refused) -> None:
    """Why a service refused, beside the field that each reason names, else above the form."""
    for reason in refused.verdict.refusals():
        field = reason.code if reason.code in form.fields else None
        form.add_error(field, sentence(reason))
