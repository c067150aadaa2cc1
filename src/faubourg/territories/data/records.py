"""What each record of the shipped data holds: units, vintages and what an empty field means.

Framework-free. Codes are text. `None` means that the source does not publish the figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

GeoJSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Region:
    code: str
    name: str
    zone: str  # metro, drom, com
    seat: str  # commune code


@dataclass(frozen=True, slots=True)
class Departement:
    code: str
    name: str
    region: str
    zone: str
    seat: str


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of COG 2026, or a part of one: `kind` says which.

    `parent` is the commune of today for the kinds `deleguee`, `associee` and `arrondissement-municipal`.
    `municipal_population` is the commune list's own; the two `epci_` populations are what the EPCI file
    says of the same commune, of another vintage: never mix them. `urban_unit` is of 2020 (COG 2024) and
    `urban_unit_from` is the former code under which it was found, empty for the commune's own.
    """

    code: str
    name: str
    kind: str  # actuelle, deleguee, associee, arrondissement-municipal
    departement: str
    region: str
    zone: str
    siren: str
    parent: str
    postal_codes: tuple[str, ...]
    former_codes: tuple[str, ...]
    municipal_population: int | None
    epci: str
    epci_municipal_population: int | None
    epci_total_population: int | None
    ept: str
    urban_unit: str
    urban_unit_from: str

    @property
    def outside_urban_units(self) -> bool:
        """Whether INSEE says that it lies in no urban unit (a code such as 63000)."""
        return self.urban_unit.endswith("000")


@dataclass(frozen=True, slots=True)
class Epci:
    """An EPCI with its own taxation; incomes in euros a year per consumption unit, rates in percent."""

    code: str  # SIREN
    name: str
    kind: str  # CC, CA, CU, METRO, MET69
    financing: str  # FPU, FA
    municipal_population: int
    total_population: int
    communes: int
    fiscal_persons_2021: int | None
    median_disposable_income_eur_2021: int | None
    poverty_rate_pct_2021: float | None
    decile1_eur_2021: int | None
    decile9_eur_2021: int | None
    social_dwellings_2024: int | None


@dataclass(frozen=True, slots=True)
class Ept:
    """One of the eleven territories of the Métropole du Grand Paris."""

    code: str
    name: str
    municipal_population: int
    total_population: int
    communes: int


@dataclass(frozen=True, slots=True)
class EptMember:
    ept: str
    commune: str
    municipal_population: int
    total_population: int


@dataclass(frozen=True, slots=True)
class UrbanUnit:
    code: str
    name: str
    total_population: int


@dataclass(frozen=True, slots=True)
class Qpv2024:
    code: str
    name: str
    communes: tuple[str, ...]
    departement: str
    hexagonal: bool
    evolution: str  # M modified, I identical, N new (inferred from the code); C on 17 overseas rows


@dataclass(frozen=True, slots=True)
class Grant:
    """A post of adulte-relais paid by the State for one year, as the ANCT publishes it.

    (year, post, rank) is the key: a post printed for two contracts or two beneficiaries has two rows, and its
    money is printed on both.
    """

    year: int
    post: str
    rank: int
    siret: str
    beneficiary: str
    cents: int
    contract: str  # a code of either generation, empty when the source gives none
    departement: str


@dataclass(frozen=True, slots=True)
class Contract:
    """A row of a contrats de ville file. Codes repeat: (generation, rank) is the only key.

    `qpv_population` is that of the contract's neighbourhoods, repeated on each row of a repeated code.
    """

    generation: str  # 2015-2023, 2024-2030
    rank: int
    code: str
    name: str
    bearer: str  # SIREN of an EPCI or EPT (possibly gone since), or a commune code
    departement: str
    qpv_population: int | None
    longitude: float | None
    latitude: float | None
    point_note: str  # in French, why there is no point


@dataclass(frozen=True, slots=True)
class QpvContour:
    code: str
    name: str
    communes_label: str
    commune: str  # the first one's code; empty for the Lille source, which gives none
    source: str  # identifier in provenance()
    repair_reason: str  # GEOS's words; empty when the contour was valid
    geometry: GeoJSON  # Polygon or MultiPolygon, WGS 84

    @property
    def repaired(self) -> bool:
        return bool(self.repair_reason)


@dataclass(frozen=True, slots=True)
class CommuneContour:
    code: str
    name: str
    departement: str
    current: bool  # whether COG 2026 still has a commune under this code
    repair_reason: str
    geometry: GeoJSON


@dataclass(frozen=True, slots=True)
class CommunePoint:
    """Where to draw a commune. `basis`: contour, gazetteer, gazetteer_other_name, gazetteer_2015,
    contract or qpv_2015_contour, from the surest to the least sure; `matched_name` when it differs."""

    code: str
    longitude: float
    latitude: float
    basis: str
    matched_name: str


@dataclass(frozen=True, slots=True)
class IndicatorDefinition:
    column: str
    description: str  # French, the source's own
    value_type: str
    example: str


@dataclass(frozen=True, slots=True)
class QpvIndicators:
    code: str
    name: str
    communes_label: str
    values: dict[str, float | int | None]  # None: statistical secrecy, never zero


@dataclass(frozen=True, slots=True)
class Source:
    """A raw input. Texts are French, written for the « Sources » page."""

    id: str
    title: str
    publisher: str
    origin: str
    licence: str
    licence_stated: str
    vintage: str
    retrieved: str  # ISO date
    raw_sha256: str
    beware: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PackedFile:
    name: str
    title: str
    sources: tuple[Source, ...]
    rows: int
    bytes: int
    sha256: str
    beware: tuple[str, ...]
