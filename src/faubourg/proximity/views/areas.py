"""Areas for everybody: the list, the home of one; opening one, and what it is set with."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from faubourg.base.refusal import require
from faubourg.base.sentences import in_words

from .. import access
from ..forms.areas import PLACES_LIST, AreaForm, OpenAreaForm
from ..listings_areas import AREAS
from ..queries.areas import (
    contracts_of,
    contracts_over,
    counted_categories,
    latest_repairs,
    listed_areas,
    places_to_open,
    settings_counts,
)
from ..queries.completeness import completeness_of, empty_posts
from ..services import opening
from .finding import actor_of, asked_area
from .settings_page import edited, set_area, try_to

RECENT_DAYS = 90
MOMENTS = {
    "day": gettext_lazy("en journée"),
    "night": gettext_lazy("la nuit"),
    "weekend": gettext_lazy("le week-end"),
}


@require_safe
def areas(request: HttpRequest) -> HttpResponse:
    """`/proximite/`: every area, what goes on there."""
    context = {"may_open": access.can_create_areas(request.user).ok}
    return AREAS.respond(request, listed_areas(), "proximity/areas/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def area_new(request: HttpRequest) -> HttpResponse:
    """`/proximite/nouveau/`: one place, and it works."""
    require(access.can_create_areas(request.user))
    form = OpenAreaForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _may_open(request, form):
            told = form.cleaned_data
            opened = []
            status = try_to(
                form,
                lambda: opened.append(
                    opening.open_area(territory=told["place"], hotline=told["hotline"], by=actor_of(request))
                ),
            )
            if opened:
                messages.success(request, _("Le territoire est ouvert : on peut y signaler dès maintenant."))
                return redirect("area", opened[0].code)
    context = {"form": form, "places": places_to_open(request.user), "places_list": PLACES_LIST}
    return render(request, "proximity/areas/new.html", context, status=status)


def _may_open(request: HttpRequest, form: OpenAreaForm) -> bool:
    place = form.cleaned_data["place"]
    verdict = access.can_open_area(request.user, place, contracts_over(place))
    for reason in verdict.refusals():
        form.add_error("place", in_words(reason))
    return verdict.ok is True


@require_safe
def area(request: HttpRequest, code: str) -> HttpResponse:
    """`/proximite/<code>/`: how to report here, what is reported, what was repaired."""
    found = asked_area(code)
    runs = access.can_run_area(request.user, found).ok is True
    counted = counted_categories(found, timezone.now() - timedelta(days=RECENT_DAYS))
    context = {
        "area": found,
        "counted": counted,
        "open_total": sum(one.open for one in counted),
        "closed_total": sum(one.closed for one in counted),
        "repairs": latest_repairs(found),
        "recent_days": RECENT_DAYS,
        "runs": runs,
        "takes_calls": access.can_take_calls(request.user, found).ok,
        "posts": empty_posts(found, timezone.localdate()) if runs else [],
    }
    return render(request, "proximity/areas/area.html", context)


@require_safe
def area_settings(request: HttpRequest, code: str) -> HttpResponse:
    """`/proximite/<code>/reglages/`: what can be set, and what is missing."""
    found = asked_area(code)
    require(access.can_follow_area(request.user, found))
    context = {
        "area": found,
        "runs": access.can_run_area(request.user, found).ok,
        "posts": empty_posts(found, timezone.localdate()),
        "counts": settings_counts(found, timezone.localdate()),
    }
    return render(request, "proximity/areas/settings.html", context)


@require_safe
def area_check(request: HttpRequest, code: str) -> HttpResponse:
    """`/proximite/<code>/reglages/verifier/`: whether each report would find somebody."""
    found = asked_area(code)
    require(access.can_follow_area(request.user, found))
    context = {
        "area": found,
        "runs": access.can_run_area(request.user, found).ok,
        "completeness": completeness_of(found, timezone.localdate()),
        "moments": MOMENTS,
    }
    return render(request, "proximity/areas/check.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def area_edit(request: HttpRequest, code: str) -> HttpResponse:
    """`/proximite/<code>/reglages/general/`."""
    found = set_area(request, code)
    contracts = contracts_of(found)
    form = AreaForm(request.POST or None, initial=AreaForm.values_of(found), contracts=contracts)
    return edited(
        request,
        found,
        form,
        lambda: opening.edit_area(
            area=found, values=form.told(), base_version=form.base_version, by=actor_of(request)
        ),
        title=_("Réglages généraux"),
        back=("area_settings", _("Réglages")),
        done=_("Les réglages sont à jour."),
    )
