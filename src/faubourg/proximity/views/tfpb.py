"""A landlord's convention: opened, read by everybody once signed, led along its circuit."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base.refusal import require
from faubourg.people.models import Organisation
from faubourg.rules.proximity.circuits import TFPB
from faubourg.rules.proximity.tfpb import AXIS_NAMES, Axis
from faubourg.rules.verdict import Verdict

from .. import access
from ..access import tfpb as rights
from ..forms.tfpb import OpenTfpbForm
from ..forms.tfpb_opinions import PARTIES, SignaturesForm
from ..models import Area, TfpbAction, TfpbAgreement
from ..queries import tfpb as queries
from ..services import tfpb_moves as moves
from ..services.tfpb_plan import open_tfpb
from .finding import actor_of, asked_area
from .tfpb_pages import asked_tfpb, form_page
from .walk_pages import FormPage, answer, sent, told, version_in

READ = ["GET", "HEAD", "POST"]
DEFAULT_YEARS = 3


@require_http_methods(READ)
def tfpb_new(request: HttpRequest, code: str) -> HttpResponse:
    """`/proximite/<code>/conventions/tfpb/`: a landlord, three years or more."""
    area = asked_area(code)
    require(rights.can_open_tfpb(request.user, area))
    landlords = _landlords(request, area)
    year = timezone.localdate().year
    start: dict[str, Any] = {"first_year": year + 1, "last_year": year + DEFAULT_YEARS}
    start["title"] = _("Convention d’utilisation de l’abattement de TFPB")
    start["contract"], start["landlord"] = area.contracts.first(), landlords.first()
    form = OpenTfpbForm(sent(request), initial=start, area=area, landlords=landlords)
    made: list[TfpbAgreement] = []
    page = FormPage(
        area=area,
        heading=_("Ouvrir une convention d’abattement de TFPB"),
        lead=_("Elle est en projet : le bailleur écrit son plan triennal, puis les parties signent."),
        back=reverse("area_conventions", args=[code]),
        done=_("La convention est ouverte : écrivez le plan triennal."),
        template="proximity/tfpb/form.html",
        key=f"tfpb-new:{area.code}",
    )
    response = answer(
        request,
        form,
        lambda: made.append(open_tfpb(area=area, opening=form.opening(), by=actor_of(request))),
        page,
    )
    return redirect("tfpb", made[0].pk) if made else response


def _landlords(request: HttpRequest, area: Area) -> "QuerySet[Organisation]":
    """Those of the area for its team, one's own for a landlord."""
    found = Organisation.objects.filter(kind=Organisation.Kind.LANDLORD).order_by("sort_key")
    if access.can_run_area(request.user, area).ok is True:
        return found
    return found.filter(pk__in=rights.landlords_of(request.user, area))


@require_safe
def tfpb(request: HttpRequest, pk: int) -> HttpResponse:
    """`/tfpb/<pk>/`: its plan by axis, its years, its parties, what is missing and what may be done."""
    found = asked_tfpb(pk)
    reads = rights.can_read_tfpb(request.user, found).ok is True
    if not reads and not rights.is_public(found):
        require(rights.can_read_tfpb(request.user, found))
    actions = queries.actions_of(found)
    today = timezone.localdate()
    writes = rights.can_write_tfpb(request.user, found).ok is True
    frames = rights.can_frame_tfpb(request.user, found).ok is True
    years = sorted(found.years.all(), key=lambda one: one.year)
    axes = _by_axis(actions, [year.year for year in years])
    rows = {row.pk: row for row in found.convention.parties.all()}
    context = {
        "agreement": found,
        "area": found.area,
        "state": TFPB.states[found.state],
        "reads": reads,
        "writes": writes,
        "frames": frames,
        "years": [(year, queries.judge_year(found, year, today)) for year in years],
        "axes": axes,
        "empty_axes": [axis["number"] for axis in axes if not axis["rows"]],
        "plan": queries.judge_plan(found, actions) if reads else None,
        "parties": [(label, rows.get(found.parties.get(kind, 0))) for kind, label in PARTIES.items()],
        "alerts": queries.alerts_of(found, today) if reads else [],
        "now": queries.under_review(found),
        "acts": _acts(found, writes=writes, frames=frames),
        "steps": found.steps.all() if reads else [],
        "may_plan": writes and found.state in ("draft", "running"),
    }
    return render(request, "proximity/tfpb/sheet.html", context)


