"""What is looked at during a walk: versioned grids, and whether an observation says enough to be acted upon.

A grid that one observation used is frozen: a later wording is a later version, and each observation keeps the
version that asked the question.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from math import isfinite

from ..calls.schema import Node, Problems
from ..verdict import Reason, Verdict, mark

MOST_ACCURACY_M = 100
MOST_THEMES = 60
SEVERITIES = {
    1: mark("à surveiller"),
    2: mark("gênant"),
    3: mark("sérieux"),
    4: mark("dangereux"),
}


class Strand(StrEnum):
    """The two halves of urban proximity: neither goes without the other."""

    TECHNICAL = "technical"
    SOCIAL = "social"


class Kind(StrEnum):
    """Which walk a grid is for."""

    GENERAL = "general"
    NIGHT = "night"
    EXPLORATORY = "exploratory"


class Sense(StrEnum):
    """What was seen is something to keep or something to mend."""

    ASSET = "asset"
    DYSFUNCTION = "dysfunction"


STRAND_NAMES = {Strand.TECHNICAL: mark("volet technique"), Strand.SOCIAL: mark("volet social")}
KIND_NAMES = {
    Kind.GENERAL: mark("diagnostic en marchant"),
    Kind.NIGHT: mark("diagnostic de nuit"),
    Kind.EXPLORATORY: mark("marche exploratoire"),
}
SENSE_NAMES = {Sense.ASSET: mark("atout"), Sense.DYSFUNCTION: mark("dysfonctionnement")}


@dataclass(frozen=True, slots=True)
class Theme:
    """One thing to look at; `question` is read aloud in front of the place."""

    code: str
    strand: Strand
    name: str
    question: str


@dataclass(frozen=True, slots=True)
class Principle:
    """One way of feeling safe or not in a place."""

    code: str
    name: str
    question: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A published version; with principles, each observation names the one that it is about."""

    code: str
    version: int
    kind: Kind
    themes: tuple[Theme, ...]
    principles: tuple[Principle, ...] = ()

    def theme(self, code: str) -> Theme | None:
        """None for a theme of another grid."""
        return next((theme for theme in self.themes if theme.code == code), None)


@dataclass(frozen=True, slots=True)
class Observation:
    """What one note-taker wrote at a stop; metres, degrees WGS 84. A draft may lack anything."""

    theme: str = ""
    sense: Sense | None = None
    severity: int | None = None
    lon: float | None = None
    lat: float | None = None
    accuracy_m: float | None = None
    note: str = ""
    photos: int = 0
    principle: str = ""


def judge_observation(grid: Grid, seen: Observation) -> Verdict:
    """Whether it is complete; every missing thing is told, nothing is refused to whoever is still walking."""
    return Verdict((*_what(grid, seen), *_how_grave(seen), *_where(seen), _shown(seen)))


def _what(grid: Grid, seen: Observation) -> list[Reason]:
    found = [_met("observation-theme", grid.theme(seen.theme) is not None, mark("Choisissez le thème."))]
    if grid.principles:
        known = seen.principle in {principle.code for principle in grid.principles}
        found.append(_met("observation-principle", known, mark("Choisissez l’un des six principes.")))
    found.append(
        _met("observation-sense", seen.sense is not None, mark("Dites si c’est un atout ou un problème."))
    )
    return found


def _how_grave(seen: Observation) -> list[Reason]:
    if seen.sense is Sense.ASSET:
        sentence = mark("Un atout n’a pas de gravité.")
        return [_met("observation-severity", seen.severity is None, sentence)]
    sentence = mark("Dites la gravité, de 1 (à surveiller) à 4 (dangereux).")
    return [_met("observation-severity", seen.severity in SEVERITIES, sentence, operand=seen.severity)]


def _where(seen: Observation) -> list[Reason]:
    placed = (
        seen.lon is not None and seen.lat is not None and abs(seen.lon) <= 180 and abs(seen.lat) <= 90
    )  # what is no number fails both
    found = [_met("observation-place", placed, mark("Placez l’observation sur la carte."))]
    far = seen.accuracy_m
    precise = far is not None and isfinite(far) and 0 < far <= MOST_ACCURACY_M
    sentence = mark("Le lieu n’est pas assez précis : déplacez le repère, à {most} m près au plus.")
    if placed:
        found.append(
            Reason("observation-accuracy", precise, sentence, {"most": MOST_ACCURACY_M}, MOST_ACCURACY_M, far)
        )
    return found


