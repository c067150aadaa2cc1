"""A sum hung on a neighbourhood, even one that no decree knows yet (2023's money for a quarter of 2024)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from faubourg.base.refusal import Refused, require
from faubourg.contracts import access
from faubourg.contracts.forms import ReserveForm
from faubourg.contracts.models import Contract
from faubourg.contracts.services import money_lines
from faubourg.people.views.refusals import show_refusal
from faubourg.territories.models import Territory
from faubourg.territories.queries import place_at

from .money_lines import described
from .people import actor_of


@require_http_methods(["GET", "HEAD", "POST"])
def reserve(request: HttpRequest, code: str) -> HttpResponse:
    """`/quartiers/<code>/argent/ajouter/`: whatever the state of its path."""
    place = place_at(Territory.Kind.NEIGHBOURHOOD, code)
    if place is None:
        raise Http404(_("Aucun quartier ne porte le code %(code)s.") % {"code": code[:20]})
    require(access.can_reserve_at(request.user, place))
    contracts = Contract.objects.filter(
        neighbourhood_links__neighbourhood=place, neighbourhood_links__rejected=False
    )
    posted = request.POST if request.method == "POST" else None
    form = ReserveForm(posted, initial={"level": "reserved", "origin": "specific", "nature": "unstated"})
    form.offer(contracts.distinct())
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            money_lines.reserve(
                row=described({**said, "territory": place}),
                year=said["year"],
                cents=said["amount"],
                contract=said["contract"],
                by=actor_of(request),
            )
        except Refused as refused:
            show_refusal(form, refused, {"label": "label", "year": "year"})
        else:
            messages.success(request, _("La somme est inscrite sur %(place)s.") % {"place": place.name})
            return redirect(f"{place.get_absolute_url()}#argent")
    context = {"place": place, "form": form, "cancel_url": place.get_absolute_url()}
    return render(request, "contracts/money/reserve.html", context, status=422 if form.is_bound else 200)
