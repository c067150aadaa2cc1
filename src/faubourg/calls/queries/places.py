"""Places as a choice names them: two of the same name each say their commune."""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db.models import prefetch_related_objects

from faubourg.territories.models import Territory


def told_apart(places: Iterable[Territory]) -> Mapping[int, str]:
    """The name of each by key, with its communes (or its code) when another bears it too; one query then."""
    known = list({place.pk: place for place in places}.values())
    times = Counter(place.name for place in known)
    doubles = [place for place in known if times[place.name] > 1]
    if doubles:
        prefetch_related_objects(doubles, "communes")
    words = {
        place.pk: f"{place.name} ({', '.join(one.name for one in place.communes.all()) or place.code})"
        for place in doubles
    }
    return {place.pk: words.get(place.pk, place.name) for place in known}
