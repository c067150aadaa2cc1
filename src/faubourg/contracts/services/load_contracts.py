"""The contracts of both generations and who bears them, keyed on (generation, code).

A code printed on several rows makes one contract with several bearers; every duplicate is reported.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from faubourg.base.text import fold, sort_key
from faubourg.contracts.models import Contract, ContractBearer
from faubourg.rules.names import group_words
from faubourg.rules.verdict import mark
from faubourg.territories import pack, seeds
from faubourg.territories.data import records
from faubourg.territories.models import Territory
from faubourg.territories.services.load_bulk import Written, bring
from faubourg.territories.services.load_sources import Finding, bring_findings

SOURCES = {Contract.Generation.G2015: "contrats-2015", Contract.Generation.G2024: "contrats-2024"}
PREFIX = re.compile(r"^(\d[\dAB]\d?|NA) - ")
NO_NAME = "NA"
EDITED = Q(version__gt=1)
FIELDS = (
    "name",
    "sort_key",
    "printed_name",
    "departement_id",
    "printed_population",
    "lon",
    "lat",
    "source_id",
)
BY_NAME = mark("SIREN disparu ; rapproché de l’intercommunalité de même nom dans le même département.")
BY_DOCUMENT = mark("SIREN disparu ; intercommunalité d’aujourd’hui de la ville centre (Auvergne 2016).")
NOBODY = mark("SIREN disparu : aucun successeur ne peut être établi par les données.")


@dataclass(frozen=True, slots=True)
class Bearer:
    """The territory behind a printed code, and how it was found."""

    territory: Territory | None
    note: str = ""


class Bearers:
    """Finds who bears a contract: same code, same name in the same département, or a founding document."""

    def __init__(self) -> None:
        kinds = (Territory.Kind.EPCI, Territory.Kind.EPT, Territory.Kind.COMMUNE)
        official = Territory.objects.filter(kind__in=kinds, code_origin=Territory.CodeOrigin.OFFICIAL).only(
            "code", "kind", "name", "departement"
        )
        departements = dict(
            Territory.objects.filter(kind=Territory.Kind.DEPARTEMENT).values_list("pk", "code")
        )
        self._by_code = {place.code: place for place in official}
        self._by_words: dict[tuple[str, frozenset[str]], list[Territory]] = defaultdict(list)
        for place in self._by_code.values():
            if place.kind != Territory.Kind.COMMUNE and place.departement_id:
                words = group_words(fold(place.name))
                self._by_words[departements[place.departement_id], words].append(place)
        self._by_document = dict(_successors())

    def find(self, row: records.Contract) -> Bearer:
        if row.bearer in self._by_code:
            return Bearer(self._by_code[row.bearer])
        named = self._by_words.get((row.departement, group_words(fold(display_name(row.name)))), [])
        if len(named) == 1:
            return Bearer(named[0], BY_NAME)
        if row.code in self._by_document:
            return Bearer(self._by_code[self._by_document[row.code]], BY_DOCUMENT)
        return Bearer(None, NOBODY)


def display_name(printed: str) -> str:
    """The printed name without its département: « 63 - Clermont Auvergne Métropole »."""
    return re.sub(r"\s*\([^)]*\)\s*$", "", PREFIX.sub("", printed)).strip()


def bring_contracts(generation: str, bearers: Bearers) -> Written:
    """One generation: contracts, then bearers, then what the file had of odd."""
    source = SOURCES[Contract.Generation(generation)]
    rows: dict[str, list[records.Contract]] = defaultdict(list)
    for row in pack.contracts():
        if row.generation == generation:
            rows[row.code].append(row)
    departements = dict(Territory.objects.filter(kind=Territory.Kind.DEPARTEMENT).values_list("code", "pk"))
    found = {row.rank: bearers.find(row) for group in rows.values() for row in group}
    wanted = [_contract(group, found, departements, source) for group in rows.values()]
    existing = Contract.objects.filter(generation=generation)
    written = bring(existing, wanted, key=("generation", "code"), fields=FIELDS, frozen=EDITED)
    written += _bring_bearers(generation, rows, found)
    return written + bring_findings(source, list(_findings(rows, found)))


def _contract(
    rows: list[records.Contract], found: dict[int, Bearer], departements: dict[str, int], source: str
) -> Contract:
    first = rows[0]
    name = _name(rows, found)
    populations = {row.qpv_population for row in rows}
    placed = next((row for row in rows if row.longitude is not None), None)
    borne = found[first.rank].territory
    return Contract(
        generation=first.generation,
        code=first.code,
        name=name,
        sort_key=sort_key(name),
        printed_name=" / ".join(dict.fromkeys(row.name for row in rows))[:200],
        departement_id=departements.get(first.departement) or (borne.departement_id if borne else None),
        # Rows that disagree are both in the findings; neither is chosen, and they are not added up.
        printed_population=first.qpv_population if len(populations) == 1 else None,
        lon=placed.longitude if placed else None,
        lat=placed.latitude if placed else None,
        source_id=source,
    )


def _name(rows: list[records.Contract], found: dict[int, Bearer]) -> str:
    names = list(dict.fromkeys(display_name(row.name) for row in rows))
    if names == [NO_NAME]:
        borne = found[rows[0].rank].territory
        return f"Sans nom publié ({borne.name})" if borne else "Sans nom publié"
    return " et ".join(names)[:200]


def _bring_bearers(
    generation: str, rows: dict[str, list[records.Contract]], found: dict[int, Bearer]
) -> Written:
    contracts = dict(Contract.objects.filter(generation=generation).values_list("code", "pk"))
    wanted = []
    for code, group in rows.items():
        for row in group:
            bearer = found[row.rank]
            wanted.append(
                ContractBearer(
                    contract_id=contracts[code],
                    printed_code=row.bearer,
                    printed_departement=row.departement,
                    territory_id=bearer.territory.pk if bearer.territory else None,
                    note=bearer.note,
                )
            )
    return bring(
        ContractBearer.objects.filter(contract__generation=generation),
        wanted,
        key=("contract_id", "printed_code", "printed_departement"),
        fields=("territory_id", "note"),
        frozen=Q(contract__version__gt=1),
    )


def _findings(rows: dict[str, list[records.Contract]], found: dict[int, Bearer]) -> Iterator[Finding]:
    for code, group in rows.items():
        if len(group) > 1:
            said = " ; ".join(f"{row.name}, porteur {row.bearer}, {_people(row)}" for row in group)
            yield "code-en-double", code, f"{code} figure {len(group)} fois : {said}."[:400]
        yield from _oddities(code, group[0], found)
    misplaced = [row.code for group in rows.values() for row in group if row.point_note and row.bearer]
    without = [code for code in misplaced if code != "CV419"]
    if without:
        text = f"{len(without)} points d’outre-mer tombent dans un cartouche de la carte : ils sont écartés."
        yield "point-en-cartouche", "outre-mer", text


def _oddities(code: str, row: records.Contract, found: dict[int, Bearer]) -> Iterator[Finding]:
    if row.qpv_population is None:
        yield "sans-population", code, f"{row.name} n’a pas de population publiée."
    if display_name(row.name) == NO_NAME:
        yield "sans-nom", code, mark("La source ne donne ni nom ni point à ce contrat.")
    if not row.departement:
        yield "sans-departement", code, f"{row.name} n’a pas de département : repris de celui du porteur."
    bearer = found[row.rank]
    if bearer.territory is None:
        text = f"Le porteur {row.bearer} ({display_name(row.name)}) n’est plus une intercommunalité connue."
        yield "porteur-inconnu", code, text


def _people(row: records.Contract) -> str:
    return "sans population" if row.qpv_population is None else f"{row.qpv_population} habitants en QPV"


def _successors() -> Iterator[tuple[str, str]]:
    """Contract of 2015 → the group of today that the document of 2016 leads to."""
    said = seeds.document(seeds.AUVERGNE)
    groups = {group["code"]: group["successor"] for group in said["epci"]}
    for row in said["analysis"]["row"]:
        yield row["contract"], groups[row["epci"]]
