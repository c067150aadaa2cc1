"""`/sante/`: does this installation answer, with which database and which version?"""

from importlib.metadata import version

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache


@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """200 with the database's kind and version, 503 with `ok: false` when it does not answer."""
    answer: dict[str, object] = {"version": version("faubourg"), "database": connection.vendor}
    try:
        connection.ensure_connection()
        answer["database_version"] = ".".join(str(part) for part in connection.get_database_version())
    except DatabaseError:
        return JsonResponse(answer | {"ok": False}, status=503)
    return JsonResponse(answer | {"ok": True})
