"""`/signaler/`: a resident says what, where, and shows a photograph; each step carries what was told."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from faubourg.base.refusal import Refused
from faubourg.people.models import Person
from faubourg.rules.proximity.deadlines import day_in_paris
from faubourg.rules.verdict import Reason

from ..forms.reporting import Told, number
from ..models import Area, Category, Ticket
from ..queries.alike import Alike, alike_near
from ..queries.where import Candidate, areas_meant, areas_near, candidates, meant, spot_by_key
from ..services import waiting_photos
from ..services.filing import WITHOUT_ACCOUNT, Filing
from ..services.sending import send_report
from ..texts import Words
from .finding import unknown_area
from .robots import is_robot, pace_of_report, patience_of, too_fast
from .speaking import PARAMETER, language_of, spoken

# Beyond, the words matter more than the point.
LOW_M = 100


@dataclass
class Page:
    """One answer to a step: what was told, what it means here, what is wrong with it."""

    area: Area
    told: Told
    words: Words
    errors: list[str] = field(default_factory=list)
    category: Category | None = None
    where: Candidate | None = None

    @classmethod
    def opened(cls, code: str, told: Told, language: str, spoken: str = "") -> "Page":
        """The page of the area of this code, what was told being understood; a 404 that helps.

        `language` is the reporter's, `spoken` that of the page when it is another's.
        """
        found = meant(code, told.category, told.place, language)
        if found is None:
            raise Http404(unknown_area(code))
        where = found.where
        if told.place == "point" and (point := told.point):
            where = Candidate("point", "point", "", *point, told.accuracy_m or 20)
        words = Words(spoken or language, found.area)
        return cls(found.area, told, words, category=found.category, where=where)

    def step(self, asked: str) -> str:
        """The step asked, or the first one before it that still lacks something."""
        if asked == "what" or self.category is None:
            return "what"
        return "where" if asked == "where" or self.where is None else "photo"

    def alike(self) -> list[Alike]:
        """Reports nearby that may be the same."""
        if self.category is None or self.where is None or self.category.desk:
            return []
        on = day_in_paris(timezone.now())
        return alike_near(self.category, self.where.lon, self.where.lat, self.where.accuracy_m, on=on)


@require_http_methods(["GET", "HEAD", "POST"])
def where(request: HttpRequest) -> HttpResponse:
    """`/signaler/`: in which area; by words, or by the position of the phone."""
    lon, lat = number(request.POST.get("lon")), number(request.POST.get("lat"))
    asked = request.GET.get("q", "")[:100].strip()
    found = areas_near(lon, lat) if lon is not None and lat is not None else areas_meant(asked)
    context = spoken(request, None) | {"found": found, "asked": asked}
    return render(request, "proximity/resident/which.html", context)


@require_safe
def spot(request: HttpRequest, key: str) -> HttpResponse:
    """`/q/<clé>/`: the code that hangs in a hall; one that was taken down still leads to its town."""
    found = spot_by_key(key[:12])
    if found is None:
        raise Http404(_("Ce code n’est plus affiché : signalez depuis la page de votre ville."))
    address = reverse("report_new", args=[found.area.code])
    known = f"lieu={found.key}&" if found.active else ""
    return redirect(f"{address}?{known}{PARAMETER}={language_of(request)}")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    """`/signaler/<code>/`: the three steps, on one address."""
    language = language_of(request)
    if request.method != "POST":
        key = request.GET.get("lieu", "")[:12]
        told = Told(place=f"spot:{key}", qr="1") if key else Told()
        return _shown(request, Page.opened(code, told, language), "what")
    told = Told.read(request.POST.dict())
    go = request.POST.get("go", "")
    if go.startswith("category:"):
        told.category = go.partition(":")[2]
    page = Page.opened(code, told, language)
    return _answered(request, page, go)


def _answered(request: HttpRequest, page: Page, go: str) -> HttpResponse:
    """Go on, back, look, or send; whatever goes wrong, the page comes back with all that was told."""
    _photo(request, page)
    if go.startswith("category:"):
        return _shown(request, page, page.step("photo"))
    if go == "forget-photo":
        waiting_photos.drop(page.told.photo)
        page.told.photo = ""
    if not go:  # another language was chosen
        return _shown(request, page, page.step(request.POST.get("step", "")))
    if go in ("what", "where", "search"):
        return _shown(request, page, page.step("what" if go == "what" else "where"))
    step = page.step("photo")
    if step != "photo":
        page.errors.append(page.words.said(f"{step}.missing"))
    elif not page.errors and (go == "send" or go.startswith("same:")):
        return _sent(request, page, go.partition(":")[2])
    return _shown(request, page, step, 422 if page.errors else 200)


def _photo(request: HttpRequest, page: Page) -> None:
    """A photograph that came along waits under its token, whatever else is wrong."""
    upload: Any = request.FILES.get("file")
    if upload is None:
        return
    if is_robot(request) or too_fast(request, "photo"):
        page.errors.append(page.words.said("error.filing-flood"))
        return
    try:
        token = waiting_photos.keep(upload=upload)
    except Refused as refused:
        page.errors += said_wrong(page.words, refused, "photo")
    else:
        waiting_photos.drop(page.told.photo)
        page.told.photo = token


def _sent(request: HttpRequest, page: Page, same: str) -> HttpResponse:
    """Keep it and lead to the reporter's own page."""
    if hurried := "flood" if is_robot(request) else pace_of_report(request, page.area, page.told):
        if hurried == "slow":
            page.told.patience = patience_of(page.told)
        page.errors.append(page.words.said(f"error.filing-{hurried}"))
        return _shown(request, page, "photo", 429)
    person = request.user if isinstance(request.user, Person) else None
    first = Ticket.objects.filter(area=page.area, reference=same).first() if same else None
    try:
        ticket = send_report(
            filing=filing_of(page, person),
            photo=page.told.photo,
            original=first,
            by=person.actor if person else WITHOUT_ACCOUNT,
            at=timezone.now(),
        )
    except Refused as refused:
        page.errors += said_wrong(page.words, refused)
        elsewhere = any(
            reason.code in ("filing-elsewhere", "filing-place") for reason in refused.verdict.refusals()
        )
        return _shown(request, page, "where" if elsewhere else "photo", 422)
    address = reverse("report_own", args=[ticket.key])
    return redirect(f"{address}?{PARAMETER}={page.words.language}&merci=1")


