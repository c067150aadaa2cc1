"""GeoReport v2 (Open311), the pure part: what a client asks, and how each answer is drawn in XML and JSON."""

from .answers import (
    Attribute,
    Created,
    Definition,
    Endpoint,
    Request,
    Service,
    created,
    definition,
    discovery,
    errors,
    requests,
    services,
    tokens,
)
from .drawing import JSON_TYPE, XML_TYPE, as_json, as_xml
from .filing import Filing, read_filing
from .problems import Problem, bad_key, first_status, not_found
from .query import Query, read_query
from .status import CLOSED, OPEN, STATUSES, states_of, status_of

__all__ = [
    "CLOSED",
    "JSON_TYPE",
    "OPEN",
    "STATUSES",
    "XML_TYPE",
    "Attribute",
    "Created",
    "Definition",
    "Endpoint",
    "Filing",
    "Problem",
    "Query",
    "Request",
    "Service",
    "as_json",
    "as_xml",
    "bad_key",
    "created",
    "definition",
    "discovery",
    "errors",
    "first_status",
    "not_found",
    "read_filing",
    "read_query",
    "requests",
    "services",
    "states_of",
    "status_of",
    "tokens",
]
