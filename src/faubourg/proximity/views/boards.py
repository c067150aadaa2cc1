"""What everybody may follow of an area: repairs before and after, and a feed of what is reported."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from faubourg.rules.proximity.circuits import REPORT

from ..forms.boards import NOT_OF_HERE, PlaceFilter
from ..models import Ticket
from ..queries import feed, gallery
from ..queries.area_map import categories_of
from .finding import asked_area

PAIRS = 12
Kind = type[Atom1Feed] | type[Rss201rev2Feed]


@never_cache
@require_safe
def area_gallery(request: HttpRequest, code: str) -> HttpResponse:
    """`/proximite/<code>/avant-apres/`"""
    area = asked_area(code)
    page = Paginator(gallery.repairs(area), PAIRS).get_page(request.GET.get("page"))
    pairs = [(one, *gallery.pair_of(one)) for one in page]
    return render(request, "proximity/boards/gallery.html", {"area": area, "page": page, "pairs": pairs})


@require_safe
def area_feed(request: HttpRequest, code: str) -> HttpResponse:
    """`/proximite/<code>/signalements.atom?quoi=&quartier=`: what somebody wrote for everybody."""
    return _told_by(request, code, Atom1Feed)


@require_safe
def area_rss(request: HttpRequest, code: str) -> HttpResponse:
    """`/proximite/<code>/signalements.rss?quoi=&quartier=`: the same, in RSS 2.0."""
    return _told_by(request, code, Rss201rev2Feed)


def _told_by(request: HttpRequest, code: str, kind: Kind) -> HttpResponse:
    area = asked_area(code)
    categories = categories_of([area])
    form = PlaceFilter(area, categories, request.GET)
    if not form.is_valid():
        return HttpResponse(
            NOT_OF_HERE,
            content_type="text/plain; charset=utf-8",
            status=400,
        )
    told = kind(
        title=_("Signalements : {name}").format(name=area.name),
        link=_whole(reverse("area", args=[area.code])),
        description=_("Ce qui est signalé et réparé, en mots relus par l’équipe."),
        feed_url=_whole(request.get_full_path()),
        language=request.LANGUAGE_CODE,
    )
    for one in feed.newest(area, form.cleaned_data["quoi"], form.cleaned_data["quartier"]):
        _entry(told, one)
    return HttpResponse(told.writeString("utf-8"), content_type=kind.content_type)


def _entry(told: SyndicationFeed, one: Ticket) -> None:
    place = f" – {one.neighbourhood.name}" if one.neighbourhood else ""
    address = _whole(reverse("ticket", args=[one.reference]))
    told.add_item(
        title=f"{one.category.name}{place} ({_(REPORT.states[one.state])})",
        link=address,
        description=one.public_text,
        unique_id=address,
        pubdate=one.created_at,
        updateddate=one.updated_at,
        categories=[one.category.name],
    )


def _whole(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
