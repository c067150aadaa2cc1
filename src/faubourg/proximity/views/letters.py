"""`/proximite/<code>/courriers/`: the letters to print, the calls to make, what could not be sent."""

from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from faubourg.base import pdf
from faubourg.base.refusal import Refused, require
from faubourg.base.sentences import refusals_in_words

from ..access import can_take_calls
from ..listings_letters import LETTERS
from ..models import Area, News
from ..queries.owed import by_hand
from ..services import news as services
from .finding import actor_of, asked_area

TEMPLATE = Path(__file__).parents[1] / "typst/letter.typ"
# Only these write with the letters that our printed font has.
PRINTED = ("fr", "en", "tr")


@never_cache
@require_safe
def letters(request: HttpRequest, code: str) -> HttpResponse:
    """What waits for somebody’s hands, the oldest first; filtered, sorted, exported without an address."""
    area = asked_area(code)
    require(can_take_calls(request.user, area))
    return LETTERS.respond(request, by_hand(area), "proximity/calls/letters.html", {"area": area})


@never_cache
@require_safe
def letter(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One letter, ready for a window envelope."""
    news = _asked(request, asked_area(code), pk)
    language = news.language[:2] if news.language[:2] in PRINTED else "fr"
    with override(language):
        day = date_format(news.created_at, "DATE_FORMAT")
    data = {
        "publisher": news.area.name,
        "to": news.to.split("\n"),
        "day": day,
        "subject": news.subject,
        "reference": news.ticket.reference if news.ticket else "",
        "paragraphs": news.text.split("\n"),
    }
    content = pdf.compile(TEMPLATE, data, lang=language, title=news.subject or news.area.name)
    name = f"lettre-{news.pk}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Content-Language": language}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_POST
def letter_done(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Posted, called, or to be tried again: once."""
    area = asked_area(code)
    news = _asked(request, area, pk)
    try:
        if request.POST.get("act") == "again":
            services.try_again(news=news)
        else:
            services.done_by_hand(news=news, by=actor_of(request))
    except Refused as refused:
        messages.error(request, refusals_in_words(refused.verdict))
    else:
        messages.success(request, _("C’est noté."))
    return redirect("area_letters", area.code)


def _asked(request: HttpRequest, area: Area, pk: int) -> News:
    require(can_take_calls(request.user, area))
    found = News.objects.select_related("area", "ticket").filter(area=area, pk=pk).first()
    if found is None:
        raise Http404(_("Ce message n’existe pas."))
    return found