def _shown(seen: Observation) -> Reason:
    told = bool(seen.note.strip()) or seen.photos > 0
    return _met("observation-shown", told, mark("Écrivez une phrase ou prenez une photo."))


def _met(code: str, met: bool, sentence: str, *, operand: object = None) -> Reason:
    return Reason(code, met, sentence, {}, None, operand)


# --- Writing a grid ---------------------------------------------------------------------------------------


def judge_grid(grid: Grid) -> Verdict:
    """What a grid has to hold before it is published."""
    codes = [theme.code for theme in grid.themes]
    strands = {theme.strand for theme in grid.themes}
    principles = [principle.code for principle in grid.principles]
    six = len(principles) == len(set(principles)) == len(PRINCIPLES)
    return Verdict(
        (
            _met("grid-themes", 0 < len(codes) <= MOST_THEMES, mark("Une grille a de 1 à 60 thèmes.")),
            _met("grid-twice", len(set(codes)) == len(codes), mark("Deux thèmes portent le même code.")),
            _met(
                "grid-strands", strands == {*Strand},
                mark("Une grille tient les deux volets : au moins un thème technique et un thème social."),
            ),
            _met(
                "grid-principles", six if grid.kind is Kind.EXPLORATORY else not principles,
                mark("Une marche exploratoire a ses six principes ; les autres grilles n’en ont pas."),
            ),
            _met("grid-version", grid.version >= 1, mark("Les versions se comptent à partir de 1.")),
        )
    )  # fmt: skip


def may_change(*, observations: int) -> Verdict:
    """A grid changes until it is used; afterwards it is copied into its next version."""
    if observations <= 0:
        return Verdict.yes()
    sentence = mark("{count} observation(s) répondent à cette version : préparez la suivante.")
    return Verdict((Reason("grid-used", False, sentence, {"count": observations}, 0, observations),))


def next_version(grid: Grid) -> Grid:
    """The same questions, free to change."""
    return replace(grid, version=grid.version + 1)


@dataclass(frozen=True, slots=True)
class Read:
    """`grid` as it was understood; it may be published only without problems."""

    grid: Grid | None
    problems: tuple[Reason, ...]


def read(data: object) -> Read:
    """A grid out of JSON; every mistake with its path."""
    problems = Problems()
    node = Node(data, "", problems)
    grid = node.built(_grid) if node.is_object() else None
    refused = judge_grid(grid).refusals() if grid and not problems.found else ()
    return Read(grid, (*problems.found, *refused))


def write(grid: Grid) -> Mapping[str, object]:
    """What `read` reads back."""
    return {
        "code": grid.code,
        "version": grid.version,
        "kind": grid.kind.value,
        "themes": [
            {"code": one.code, "strand": one.strand.value, "name": one.name, "question": one.question}
            for one in grid.themes
        ],
        "principles": [
            {"code": one.code, "name": one.name, "question": one.question} for one in grid.principles
        ],
    }


def _grid(node: Node) -> Grid:
    return Grid(
        node.text("code"),
        node.number("version", least=1, most=9_999),
        node.one_of("kind", Kind),
        node.items("themes", _theme),
        node.items("principles", _principle),
    )


def _theme(node: Node) -> Theme:
    return Theme(
        node.text("code"), node.one_of("strand", Strand), node.text("name"), node.text("question", default="")
    )


def _principle(node: Node) -> Principle:
    return Principle(node.text("code"), node.text("name"), node.text("question", default=""))


# The usual six of exploratory walks, in our own words.
PRINCIPLES = (
    Principle("bearings", mark("Savoir où je suis"),
              mark("Les noms, les plans et les repères suffisent-ils pour trouver son chemin ?")),
    Principle("seeing", mark("Voir et être vue"),
              mark("Que voit-on devant, derrière, aux angles ? Qui nous voit ?")),
    Principle("hearing", mark("Entendre et être entendue"),
              mark("Y a-t-il du passage, de la vie ? Quelqu’un entendrait-il un appel ?")),
    Principle("help", mark("Pouvoir partir et trouver de l’aide"),
              mark("Y a-t-il une autre issue, un lieu ouvert, quelqu’un à qui parler ?")),
    Principle("upkeep", mark("Un lieu pensé et entretenu"),
              mark("L’aménagement et l’entretien donnent-ils envie d’y passer, d’y rester ?")),
    Principle("together", mark("Y avoir sa place, ensemble"),
              mark("Qui occupe ce lieu, qui n’y vient pas ? Qu’est-ce qui pourrait s’y faire ?")),
)  # fmt: skip
