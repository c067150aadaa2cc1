"""The public API: the routers of each room under `/api/`, described at `/api/openapi.json`."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from faubourg.contracts.api import router as contracts
from faubourg.contracts.api_life import router as contract_life
from faubourg.evaluation.api import router as evaluation
from faubourg.territories.api import router as territories


class PublicAPI(NinjaAPI):
    """Open data may be read from any page of the web: it carries no session."""

    def create_response(self, request: HttpRequest, data: Any, **kwargs: Any) -> HttpResponse:
        response = super().create_response(request, data, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        return response


api = PublicAPI(
    title="Faubourg – données ouvertes",
    version="1",
    description=(
        "Lecture seule, sans compte. Chaque chiffre porte sa source, son millésime, sa version de "
        "périmètre et son secret éventuel ; l’absence de contour est dite, jamais comblée."
    ),
    openapi_url="openapi.json",
    docs_url=None,
)
api.add_router("", territories)
api.add_router("", contracts)
api.add_router("", contract_life)
api.add_router("", evaluation)


@api.exception_handler(ValidationError)
def not_readable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """422, naming each parameter that cannot be read."""
    errors = [
        {"field": ".".join(str(part) for part in problem["loc"]), "explanation": problem["msg"]}
        for problem in error.errors
    ]
    detail = "Au moins un paramètre n’est pas lisible : voir « errors »."
    return api.create_response(request, {"detail": detail, "errors": errors}, status=422)
