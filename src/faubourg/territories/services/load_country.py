"""The data pack read once for a whole load, with the little indexes that several steps share."""

from collections import Counter, defaultdict
from functools import cached_property

from faubourg.territories import pack
from faubourg.territories.data import records
from faubourg.territories.models import Territory

ACTUAL = "actuelle"
DISTRICT = "arrondissement-municipal"


class Country:
    """Communes, points and members of groups; nothing is written here."""

    @cached_property
    def _listed(self) -> list[records.Commune]:
        return list(pack.communes())

    @cached_property
    def communes(self) -> dict[str, records.Commune]:
        """The communes of today by code."""
        return {c.code: c for c in self._listed if c.kind == ACTUAL}

    @cached_property
    def districts(self) -> list[records.Commune]:
        """The arrondissements of Paris, Lyon and Marseille."""
        return [c for c in self._listed if c.kind == DISTRICT]

    @cached_property
    def parts(self) -> list[records.Commune]:
        """Communes déléguées and associées, each with its commune of today as `parent`."""
        return [c for c in self._listed if c.kind not in (ACTUAL, DISTRICT)]

    @cached_property
    def points(self) -> dict[str, records.CommunePoint]:
        return {point.code: point for point in pack.commune_points()}

    @cached_property
    def absorbed(self) -> dict[str, str]:
        """Former code → the commune of today that bears or contains it."""
        return {old: c.code for c in self.communes.values() for old in c.former_codes}

    def residents(self, attribute: str) -> Counter[str]:
        """Residents by région or département: an order of magnitude for sorting, not a figure."""
        total: Counter[str] = Counter()
        for commune in self.communes.values():
            total[getattr(commune, attribute)] += commune.municipal_population or 0
        return total

    def members(self, attribute: str) -> dict[str, list[records.Commune]]:
        """Communes of each EPCI or EPT, the largest first."""
        members: dict[str, list[records.Commune]] = defaultdict(list)
        for commune in self.communes.values():
            if getattr(commune, attribute):
                members[getattr(commune, attribute)].append(commune)
        for communes in members.values():
            communes.sort(key=lambda c: -(c.municipal_population or 0))
        return members


def pks(kind: str) -> dict[str, int]:
    """Code → primary key of every territory of a kind."""
    return dict(Territory.objects.filter(kind=kind).values_list("code", "pk"))
