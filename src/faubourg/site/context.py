"""What every page's chrome needs to know."""

from django.conf import settings
from django.http import HttpRequest


def chrome(request: HttpRequest) -> dict[str, object]:
    """Whether this is the demo."""
    return {"demo": settings.DEMO}
