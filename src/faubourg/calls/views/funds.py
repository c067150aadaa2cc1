"""The residents’ funds for everybody: the list, one fund, its opening, its members."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base.refusal import Conflict, Refused, require
from faubourg.people.views.refusals import show_refusal

from ..access import funds as access
from ..forms.funds import FundForm, MemberForm, members_of
from ..listings_funds import FUNDS, REQUESTS
from ..models import ResidentFund
from ..queries.funds import fund_by_code, funds, left_in, open_committees, projects_of, public_projects
from ..services import funds as services
from .finding import actor_of

SHOWN = 100


def asked_fund(code: str) -> ResidentFund:
    """The fund of this code; 404 that helps otherwise."""
    fund = fund_by_code(code)
    if fund is None:
        raise Http404(_("Aucun fonds d’habitants ne porte le code %(code)s.") % {"code": code[:60]})
    return fund


@require_safe
def resident_funds(request: HttpRequest) -> HttpResponse:
    """`/fonds/`: every fund, what it gave, whom to ask."""
    context = {"may_create": access.can_create_funds(request.user).ok}
    return FUNDS.respond(request, funds(), "calls/funds/list.html", context)


@require_safe
def resident_fund(request: HttpRequest, code: str) -> HttpResponse:
    """`/fonds/<code>/`: its rules in plain words, what is left, what it made possible; a desk."""
    fund = asked_fund(code)
    holds = access.can_hold_fund(request.user, fund).ok
    seat = access.seat_of(request.user, fund)
    granted = list(public_projects(fund).order_by("-decided_on", "pk")[: SHOWN + 1])
    context = {
        "fund": fund,
        "left": left_in(fund),
        "holds": holds,
        "sets": access.can_set_fund(request.user, fund).ok,
        "seat": seat,
        "committees": list(open_committees(fund)) if holds or seat else [],
        "granted": granted[:SHOWN],
        "more": len(granted) > SHOWN,
    }
    return render(request, "calls/funds/fund.html", context)


def _page(request: HttpRequest, form: FundForm, title: str, back: str, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "title": title, "cancel_url": back}
    return render(request, "calls/funds/form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def resident_fund_new(request: HttpRequest) -> HttpResponse:
    """`/fonds/nouveau/`."""
    require(access.can_create_funds(request.user))
    form = FundForm(request.POST or None, initial={"year": timezone.localdate().year})
    if request.method == "POST" and form.is_valid():
        fund = services.open_fund(told=form.told(), by=actor_of(request))
        messages.success(request, _("Le fonds est ouvert ; nommez maintenant son comité."))
        return redirect("fund_members", fund.code)
    return _page(request, form, _("Ouvrir un fonds d’habitants"), reverse("resident_funds"))


@require_http_methods(["GET", "HEAD", "POST"])
def resident_fund_edit(request: HttpRequest, code: str) -> HttpResponse:
    """`/fonds/<code>/modifier/`."""
    fund = asked_fund(code)
    require(access.can_set_fund(request.user, fund))
    form = FundForm(request.POST or None, initial=FundForm.values_of(fund))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_fund(
                fund=fund,
                told=form.told(),
                base_version=form.cleaned_data["version"] or 0,
                by=actor_of(request),
            )
        except Refused as refused:
            show_refusal(form, refused, {"fund_envelope": "envelope", "fund_quorum": "quorum"})
        except Conflict:
            form.add_error(None, _("Quelqu’un a modifié ce fonds entre-temps : rien n’est perdu, relisez."))
            status = 409
        else:
            messages.success(request, _("Le fonds est à jour."))
            return redirect("resident_fund", fund.code)
    return _page(request, form, _("Modifier le fonds"), reverse("resident_fund", args=[code]), status)


@require_safe
def fund_requests(request: HttpRequest, code: str) -> HttpResponse:
    """`/fonds/<code>/demandes/`: every request, for who holds the fund."""
    fund = asked_fund(code)
    require(access.can_hold_fund(request.user, fund))
    return REQUESTS.respond(request, projects_of(fund), "calls/funds/requests.html", {"fund": fund})


@require_http_methods(["GET", "HEAD", "POST"])
def fund_members(request: HttpRequest, code: str) -> HttpResponse:
    """`/fonds/<code>/membres/`: who sits on the committee."""
    fund = asked_fund(code)
    require(access.can_hold_fund(request.user, fund))
    form = MemberForm(request.POST or None, initial={"since": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.seat_member(
                fund=fund,
                name=data["name"],
                person=data["email"],
                resident=data["resident"],
                since=data["since"],
                by=actor_of(request),
            )
        except Refused as refused:
            show_refusal(form, refused, {"seated": "email"})
        else:
            return redirect("fund_members", fund.code)
    context = {"fund": fund, "form": form, "members": members_of(fund), "today": timezone.localdate()}
    return render(request, "calls/funds/members.html", context)


@require_POST
def fund_member_end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Somebody leaves the committee."""
    fund = asked_fund(code)
    require(access.can_hold_fund(request.user, fund))
    member = fund.members.filter(pk=pk).first()
    if member is None:
        raise Http404(_("Cette personne ne siège pas dans ce comité."))
    services.end_seat(member=member, by=actor_of(request))
    return redirect("fund_members", fund.code)
