"""A GUP convention: opened, read by everybody once signed, its plan, the convention that follows it."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from faubourg.base.refusal import require
from faubourg.contracts import access as contracts_access
from faubourg.contracts.agreements import agreement_url, is_open, places_of
from faubourg.contracts.models import Convention
from faubourg.contracts.queries.circuit import parties_of
from faubourg.contracts.queries.conventions import plans_of, posts_of
from faubourg.rules.proximity.gup import KIND_NAMES, judge_post

from .. import access
from ..access.gup import can_read_gup, can_write_gup
from ..forms.gup import GupActionForm, GupForm
from ..listings_conventions import state_of
from ..models import Area, GupAction, GupConvention
from ..queries import gup as queries
from ..services import gup as services
from .finding import actor_of, asked_area
from .walk_pages import FormPage, answer, sent

READ = ["GET", "HEAD", "POST"]
FORM = "proximity/gup/form.html"


def asked_gup(pk: int) -> GupConvention:
    """The convention of this number; a 404 that helps."""
    found = queries.gup_by_pk(pk)
    if found is None:
        raise Http404(_("Aucune convention de GUP ne porte ce numéro."))
    return found


def written_gup(request: HttpRequest, pk: int) -> GupConvention:
    """The same, for its area's team."""
    found = asked_gup(pk)
    require(can_write_gup(request.user, found))
    return found


@require_http_methods(READ)
def gup_new(request: HttpRequest, code: str) -> HttpResponse:
    """`/proximite/<code>/conventions/gup/`"""
    area = asked_area(code)
    require(access.can_run_area(request.user, area))
    start = {"scope": Convention.Scope.GENERAL, "contract": area.contracts.first()}
    return _open(request, area, start, None)


@require_http_methods(READ)
def gup_next(request: HttpRequest, pk: int) -> HttpResponse:
    """`/gup/<pk>/suivante/`: the one that takes over the day after, without a gap."""
    found = written_gup(request, pk)
    start: dict[str, Any] = GupForm.values_of(found)
    ends = found.convention.ends_on
    start |= {"starts_on": ends + timedelta(days=1) if ends else None, "ends_on": None, "version": 0}
    start |= {"duration_reason": "", "mandate_ends_on": None, "contract": found.convention.contract}
    return _open(request, found.area, start, found.convention)


def _open(
    request: HttpRequest, area: Area, start: dict[str, Any], follows: Convention | None
) -> HttpResponse:
    form = GupForm(sent(request), initial=start, area=area, gup=None)
    made: list[GupConvention] = []
    page = FormPage(
        area=area,
        heading=_("Préparer la convention suivante") if follows else _("Ouvrir une convention de GUP"),
        lead=_("Un périmètre ciblé se fonde sur un diagnostic partagé ; la durée suit le mandat municipal."),
        back=reverse("area_conventions", args=[area.code]),
        done=_("La convention est en projet."),
        key=f"gup-new:{area.code}",
        template=FORM,
        fields={"perimeter-named": "places", "perimeter-diagnosis": "walks"},
    )
    response = answer(
        request,
        form,
        lambda: made.append(
            services.open_gup(
                area=area,
                contract=form.cleaned_data["contract"],
                terms=form.terms(follows),
                words=form.words(),
                by=actor_of(request),
            )
        ),
        page,
    )
    return redirect("gup", made[0].pk) if made else response


@require_safe
def gup(request: HttpRequest, pk: int) -> HttpResponse:
    """`/gup/<pk>/`: perimeter and why, duration and why, plan, post, reviews, what ends."""
    found = asked_gup(pk)
    require(can_read_gup(request.user, found))
    convention, today = found.convention, timezone.localdate()
    follows = access.can_follow_area(request.user, found.area).ok is True
    runs = can_write_gup(request.user, found).ok is True
    reviews = [one for one in found.reviews.all() if follows or one.published_on]
    keeps = contracts_access.can_write_agreement(request.user, convention).ok is True
    context = {
        "gup": found,
        "area": found.area,
        "convention": convention,
        "state": state_of(convention),
        "runs": runs,
        "keeps": keeps,
        "follows": follows,
        "open": is_open(convention),
        "places": places_of(convention),
        "walks": found.diagnosis.all(),
        "duration": queries.duration_of(convention, today),
        "ending": queries.ending(convention, today),
        "bridge": queries.bridge_of(convention),
        "next": convention.followed_by.select_related("gup").order_by("-pk").first(),
        "parties": parties_of(convention),
        "posts": [_post(one) for one in posts_of(convention)],
        "plans": plans_of(convention),
        "actions": list(queries.actions_of(found)),
        "budget": queries.budget_of(found),
        "reviews": reviews,
        "due": [(KIND_NAMES[one.kind], one, judged) for one, judged in queries.due_reviews(found, today)],
        "urls": {name: agreement_url(convention, name) for name in ("", "bridge", "post_add", "plan_add")},
        "sheet_url": agreement_url(convention),
    }
    return render(request, "proximity/gup/sheet.html", context)


def _post(post: Any) -> tuple[Any, Any]:
    """A post and whether its co-funders pay all of it."""
    shares = {funder.name: funder.share_bp for funder in post.funders.all()}
    return post, judge_post(shares) if shares else None


@require_http_methods(READ)
def gup_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """`/gup/<pk>/modifier/`: until somebody signs."""
    found = written_gup(request, pk)
    form = GupForm(sent(request), initial=GupForm.values_of(found), area=found.area, gup=found)
    page = FormPage(
        area=found.area,
        heading=_("Modifier la convention"),
        back=reverse("gup", args=[pk]),
        done=_("La convention est enregistrée."),
        key=f"gup:{pk}",
        template=FORM,
        theirs=lambda: GupForm.values_of(asked_gup(pk)),
        fields={"perimeter-named": "places", "perimeter-diagnosis": "walks"},
        more={"gup": found},
    )
    return answer(
        request,
        form,
        lambda: services.edit_gup(
            gup=found,
            terms=form.terms(found.convention.follows),
            words=form.words(),
            base_version=form.base_version,
            by=actor_of(request),
        ),
        page,
    )


@require_http_methods(READ)
def gup_action_new(request: HttpRequest, pk: int) -> HttpResponse:
    """`/gup/<pk>/actions/nouvelle/`"""
    return _action(request, written_gup(request, pk), None)


@require_http_methods(READ)
def gup_action(request: HttpRequest, pk: int) -> HttpResponse:
    """`/gup/actions/<pk>/`: its money and its indicator; the rest is in the contract's plan."""
    row = GupAction.objects.select_related("action").filter(pk=pk).first()
    if row is None:
        raise Http404(_("Cette action n’est pas, ou plus, dans un plan."))
    return _action(request, written_gup(request, row.gup_id), row)


def _action(request: HttpRequest, found: GupConvention, row: GupAction | None) -> HttpResponse:
    form = GupActionForm(sent(request), initial=GupActionForm.values_of(row) if row else {})
    if row is not None:
        form.fields["title"].disabled = True
    page = FormPage(
        area=found.area,
        heading=_("Modifier l’action") if row else _("Ajouter une action au plan"),
        lead=_("Elle est dite une seule fois, dans le plan du contrat ; ici, son budget et son indicateur."),
        back=reverse("gup", args=[found.pk]),
        done=_("L’action est dans le plan."),
        template=FORM,
        more={"gup": found},
        fields={"operating": "operating"},
    )
    return answer(
        request,
        form,
        lambda: services.write_action(
            gup=found,
            action=row,
            words=form.words(),
            base_version=form.base_version if row else None,
            by=actor_of(request),
        ),
        page,
    )
