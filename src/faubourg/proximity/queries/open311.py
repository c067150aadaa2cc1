"""What GeoReport v2 reads of an area: which one is asked, what it offers, the reports that everybody may see.

Nothing of who reported is ever selected here: what is not read cannot be published.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from faubourg.rules.open311 import Attribute, Definition, Query, Request, Service, states_of, status_of
from faubourg.rules.open311.answers import Value
from faubourg.rules.open311.status import note_of
from faubourg.rules.proximity.places import Point
from faubourg.rules.proximity.public_place import public_point

from ..models import Area, Category, FiledRequest, Photo, Ticket
from ..references import as_written

_END_OF_DAY = time(23, 59, 59)
_COLUMNS = (
    "pk", "reference", "state", "public_reason", "public_text", "created_at", "updated_at", "due_on", "lon",
    "lat", "accuracy_m", "category__code", "category__name", "category__theme", "category__desk",
    "partner__name", "spot__name",
)  # fmt: skip


def jurisdictions(told: str) -> list[Area]:
    """The area of this `jurisdiction_id`; without one every area, two at most: one alone needs no name."""
    found = Area.objects.select_related("territory")
    return list(found.filter(jurisdiction_id__iexact=told) if told else found.order_by("pk")[:2])


def offered(area: Area) -> QuerySet[Category]:
    """What may be filed here, in the order of the area."""
    return area.categories.filter(active=True).order_by("order", "name", "pk")


def service_of(category: Category) -> Service:
    """A category as an application lists it."""
    return Service(
        code=category.code,
        name=category.name,
        description=category.description or category.easy,
        metadata=bool(definition_of(category).attributes),
        keywords=tuple(word.strip() for word in category.keywords.split(",") if word.strip()),
        group=str(category.get_theme_display()),
    )


def definition_of(category: Category) -> Definition:
    """The questions of a category; what was badly written in it asks nothing."""
    told = [one for one in category.attributes or () if isinstance(one, Mapping)]
    told.sort(key=lambda one: one["order"] if isinstance(one.get("order"), int) else 0)
    asked = (_attribute(one) for one in told)
    return Definition(category.code, tuple(one for one in asked if one is not None))


def _attribute(told: Mapping[str, Any]) -> Attribute | None:
    code = str(told.get("code") or "")
    if not code:
        return None
    values = tuple(
        Value(str(one.get("key")), str(one.get("name") or one.get("key")))
        for one in told.get("values") or ()
        if isinstance(one, Mapping) and one.get("key") not in (None, "")
    )
    try:
        return Attribute(
            code=code,
            description=str(told.get("description") or code),
            datatype=str(told.get("datatype") or "string"),
            required=told.get("required") is True,
            variable=told.get("variable") is not False,
            datatype_description=str(told.get("datatype_description") or ""),
            values=values,
        )
    except ValueError:
        return None


# --- Reports ----------------------------------------------------------------------------------------------


class Shown(NamedTuple):
    """One report as everybody reads it, when something of it last changed, the key of its photograph."""

    request: Request
    changed_at: datetime
    photo: int | None


def asked(area: Area, query: Query) -> list[Shown]:
    """The reports of a query, newest first; two queries whatever their number."""
    tickets = Ticket.objects.filter(area=area)
    if query.numbers:
        tickets = tickets.filter(reference__in=_written(query.numbers))
    else:
        tickets = tickets.filter(created_at__gte=query.start, created_at__lte=query.end)
        if query.services:
            tickets = tickets.filter(category__code__in=query.services)
        if query.statuses:
            tickets = tickets.filter(state__in=states_of(query.statuses))
    tickets = tickets.order_by("-created_at", "-pk")
    return _shown(tickets[query.skipped : query.skipped + query.most])


def asked_one(area: Area, number: str) -> list[Shown]:
    """The report of this number, in a list; empty when there is none."""
    return _shown(Ticket.objects.filter(area=area, reference__in=_written([number])))


def _written(numbers: Iterable[str]) -> set[str]:
    """As they were told, and as we write them: small letters, without the hyphen."""
    return {one for number in numbers for one in (number, as_written(number))}


def number_of(area: Area, token: str) -> str:
    """The number behind a token; empty when there is none."""
    found = FiledRequest.objects.filter(ticket__area=area, token=token)
    return found.values_list("ticket__reference", flat=True).first() or ""


def _shown(tickets: QuerySet[Ticket]) -> list[Shown]:
    rows = list(tickets.values_list(*_COLUMNS, named=True))
    photos = _photos(row.pk for row in rows)
    notes = {state: gettext(note_of(state)) for state in {row.state for row in rows}}
    return [_one(row, notes[row.state], photos.get(row.pk)) for row in rows]


def _one(row: Any, note: str, photo: tuple[int, datetime] | None) -> Shown:
    home = row.category__theme == Category.Theme.HOUSING or bool(row.category__desk)
    point = public_point(Point(row.lon, row.lat), row.accuracy_m, home=home)
    request = Request(
        number=row.reference,
        status=status_of(row.state),
        status_notes=row.public_reason or note,
        service_code=row.category__code,
        service_name=row.category__name,
        requested_at=row.created_at,
        updated_at=row.updated_at,
        description=row.public_text,
        agency_responsible=row.partner__name or "",
        service_notice=row.category__desk,
        expected_at=timezone.make_aware(datetime.combine(row.due_on, _END_OF_DAY)) if row.due_on else None,
        # The public name of a place that carries our code; what somebody typed of a place is never shown.
        address="" if home else row.spot__name or "",
        lat=point.lat if point else None,
        lon=point.lon if point else None,
    )
    changed = max(row.updated_at, photo[1]) if photo else row.updated_at
    return Shown(request, changed, photo[0] if photo else None)


def _photos(tickets: Iterable[int]) -> dict[int, tuple[int, datetime]]:
    """The first photograph of each report that somebody looked at and let out: its key, since when."""
    let_out = Photo.objects.filter(
        ticket__in=list(tickets), validated_at__isnull=False, redacted__isnull=False, purged_on=None
    )
    rows = let_out.order_by("-pk").values_list("ticket", "pk", "validated_at")
    return {ticket: (pk, at) for ticket, pk, at in rows if at is not None}
