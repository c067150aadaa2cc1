"""What a client files: a service, a place, answers to questions, perhaps a contact; each mistake is told."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..verdict import mark
from .answers import LISTS, Attribute, Definition
from .problems import Problem, bad, not_found
from .query import Params, scalar
from .text import clean, one_line, read_moment

MOST_DESCRIPTION = 4_000
_LONGEST = {
    "service_code": 64, "address_string": 500, "address_id": 100, "email": 254, "device_id": 200,
    "account_id": 200, "first_name": 100, "last_name": 100, "phone": 40, "media_url": 2_000,
}  # fmt: skip
_ATTRIBUTE = re.compile(r"attribute\[([^\[\]]{1,100})\](\[\d*\])?", re.ASCII)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_DEGREES = re.compile(r"[+-]?\d{1,3}(\.\d{1,20})?(e[+-]?\d\d?)?", re.ASCII | re.I)
_NUMBER = re.compile(r"[+-]?\d{1,12}([.,]\d{1,12})?", re.ASCII)
Answers = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Filing:
    """As it was understood; texts are clean, empty when absent. Degrees WGS 84, both or none."""

    service_code: str
    lat: float | None
    lon: float | None
    address_string: str
    address_id: str
    email: str
    device_id: str
    account_id: str
    first_name: str
    last_name: str
    phone: str
    description: str
    media_url: str
    attributes: Answers = field(default_factory=dict)


def read_filing(params: Params, definitions: Mapping[str, Definition]) -> tuple[Filing, tuple[Problem, ...]]:
    """What is filed, and what is wrong with it: with one problem nothing is filed.

    `definitions`: every service that may be filed, even those without a question.
    """
    told = {name: scalar(params, name) for name in _LONGEST}
    lat, lon, problems = _place(params)
    if lat is None and not (problems or told["address_string"] or told["address_id"]):
        problems.append(bad("place", mark("Dites où : lat et long, ou address_string, ou address_id.")))
    problems += _too_long(told)
    code = told["service_code"]
    if not code:
        problems.append(bad("service", mark("Le paramètre service_code est obligatoire.")))
    elif code not in definitions:
        problems.append(not_found("service_code", code))
    description = _description(params)
    problems += [*_contents(told, description)]
    answers = read_attributes(params)
    if code in definitions:
        problems += judge_attributes(answers, definitions[code])
    filing = Filing(lat=lat, lon=lon, description=description, attributes=answers, **told)
    return filing, tuple(problems)


def _place(params: Params) -> tuple[float | None, float | None, list[Problem]]:
    lat, lon = scalar(params, "lat"), scalar(params, "long")
    if bool(lat) != bool(lon):
        return None, None, [bad("place", mark("lat et long vont ensemble."))]
    if not lat:
        return None, None, []
    plain = _DEGREES.fullmatch(lat) and _DEGREES.fullmatch(lon)
    if not plain or abs(float(lat)) > 90 or abs(float(lon)) > 180:
        sentence = mark("lat et long sont des degrés (WGS 84), avec un point décimal.")
        return None, None, [bad("place", sentence)]
    return float(lat), float(lon), []


def _too_long(told: Mapping[str, str]) -> list[Problem]:
    sentence = mark("{name} dépasse {most} caractères.")
    return [
        bad("long", sentence, name=name, most=most)
        for name, most in _LONGEST.items()
        if len(told[name]) > most
    ]


def _description(params: Params) -> str:
    told = [clean(value).strip() for value in params.get("description", ())]
    return next((value for value in reversed(told) if value), "")


def _contents(told: Mapping[str, str], description: str) -> list[Problem]:
    problems = []
    if len(description) > MOST_DESCRIPTION:
        sentence = mark("{name} dépasse {most} caractères.")
        problems.append(bad("long", sentence, name="description", most=MOST_DESCRIPTION))
    if told["email"] and not _EMAIL.fullmatch(told["email"]):
        problems.append(bad("email", mark("email n’est pas une adresse électronique.")))
    if told["media_url"] and not told["media_url"].startswith(("http://", "https://")):
        problems.append(bad("media", mark("media_url commence par http:// ou https://.")))
    return problems


# --- attribute[code] and attribute[code][] ----------------------------------------------------------------


def read_attributes(params: Params) -> dict[str, tuple[str, ...]]:
    """The answers by code, in the order of the form, empty ones left out."""
    found: dict[str, tuple[str, ...]] = {}
    for name, values in params.items():
        match = _ATTRIBUTE.fullmatch(name)
        if match is None:
            continue
        told = tuple(value for value in (clean(value).strip() for value in values) if value)
        if told:
            found[match[1]] = (*found.get(match[1], ()), *told)
    return found


def judge_attributes(answers: Answers, asked: Definition) -> list[Problem]:
    """Each question that must be answered is, each answer is of its kind, nothing else is answered."""
    known = {attribute.code: attribute for attribute in asked.attributes if attribute.variable}
    problems = [
        bad("attribute", mark("attribute[{name}] n’existe pas pour ce service."), name=code[:80])
        for code in answers
        if code not in known
    ]
    for attribute in known.values():
        values = answers.get(attribute.code, ())
        if attribute.required and not values:
            sentence = mark("attribute[{name}] est obligatoire : {description}")
            told = {"name": attribute.code, "description": attribute.description}
            problems.append(bad("attribute", sentence, **told))
        if not _fits(attribute, values):
            sentence = mark("attribute[{name}] attend {datatype}.")
            problems.append(bad("attribute", sentence, name=attribute.code, datatype=attribute.datatype))
    return problems


def _fits(attribute: Attribute, values: tuple[str, ...]) -> bool:
    if len(values) > 1 and attribute.datatype != "multivaluelist":
        return False
    if attribute.datatype in LISTS:
        return {*values} <= {value.key for value in attribute.values}
    return all(_is(attribute.datatype, value) for value in values)


def _is(datatype: str, value: str) -> bool:
    if datatype == "number":
        return _NUMBER.fullmatch(value) is not None
    if datatype == "datetime":
        return read_moment(value) is not None
    if datatype == "string":
        return value == one_line(value) and len(value) <= MOST_DESCRIPTION
    return len(value) <= MOST_DESCRIPTION
