"""Where everything comes from: one `Source` per raw file and per founding document, then what was odd."""

from collections.abc import Iterable
from datetime import date

from faubourg.territories import pack, seeds
from faubourg.territories.data import records
from faubourg.territories.models import Source, SourceFinding

from .load_bulk import Written, bring

FIELDS = (
    "title",
    "publisher",
    "origin",
    "licence",
    "vintage",
    "published_on",
    "retrieved_on",
    "sha256",
    "row_count",
    "caution",
    "loaded",
)
Finding = tuple[str, str, str]  # code, ref, sentence


def bring_sources() -> Written:
    """Every source of the pack and of the seeds, one row each."""
    return bring(Source.objects.all(), [*_packed(), *_documents()], key=("slug",), fields=FIELDS)


def bring_findings(source: str, findings: Iterable[Finding]) -> Written:
    """What the loader met in one source; what no longer holds goes away."""
    rows = [
        SourceFinding(source_id=source, code=code, ref=ref, sentence=text) for code, ref, text in findings
    ]
    existing = SourceFinding.objects.filter(source_id=source)
    return bring(existing, rows, key=("source_id", "code", "ref"), fields=("sentence",), prune=True)


def _packed() -> Iterable[Source]:
    counts = {"epci-contexte": None}
    files = pack.provenance()
    alone = {file.sources[0].id: file for file in files if len(file.sources) == 1}
    cautions: dict[str, list[str]] = {}
    for file in files:
        for source in file.sources:
            said = cautions.setdefault(source.id, list(source.beware))
            said += [text for text in file.beware if file.sources[0] is source and text not in said]
    for source in {source.id: source for file in files for source in file.sources}.values():
        file_alone = alone.get(source.id)
        yield Source(
            slug=source.id,
            title=source.title,
            publisher=source.publisher,
            origin=source.origin,
            licence=_licence(source),
            vintage=source.vintage[:120],
            retrieved_on=date.fromisoformat(source.retrieved),
            sha256=source.raw_sha256,
            row_count=file_alone.rows if file_alone else counts.get(source.id),
            caution="\n".join([*_long_vintage(source.vintage), *cautions[source.id]]),
            loaded=True,
        )


def _licence(source: records.Source) -> str:
    """The licence as we read it; when the source states none, its own words follow."""
    stated = source.licence_stated.strip()
    return (f"{source.licence} – {stated}" if stated else source.licence)[:200]


def _long_vintage(vintage: str) -> list[str]:
    return [f"Millésime : {vintage}."] if len(vintage) > 120 else []


def _documents() -> Iterable[Source]:
    for name in seeds.DOCUMENTS:
        said = seeds.document(name)["source"]
        yield Source(
            slug=name,
            title=said["title"],
            publisher=said.get("publisher", ""),
            origin=said.get("origin", ""),
            licence=said["licence"],
            vintage=said["vintage"],
            published_on=said.get("published_on"),
            caution="\n".join(said.get("beware", [])),
            loaded=True,
        )
