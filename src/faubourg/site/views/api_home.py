"""`/api/`: the open data explained to a person, drawn from the same description as machines read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..api import api


def api_home(request: HttpRequest) -> HttpResponse:
    """Every address of the API with its summary and parameters."""
    schema = api.get_openapi_schema()
    operations = [
        {
            "path": path,
            "summary": operation["summary"],
            "description": operation.get("description", ""),
            "parameters": [parameter["name"] for parameter in operation.get("parameters", [])],
        }
        for path, methods in schema["paths"].items()
        for operation in methods.values()
    ]
    return render(request, "site/api.html", {"operations": operations})
