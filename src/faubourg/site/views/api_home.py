"""`/api/`: the open data explained to a person, drawn from the same description as machines read."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from ..api import api


def _in_words(operation: dict[str, Any]) -> str:
    """What an address gives, in the reader's language; the description that machines read stays French."""
    french = str(operation["summary"])
    return gettext(french)


def api_home(request: HttpRequest) -> HttpResponse:
    """Every address of the API with its summary and parameters."""
    schema = api.get_openapi_schema()
    operations = [
        {
            "path": path,
            "summary": _in_words(operation),
            "description": operation.get("description", ""),
            "parameters": [parameter["name"] for parameter in operation.get("parameters", [])],
        }
        for path, methods in schema["paths"].items()
        for operation in methods.values()
    ]
    return render(request, "site/api.html", {"operations": operations})
