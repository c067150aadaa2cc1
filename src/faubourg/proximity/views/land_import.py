"""A GeoJSON file of land responsibility: first what it would do, feature by feature, then written."""

from typing import cast

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from faubourg.base import documents
from faubourg.base.models import Document
from faubourg.base.refusal import Refused
from faubourg.base.sentences import in_words
from faubourg.people.models import Person
from faubourg.people.views.refusals import show_refusal
from faubourg.territories.models import Source

from ..forms.lands import ImportForm
from ..models import Area
from ..services.lands import Asked, import_lands, try_lands
from .finding import actor_of
from .settings_page import set_area

PURPOSE = "proximity-lands"
# What was tried may be written within the day.
SALT, LASTS = "proximity.lands", 24 * 3600
SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
def area_land_import(request: HttpRequest, code: str) -> HttpResponse:
    """`…/sols/importer/`: the file is read and told, nothing is written."""
    area = set_area(request, code)
    form = ImportForm(request.POST or None, request.FILES or None, area=area)
    context = {"area": area, "form": form}
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "proximity/areas/land_import.html", context, status=status)
    upload = form.cleaned_data["file"]
    try:
        kept = documents.keep(upload=upload, purpose=PURPOSE, by=actor_of(request))
        asked = _asked(form)
        trial = try_lands(area=area, data=_bytes(kept), asked=asked, on=timezone.localdate())
    except Refused as refused:
        show_refusal(form, refused, {reason.code: "file" for reason in refused.verdict.refusals()})
        return render(request, "proximity/areas/land_import.html", context, status=422)
    context |= {
        "trial": trial,
        "wrong": trial.wrong[:SHOWN],
        "noted": trial.noted[:SHOWN],
        "good": trial.good[:SHOWN],
        "shown": SHOWN,
        "asked": asked,
        "token": _sealed(area, kept, asked, cast(Person, request.user)),
    }
    return render(request, "proximity/areas/land_trial.html", context)


@require_POST
def area_land_write(request: HttpRequest, code: str) -> HttpResponse:
    """`…/sols/importer/ecrire/`: what was tried is written, in one piece, once."""
    area = set_area(request, code)
    found = _unsealed(area, request)
    if found is None:
        messages.error(request, _("Cet essai est trop ancien : choisissez de nouveau le fichier."))
        return redirect("area_land_import", area.code)
    document, asked = found
    try:
        done = import_lands(
            area=area, data=_bytes(document), asked=asked, on=timezone.localdate(), by=actor_of(request)
        )
    except Refused as refused:
        for reason in refused.verdict.refusals():
            messages.warning(request, in_words(reason))
        return redirect("area_land_import", area.code)
    told = ngettext("%(n)s sol enregistré.", "%(n)s sols enregistrés.", done.made) % {"n": done.made}
    if done.ended:
        told += " " + ngettext("%(n)s clos.", "%(n)s clos.", done.ended) % {"n": done.ended}
    messages.success(request, told)
    return redirect("area_lands", area.code)


def _asked(form: ImportForm) -> Asked:
    data = form.cleaned_data
    return Asked(data["source_words"].strip(), data["source"], data["partner"], data["crs"], data["replaces"])


def _bytes(document: Document) -> bytes:
    with document.file.open("rb") as kept:
        return bytes(kept.read())


def _sealed(area: Area, document: Document, asked: Asked, person: Person) -> str:
    """Which file, read how, by whom: nobody writes with it what somebody else tried."""
    told = {
        "area": area.pk,
        "document": str(document.pk),
        "person": str(person.ref),
        "words": asked.source_words,
        "source": asked.source.pk if asked.source else None,
        "partner": asked.partner.pk if asked.partner else None,
        "crs": asked.crs,
        "replaces": asked.replaces,
    }
    return signing.dumps(told, salt=SALT, compress=True)


def _unsealed(area: Area, request: HttpRequest) -> tuple[Document, Asked] | None:
    try:
        told = signing.loads(request.POST.get("essai", ""), salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    if told["area"] != area.pk or told["person"] != str(cast(Person, request.user).ref):
        return None
    document = Document.objects.filter(pk=told["document"], purpose=PURPOSE).first()
    if document is None:
        return None
    source = Source.objects.filter(pk=told["source"]).first() if told["source"] else None
    partner = area.partners.filter(pk=told["partner"]).first() if told["partner"] else None
    return document, Asked(told["words"], source, partner, told["crs"], told["replaces"])
