"""The first page: search first, the map beside, what waits for whoever is signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..queries.overview import desk_of, overview
from ..queries.plate import plate


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """`/`, also when nothing is loaded yet: it then says how to load."""
    counts = overview()
    context = {
        "overview": counts,
        "plate": plate(counts.neighbourhoods_2024, counts.kinds.get("commune", 0)),
        "desk": desk_of(request.user, counts.rooms),
        "hide_header_search": True,
    }
    return render(request, "site/home.html", context)
