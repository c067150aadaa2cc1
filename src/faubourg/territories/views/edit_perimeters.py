"""Adding a perimeter: the file is kept first, then read, looked at on a small map, and only then written."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from faubourg.base import documents
from faubourg.base.models import Document
from faubourg.base.refusal import Refused
from faubourg.people.models import Person
from faubourg.people.views.refusals import show_refusal
from faubourg.rules.verdict import Reason

from .. import queries
from ..forms import DrawForm, PickForm, UploadForm
from ..models import Perimeter, Territory
from ..queries.nearness import far_from
from ..reading import geofiles, placing
from ..reading.contour import Contour, contour_of
from ..reading.limits import check_size
from ..reading.shapes import Layer
from ..services.edit_perimeters import GivenPerimeter, add_perimeter
from .edit import edited_place
from .edit_saving import required_source

PURPOSE = "perimeter"
FIELDS = {"dates_in_order": "valid_to", "perimeter_known": "valid_from"}


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """`/quartiers/<code>/perimetres/ajouter/`"""
    place = edited_place(request, kind, code)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data["file"] or _pasted(form.cleaned_data["pasted"])
            check_size(given.size or 0)
            given.seek(0)
            geofiles.read(given.read(), given.name or "")
            kept = documents.keep(upload=given, purpose=PURPOSE, by=cast(Person, request.user).actor)
        except Refused as refused:
            show_refusal(form, refused, dict.fromkeys(_codes(refused), "file" if request.FILES else "pasted"))
        else:
            return redirect("perimeter_draw", place.kind, place.code, kept.pk)
    return render(request, "territories/edit/perimeter_upload.html", {"place": place, "form": form})


def _pasted(text: str) -> "UploadedFile[bytes]":
    return SimpleUploadedFile("contour.geojson", text.strip().encode(), "application/geo+json")


def _codes(refused: Refused) -> Sequence[str]:
    return [reason.code for reason in refused.verdict.refusals()]


@dataclass(frozen=True, slots=True)
class Read:
    """The contour of a file, with everything that was supposed or mended to get it."""

    contour: Contour
    notes: list[Reason]
    warning: Reason | None


def _read(layer: Layer, ranks: Sequence[int], crs: str, place: Territory) -> Read:
    notes: list[Reason] = []
    shapes = []
    for rank in ranks:
        shape, said = placing.placed(layer.features[rank].shape, layer.crs, crs)
        shapes.append(shape)
        notes += [note for note in said if note not in notes]
    contour = contour_of(shapes)
    return Read(contour, notes + contour.notes, far_from(place, contour))


@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: HttpRequest, kind: str, code: str, document: UUID) -> HttpResponse:
    """`/quartiers/<code>/perimetres/ajouter/<document>/`: look at the contour, say what it is, write it."""
    place = edited_place(request, kind, code)
    person = cast(Person, request.user)
    kept = Document.objects.filter(pk=document, purpose=PURPOSE, added_by=person.ref).first()
    if kept is None:
        raise Http404(str(document))
    with kept.file.open("rb") as stored:
        layers = geofiles.read(stored.read(), kept.name)
    pick = PickForm(request.GET, layers=layers)
    context = {"place": place, "pick": pick, "document": kept}
    try:
        read = _read(*pick.chosen(), place)
    except Refused as refused:
        context |= {"unreadable": refused.verdict.refusals()}
        return render(request, "territories/edit/perimeter_draw.html", context)
    form = DrawForm(request.POST or None, territory=place, must_confirm=read.warning is not None)
    if request.method == "POST" and form.is_valid() and _write(form, place, read, person):
        messages.success(
            request, _("Le périmètre est enregistré sur la fiche de %(name)s.") % {"name": place.name}
        )
        return redirect(place)
    context |= {"form": form, "read": read, "drawing": _drawing(place, read.contour)}
    return render(request, "territories/edit/perimeter_draw.html", context)


def _write(form: DrawForm, place: Territory, read: Read, person: Person) -> bool:
    said = form.cleaned_data
    try:
        with transaction.atomic():
            given = GivenPerimeter(
                kind=said["kind"],
                source=required_source(form, person.actor),
                valid_from=said["valid_from"],
                valid_to=said["valid_to"],
                legal_reference=said["legal_reference"],
                note=said["note"],
            )
            add_perimeter(territory=place, given=given, contour=read.contour, by=person.actor)
    except Refused as refused:
        show_refusal(form, refused, FIELDS)
        return False
    return True


def _drawing(place: Territory, contour: Contour) -> queries.Drawing | None:
    """The contour in front, its commune and neighbours around, as the sheet will show it."""
    around = []
    if place.kind == Territory.Kind.NEIGHBOURHOOD:
        communes, neighbours = queries.communes_and_neighbours(place)
        around = [*communes, *neighbours]
    others = [p for p in queries.outlines_around(place, around) if p.territory_id != place.pk]
    return queries.draw(place, [*others, Perimeter(territory=place, outline=contour.outline)])
