"""Which report an address means, and who asks."""

from typing import cast

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from faubourg.base.actor import Actor
from faubourg.contracts.models import Contract
from faubourg.contracts.views.finding import asked_contract
from faubourg.evaluation import queries
from faubourg.evaluation.models import AnnualReport, Opinion
from faubourg.people.models import Person


def asked_report(request: HttpRequest, code: str, year: int) -> AnnualReport:
    """The report of this contract and year; 404 that helps otherwise."""
    contract = asked_contract(request, code)
    report = queries.report_of(contract, year)
    if report is None:
        raise Http404(missing(contract, year))
    return report


def asked_opinion(report: AnnualReport, pk: int) -> Opinion:
    """One opinion of its present consultation."""
    opinion = queries.opinion_by_pk(report, pk)
    if opinion is None:
        raise Http404(_("Ce rapport n’attend pas cet avis : revenez à sa page, qui les nomme tous."))
    return opinion


def missing(contract: Contract, year: int) -> str:
    """What to say of a year without report."""
    return _("%(contract)s n’a pas de rapport annuel %(year)s.") % {"contract": contract.name, "year": year}


def actor_of(request: HttpRequest) -> Actor:
    """The person who is signed in, as the services know them; the right was checked before."""
    return cast(Person, request.user).actor