def filing_of(page: Page, person: Person | None) -> Filing:
    """What is told, as the service takes it; every step is complete."""
    assert page.category is not None
    assert page.where is not None
    told, found = page.told, page.where
    by_code = found.spot is not None and told.qr == "1"
    return Filing(
        area=page.area,
        category=page.category,
        lon=found.lon,
        lat=found.lat,
        client_id=told.uuid,
        accuracy_m=found.accuracy_m,
        text=told.text,
        place_words=told.place_words,
        spot=found.spot,
        channel=Ticket.Channel.QR if by_code else Ticket.Channel.WEB,
        language=page.words.language,
        contact=told.contact,
        referral_consent=told.consent == "yes",
        person=person,
    )


def said_wrong(words: Words, refused: Refused, kind: str = "") -> list[str]:
    """Each reason in the resident's language when the catalogue has it, else as the interface says it."""
    return [_in_words(words, reason, kind) for reason in refused.verdict.refusals()]


def _in_words(words: Words, reason: Reason, kind: str) -> str:
    keys = {
        "filing-elsewhere": "where.elsewhere",
        "filing-place": "where.missing",
        "filing-closed": "area.closed",
    }
    if words.language == "fr":
        return reason.sentence
    key = keys.get(reason.code, f"error.{kind or reason.code}")
    return words.said(key) if words.has(key) else reason.sentence


def _shown(request: HttpRequest, page: Page, step: str, status: int = 200) -> HttpResponse:
    """The page of one step."""
    shown = {
        "what": (),
        "where": ("place", "lon", "lat", "accuracy", "place_words"),
        "photo": ("text", "answer_by", "address", "name", "postal", "consent"),
    }
    context = spoken(request, page.area) | {
        "page": page,
        "told": page.told,
        "step": step,
        "hidden": list(page.told.hidden(*shown[step])),
        "errors": page.errors,
    }
    if step == "what":
        context["categories"] = list(page.area.categories.filter(active=True))
    elif step == "where":
        context |= {
            "candidates": with_chosen(candidates(page.area, page.told.place_words), page.where),
            "town": page.area.territory,
            "basemap": {"url": settings.BASEMAP_URL, "attribution": settings.BASEMAP_ATTRIBUTION},
        }
    else:
        context |= {
            "alike": page.alike(),
            "low": page.where is not None and page.where.accuracy_m > LOW_M,
            "channels": ("none", "email", "sms", "letter", "phone"),
        }
    return render(request, f"proximity/resident/{step}.html", context, status=status)


def with_chosen(found: list[Candidate], chosen: Candidate | None) -> list[Candidate]:
    """Other words hide nothing of what was chosen before."""
    if chosen is None or chosen.kind == "point" or any(one.value == chosen.value for one in found):
        return found
    return [chosen, *found]
