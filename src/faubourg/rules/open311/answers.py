"""What the server answers, as trees of lists and dicts: JSON as it is, XML once each item has its tag.

Nothing in these shapes can hold a person: no name, no e-mail, no telephone, no device.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from .text import clean, write_moment

Tree = dict[str, object]
DATATYPES = ("string", "number", "datetime", "text", "singlevaluelist", "multivaluelist")
LISTS = ("singlevaluelist", "multivaluelist")
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"


@dataclass(frozen=True, slots=True)
class Value:
    """One option of a list."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Attribute:
    """One question of a service; not `variable`: a text to read, that asks for nothing."""

    code: str
    description: str
    datatype: str = "string"
    required: bool = False
    variable: bool = True
    datatype_description: str = ""
    values: tuple[Value, ...] = ()

    def __post_init__(self) -> None:
        if self.datatype not in DATATYPES:
            raise ValueError(f"{self.datatype} is no datatype of GeoReport v2")
        if (self.datatype in LISTS) != bool(self.values):
            raise ValueError(f"{self.code}: a list has values, and nothing else has")


@dataclass(frozen=True, slots=True)
class Service:
    """A category that may be filed; `metadata`: it asks questions."""

    code: str
    name: str
    description: str = ""
    metadata: bool = False
    keywords: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """The questions of a service, in the order in which they are asked."""

    service_code: str
    attributes: tuple[Attribute, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """A report as everybody may read it; `description` is the public one, empty until it is validated."""

    number: str
    status: str
    service_code: str
    service_name: str
    requested_at: datetime
    updated_at: datetime
    status_notes: str = ""
    description: str = ""
    agency_responsible: str = ""
    service_notice: str = ""
    expected_at: datetime | None = None
    address: str = ""
    address_id: str = ""
    zipcode: str = ""
    lat: float | None = None
    lon: float | None = None
    media_url: str = ""


@dataclass(frozen=True, slots=True)
class Created:
    """What was filed: its number at once, or a token to ask for it later; never both."""

    number: str = ""
    token: str = ""
    service_notice: str = ""

    def __post_init__(self) -> None:
        if bool(self.number) == bool(self.token):
            raise ValueError("a filing answers a number or a token")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address of the server; `kind`: production or test."""

    url: str
    changeset: str
    kind: str = "production"


def services(offered: Iterable[Service]) -> list[Tree]:
    """GET services."""
    return [
        {
            "service_code": one.code, "service_name": clean(one.name), "description": clean(one.description),
            "metadata": one.metadata, "type": "realtime", "keywords": ", ".join(one.keywords),
            "group": one.group,
        }
        for one in offered
    ]  # fmt: skip


def definition(asked: Definition) -> Tree:
    """GET services/{code}; the order begins at 1."""
    return {
        "service_code": asked.service_code,
        "attributes": [_attribute(one, rank) for rank, one in enumerate(asked.attributes, start=1)],
    }


def _attribute(one: Attribute, order: int) -> Tree:
    tree: Tree = {
        "variable": one.variable, "code": one.code, "datatype": one.datatype, "required": one.required,
        "datatype_description": clean(one.datatype_description), "order": order,
        "description": clean(one.description),
    }  # fmt: skip
    if one.values:
        tree["values"] = [{"key": value.key, "name": clean(value.name)} for value in one.values]
    return tree


def requests(found: Iterable[Request]) -> list[Tree]:
    """GET requests and GET requests/{id}; what is not known is null."""
    return [
        {
            "service_request_id": one.number,
            "status": one.status,
            "status_notes": _or_null(one.status_notes),
            "service_name": clean(one.service_name),
            "service_code": one.service_code,
            "description": _or_null(one.description),
            "agency_responsible": _or_null(one.agency_responsible),
            "service_notice": _or_null(one.service_notice),
            "requested_datetime": write_moment(one.requested_at),
            "updated_datetime": write_moment(one.updated_at),
            "expected_datetime": write_moment(one.expected_at) if one.expected_at else None,
            "address": _or_null(one.address),
            "address_id": _or_null(one.address_id),
            "zipcode": _or_null(one.zipcode),
            "lat": one.lat,
            "long": one.lon,
            "media_url": _or_null(one.media_url),
        }
        for one in found
    ]


def created(one: Created) -> list[Tree]:
    """POST requests: an array of one."""
    told = {"service_request_id": one.number} if one.number else {"token": one.token}
    return [{**told, "service_notice": _or_null(one.service_notice), "account_id": None}]


def tokens(token: str, number: str) -> list[Tree]:
    """GET tokens/{token}: the number is null until there is one."""
    return [{"service_request_id": _or_null(number), "token": token}]


def errors(told: Iterable[tuple[int, str]]) -> list[Tree]:
    """Every problem: its status and its description."""
    return [{"code": status, "description": clean(description)} for status, description in told]


def discovery(contact: str, key_service: str, changeset: str, endpoints: Sequence[Endpoint]) -> Tree:
    """GET discovery; each endpoint answers in both formats."""
    return {
        "changeset": changeset,
        "contact": clean(contact),
        "key_service": clean(key_service),
        "endpoints": [
            {
                "specification": SPECIFICATION, "url": one.url, "changeset": one.changeset, "type": one.kind,
                "formats": ["text/xml", "application/json"],
            }
            for one in endpoints
        ],
    }  # fmt: skip


def _or_null(text: str) -> str | None:
    return clean(text) or None