def _by_axis(actions: list[TfpbAction], years: list[int]) -> list[dict[str, Any]]:
    """The eight axes, each with its actions and, year by year, the line or nothing."""
    told = []
    for axis in Axis:
        rows = []
        for action in (one for one in actions if one.axis == axis):
            lines = {line.year.year: line for line in action.lines.all()}
            rows.append((action, [lines.get(year) for year in years]))
        told.append({"number": int(axis), "name": AXIS_NAMES[axis], "rows": rows})
    return told


@require_http_methods(READ)
def tfpb_signatures(request: HttpRequest, pk: int) -> HttpResponse:
    """`/tfpb/<pk>/signatures/`: who signed on which day, once the plan is settled."""
    found = asked_tfpb(pk)
    require(rights.can_frame_tfpb(request.user, found))
    form = SignaturesForm(sent(request), agreement=found, initial={"version": found.version})
    page = form_page(
        found,
        heading=_("Enregistrer des signatures"),
        lead=_("Le jour où chaque partie a signé. Avec la dernière, la convention est signée."),
        done=_("Les signatures sont enregistrées."),
    )
    return answer(
        request,
        form,
        lambda: moves.record_signatures(
            agreement=found, days=form.days(), base_version=form.base_version, by=actor_of(request)
        ),
        page,
    )


Move = Callable[..., Any]
May = Callable[[Any, TfpbAgreement], Verdict]
# Address: the transition, whose act it is, the service, whether it asks why, what is then said.
ACTS: Mapping[str, tuple[str, str, Move, bool, str | Promise]] = {
    "arreter-le-plan": ("plan", "writes", moves.settle_plan, False,
                        gettext_lazy("Le plan triennal est arrêté : les parties peuvent signer.")),
    "reprendre-le-plan": ("rework", "writes", moves.rework_plan, True,
                          gettext_lazy("Le plan se reprend.")),
    "constater-les-signatures": ("sign", "frames", moves.ascertain, False,
                                 gettext_lazy("La convention est signée.")),
    "commencer": ("run", "frames", moves.begin, False, gettext_lazy("L’exécution commence.")),
    "annee-suivante": ("next_year", "frames", moves.next_year, False,
                       gettext_lazy("L’année suivante commence.")),
}  # fmt: skip


def _acts(found: TfpbAgreement, *, writes: bool, frames: bool) -> list[dict[str, Any]]:
    """The buttons of this reader, in the order of the circuit."""
    mine = {"writes": writes, "frames": frames}
    return [
        {"code": code, "label": TFPB.by_act(transition).name, "reason": reason}
        for code, (transition, whose, _service, reason, _done) in ACTS.items()
        if mine[whose] and TFPB.may_start(transition, found.state).ok
    ]


@require_POST
def tfpb_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """`/tfpb/<pk>/<act>/`: one button; refused, it says each reason."""
    asked = ACTS.get(act)
    if asked is None:
        raise Http404(_("Cet acte n’existe pas."))
    found = asked_tfpb(pk)
    _transition, whose, service, asks_why, done = asked
    may: May = rights.can_write_tfpb if whose == "writes" else rights.can_frame_tfpb
    require(may(request.user, found))
    given: dict[str, Any] = {"reason": request.POST.get("reason", "")} if asks_why else {}
    told(
        request,
        lambda: service(agreement=found, base_version=version_in(request), by=actor_of(request), **given),
        str(done),
    )
    return redirect("tfpb", found.pk)
