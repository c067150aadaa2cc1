"""A town that speaks Open311: three services, one with a question of each kind, a key."""

import json
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from django.test import Client

from faubourg.base.actor import FAUBOURG
from faubourg.proximity.models import ApiKey, Area, Category, Partner
from faubourg.proximity.services.open311_keys import KeyWords, create_key
from tests.factories.proximity import LAT, LON, AreaFactory, CategoryFactory, PartnerFactory

FORMATS = ("xml", "json")
LIST_VALUES = [{"key": "1", "name": "Un lampadaire"}, {"key": "2", "name": "Toute la rue"}]
QUESTIONS = [
    {"code": "how-many", "datatype": "singlevaluelist", "required": True, "order": 2,
     "description": "Combien ?", "values": LIST_VALUES},
    {"code": "advice", "datatype": "text", "variable": False, "order": 1,
     "description": "Ne touchez pas aux fils."},
    {"code": "which", "datatype": "multivaluelist", "order": 3, "description": "Lesquels ?",
     "values": LIST_VALUES},
    {"code": "pole", "datatype": "string", "order": 4, "description": "Numéro du mât",
     "datatype_description": "Deux lettres et trois chiffres"},
    {"code": "height", "datatype": "number", "order": 5, "description": "Hauteur"},
    {"code": "since", "datatype": "datetime", "order": 6, "description": "Depuis quand"},
    {"code": "more", "datatype": "text", "order": 7, "description": "Autre chose ?"},
]  # fmt: skip


@dataclass
class Town:
    area: Area
    plain: Category
    asking: Category
    housing: Category
    partner: Partner
    key: ApiKey
    secret: str

    def form(self, **more: object) -> dict[str, Any]:
        """What the simplest application sends."""
        return {
            "api_key": self.secret, "service_code": self.plain.code, "lat": LAT, "long": LON,
            "description": "Un dépôt au pied du mur", **more,
        }  # fmt: skip


def a_town(**told: Any) -> Town:
    area = AreaFactory(jurisdiction_id="ville.exemple.fr", **told)
    key, secret = create_key(area=area, told=KeyWords("Application de la ville"), by=FAUBOURG)
    return Town(
        area=area,
        plain=CategoryFactory(area=area, code="litter", name="Dépôt <sauvage> & saleté", keywords="sac, tas"),
        asking=CategoryFactory(area=area, code="lighting", name="Éclairage", attributes=QUESTIONS),
        housing=CategoryFactory(
            area=area, code="degraded_housing", theme=Category.Theme.HOUSING, desk="Service d’hygiène"
        ),
        partner=PartnerFactory(area=area, name="Propreté urbaine"),
        key=key,
        secret=secret,
    )


def read(answer: Any, form: str) -> Any:
    """The body as a client understands it; in XML a list of dicts of texts, each item with its tag."""
    if form == "json":
        assert answer["Content-Type"] == "application/json; charset=utf-8"
        return json.loads(answer.content)
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    assert answer.content.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
    return _plain(ElementTree.fromstring(answer.content))


LISTS = {"services", "service_requests", "errors", "attributes", "values", "endpoints", "formats"}


def _plain(element: ElementTree.Element) -> Any:
    if element.tag in LISTS:
        return [_plain(child) for child in element]
    if len(element):
        return {child.tag: _plain(child) for child in element}
    return element.text


def called(path: str, form: str = "json", **params: object) -> Any:
    """GET an address of the town, which must answer 200; its body."""
    answer = Client().get(f"/open311/v2/{path}.{form}", params)
    assert answer.status_code == 200, answer.content
    return read(answer, form)


def posted(data: dict[str, Any], form: str = "json", status: int = 200) -> Any:
    """POST requests; its body."""
    answer = Client(enforce_csrf_checks=True).post(f"/open311/v2/requests.{form}", data)
    assert answer.status_code == status, answer.content
    return read(answer, form)
