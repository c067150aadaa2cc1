"""GeoReport v2: discovery, services, reports filed and read, tokens. What the town's applications speak."""

from dataclasses import replace

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from faubourg.rules.open311 import (
    Created,
    Endpoint,
    created,
    definition,
    discovery,
    not_found,
    read_query,
    requests,
    services,
    tokens,
)
from faubourg.rules.open311.problems import bad
from faubourg.rules.open311.query import scalar
from faubourg.rules.verdict import mark

from ..models import Area
from ..queries import open311 as queries
from ..queries.open311 import Shown
from ..services.open311 import Sent, Unfit, file_request, notice_of
from ..services.open311_keys import which_jurisdiction
from .open311_answering import READ, Answer, answering, problems_answer

# The day this interface last changed: clients compare it with the one they know.
CHANGESET = "2026-11-22T00:00:00+01:00"
REQUESTS = "service_requests"


@answering(*READ)
def open311_discovery(request: HttpRequest) -> Answer:
    """`/open311/discovery.xml`: where the addresses are and how to ask for a key."""
    home = request.build_absolute_uri(reverse("areas"))
    tree = discovery(
        contact=_("L’équipe de proximité de la ville : %(address)s") % {"address": home},
        key_service=_("Demandez une clé à l’équipe de proximité de la ville : %(address)s")
        % {"address": home},
        changeset=CHANGESET,
        endpoints=[Endpoint(request.build_absolute_uri("/open311/v2"), CHANGESET)],
    )
    return Answer("discovery", tree)


@answering(*READ)
def open311_services(request: HttpRequest) -> Answer:
    """`/open311/v2/services.xml`: what may be reported."""
    return Answer("services", services(map(queries.service_of, queries.offered(_asked_area(request)))))


@answering(*READ)
def open311_service(request: HttpRequest, code: str) -> Answer:
    """`/open311/v2/services/<code>.xml`: the questions of one service."""
    found = queries.offered(_asked_area(request)).filter(code=code).first()
    if found is None:
        raise Unfit(not_found("service_code", code))
    return Answer("service_definition", definition(queries.definition_of(found)))


@answering(*READ, "POST")
def open311_requests(request: HttpRequest) -> Answer:
    """`/open311/v2/requests.xml`: the last ninety days, or the reports that are asked; POST files one."""
    if request.method == "POST":
        return _filed(request)
    area = _asked_area(request)
    query, problems = read_query(dict(request.GET.lists()), timezone.now())
    if problems:
        raise Unfit(*problems)
    return _drawn(request, queries.asked(area, query))


@answering(*READ)
def open311_request(request: HttpRequest, number: str) -> Answer:
    """`/open311/v2/requests/<number>.xml`: one report, in a list of one."""
    found = queries.asked_one(_asked_area(request), number)
    if not found:
        raise Unfit(not_found("service_request_id", number))
    return replace(_drawn(request, found), dated=True)


@answering(*READ)
def open311_token(request: HttpRequest, token: str) -> Answer:
    """`/open311/v2/tokens/<token>.xml`: the number behind it."""
    number = queries.number_of(_asked_area(request), token)
    if not number:
        raise Unfit(not_found("token", token))
    return Answer(REQUESTS, tokens(token, number))


@csrf_exempt
def open311_nowhere(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Any other address: said in the format that it asks for."""
    words = _("Rien n’est à cette adresse. Les adresses commencent par %(start)s, suivi de .xml ou de .json.")
    start = request.build_absolute_uri("/open311/discovery")
    return problems_answer(request, [(404, words % {"start": start})])


def _asked_area(request: HttpRequest) -> Area:
    """The jurisdiction of a call that reads; raises Unfit when none or several answer to it."""
    told = scalar(dict(request.GET.lists()), "jurisdiction_id")
    found = queries.jurisdictions(told)
    if len(found) != 1:
        raise Unfit(which_jurisdiction() if found else not_found("jurisdiction_id", told))
    return found[0]


def _filed(request: HttpRequest) -> Answer:
    """A key in the address is no key: addresses are written in every log. A jurisdiction may be in both."""
    params = dict(request.POST.lists())
    media = request.FILES.getlist("media")
    if len(media) > 1:
        raise Unfit(bad("media", mark("Une photo par signalement : envoyez une seule fois « media ».")))
    named = scalar(params, "jurisdiction_id") or scalar(dict(request.GET.lists()), "jurisdiction_id")
    sent = Sent(params, named, next((one for one in media if isinstance(one, UploadedFile)), None))
    filed = file_request(sent=sent, at=timezone.now())
    notice = notice_of(filed, params)
    if filed.api_key.answers_token:
        return Answer(REQUESTS, created(Created(token=filed.token, service_notice=notice)))
    return Answer(REQUESTS, created(Created(number=filed.ticket.reference, service_notice=notice)))


def _drawn(request: HttpRequest, found: list[Shown]) -> Answer:
    """The reports with the address of their photograph."""
    # One address is made, whatever their number.
    start = request.build_absolute_uri(reverse("photo", args=[0])).removesuffix("0/")
    tree = requests(
        one.request if one.photo is None else replace(one.request, media_url=f"{start}{one.photo}/")
        for one in found
    )
    return Answer(REQUESTS, tree, max((one.changed_at for one in found), default=None))
