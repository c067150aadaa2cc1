"""`/proximite/<code>/saisir/`: an agent types for somebody on the phone or at the desk, and reads it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from faubourg.base.refusal import Refused, require
from faubourg.base.sentences import in_words

from ..access import can_take_calls
from ..forms.reporting import Told
from ..models import Area, Ticket
from ..queries.where import candidates
from ..services.filing import Filing
from ..services.sending import send_report
from ..texts import LANGUAGES, SOURCE
from .finding import actor_of
from .reporting import LOW_M, Page, with_chosen

CHANNELS = (Ticket.Channel.PHONE, Ticket.Channel.DESK)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest, code: str) -> HttpResponse:
    """One screen; « Relire » shows what will be sent, in words to be said aloud."""
    page = Page.opened(code, Told.read(request.POST.dict()), _language(request), spoken=SOURCE)
    require(can_take_calls(request.user, page.area))
    go = request.POST.get("go", "")
    if go in ("read", "send") or go.startswith("same:"):
        page.errors += _lacking(page)
        if not page.errors and go == "read":
            return _page(request, page, "read")
        if not page.errors:
            return _sent(request, page, go.partition(":")[2])
    return _page(request, page, "take", 422 if page.errors else 200)


def _language(request: HttpRequest) -> str:
    """That in which the person wants to be told."""
    asked = request.POST.get("language", "")
    return asked if asked in LANGUAGES else SOURCE


def _lacking(page: Page) -> list[str]:
    lacks = []
    if page.category is None:
        lacks.append(_("Choisissez ce qui ne va pas dans la liste."))
    if page.where is None:
        lacks.append(_("Choisissez un lieu."))
    return lacks


def _sent(request: HttpRequest, page: Page, same: str) -> HttpResponse:
    first = Ticket.objects.filter(area=page.area, reference=same).first() if same else None
    try:
        ticket = send_report(
            filing=_filing(request, page), original=first, by=actor_of(request), at=timezone.now()
        )
    except Refused as refused:
        page.errors += [in_words(reason) for reason in refused.verdict.refusals()]
        return _page(request, page, "take", 422)
    messages.success(
        request,
        _("C’est enregistré. Dites le numéro : %(reference)s.") % {"reference": ticket.reference},
    )
    return redirect("report_take", page.area.code)


def _filing(request: HttpRequest, page: Page) -> Filing:
    assert page.category is not None
    assert page.where is not None
    told, found = page.told, page.where
    channel = request.POST.get("channel", "")
    return Filing(
        area=page.area, category=page.category, lon=found.lon, lat=found.lat, client_id=told.uuid,
        accuracy_m=found.accuracy_m, text=told.text, place_words=told.place_words, spot=found.spot,
        channel=channel if channel in CHANNELS else Ticket.Channel.PHONE,
        language=_language(request),
        contact=told.contact, referral_consent=told.consent == "yes",
    )  # fmt: skip


def _page(request: HttpRequest, page: Page, name: str, status: int = 200) -> HttpResponse:
    area: Area = page.area
    language = request.POST.get("language", "fr")
    context = {
        "area": area,
        "page": page,
        "told": page.told,
        "errors": page.errors,
        "hidden": list(page.told.hidden()) if name == "read" else [("client_id", page.told.client_id)],
        "channel": request.POST.get("channel", Ticket.Channel.PHONE),
        "channels": [(one.value, one.label) for one in CHANNELS],
        "answers": Ticket.Answer.choices,
        "language": language,
        "languages": LANGUAGES.items(),
        "language_name": LANGUAGES.get(language, ""),
        "answer_name": dict(Ticket.Answer.choices).get(page.told.answer_by, ""),
        "low": page.where is not None and page.where.accuracy_m > LOW_M,
        "alike": page.alike() if name == "read" else [],
        "lacks_consent": bool(page.category and page.category.desk and page.told.consent != "yes"),
    }
    if name == "take":
        context["categories"] = list(area.categories.filter(active=True))
        context["candidates"] = with_chosen(candidates(area, page.told.place_words), page.where)
    return render(request, f"proximity/calls/{name}.html", context, status=status)
