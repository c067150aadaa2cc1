"""What every room's public API shares: paging, error answers that the description names, safe parameters."""

from collections.abc import Sequence
from typing import Annotated, Any

from django.db.models import QuerySet
from ninja import Field, Path, Query, Schema

# Codes are letters, digits and hyphens: anything else is refused before it reaches a database.
CODE_PATTERN = r"^[0-9A-Za-z-]+$"
Code = Annotated[str, Path(pattern=CODE_PATTERN, min_length=1, max_length=40)]
CodeFilter = Annotated[str | None, Query(pattern=CODE_PATTERN, min_length=1, max_length=40)]
PageNumber = Annotated[int, Query(ge=1, le=100_000, description="1 est la première page.")]
PageSize = Annotated[int, Query(ge=1, le=200, description="200 lignes au plus.")]


class Problem(Schema):
    """Why there is no answer, in one French sentence."""

    detail: str


class FieldProblem(Schema):
    """One parameter that cannot be read."""

    field: str
    explanation: str


class InvalidRequest(Schema):
    """The parameters that cannot be read."""

    detail: str
    errors: list[FieldProblem]


class Page(Schema):
    """Where in a list one is."""

    total: int = Field(description="Nombre de lignes sur toutes les pages.")
    page: int
    page_size: int


# The answers that any address with parameters may give beside its own.
NOT_READABLE: dict[int, Any] = {422: InvalidRequest}
NOT_FOUND: dict[int, Any] = {404: Problem, 422: InvalidRequest}


def paged(queryset: QuerySet[Any], page: int, page_size: int) -> tuple[Sequence[Any], dict[str, int]]:
    """The rows of one page and where it is; a page beyond the last is empty, not an error."""
    start = (page - 1) * page_size
    rows = list(queryset[start : start + page_size])
    return rows, {"total": queryset.count(), "page": page, "page_size": page_size}
