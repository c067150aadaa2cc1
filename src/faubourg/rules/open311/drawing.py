"""The same tree in XML and in JSON, as the Spark convention maps them: in XML each item has its tag."""

import json
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from .text import clean

XML_TYPE = "text/xml; charset=utf-8"
JSON_TYPE = "application/json; charset=utf-8"
DECLARATION = b'<?xml version="1.0" encoding="utf-8"?>\n'
# The root of each answer, and the tag of the items of each list.
ITEMS = {
    "services": "service",
    "service_requests": "request",
    "errors": "error",
    "attributes": "attribute",
    "values": "value",
    "endpoints": "endpoint",
    "formats": "format",
}
ROOTS = ("services", "service_definition", "service_requests", "errors", "discovery")


def as_json(tree: object) -> bytes:
    """UTF-8, bare arrays. Raises ValueError for a number that is none."""
    return json.dumps(tree, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def as_xml(root: str, tree: Sequence[object] | Mapping[str, object]) -> bytes:
    """UTF-8 with its declaration; `root` is one of ROOTS. An absent value is an empty element."""
    if root not in ROOTS:
        raise ValueError(f"{root} is no answer of GeoReport v2")
    element = Element(root)
    _fill(element, tree)
    return DECLARATION + tostring(element, encoding="unicode").encode()


def _fill(element: Element, tree: object) -> None:
    match tree:
        case Mapping():
            for name, value in tree.items():
                _fill(SubElement(element, str(name)), value)
        case list() | tuple():
            for value in tree:
                _fill(SubElement(element, ITEMS[element.tag]), value)
        case None:
            pass
        case bool():
            element.text = "true" if tree else "false"
        case _:
            element.text = clean(str(tree))
