"""What a phone may send of a walk, and the one text under which both sides hash it.

The hash proves that what was read is what was written: the phone forgets a note only when the server gives
back the hash of the record that it has kept. Numbers with decimals travel as texts, so that two languages
write them alike.
"""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from ..verdict import Reason, mark

LONGEST_TEXT, LONGEST_PROPOSAL, LONGEST_CODE, LONGEST_NAME = 4_000, 2_000, 60, 150
MOST_REVISIONS = 1_000_000
MOST_ACCURACY_M = 100_000
NATURES = ("asset", "dysfunction")
_DEGREES = re.compile(r"-?\d{1,3}\.\d{6}")
_MOMENT = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


@dataclass(frozen=True, slots=True)
class Note:
    """One observation as the phone wrote it; degrees WGS 84 with six decimals, metres, UTC."""

    accuracy_m: int | None
    client_id: str
    criterion: str
    lat: str | None
    lon: str | None
    nature: str
    principle: str
    proposal: str
    revision: int
    seen_at: str
    severity: int | None
    stop: int | None
    text: str
    theme: str
    walk: int

    @property
    def moment(self) -> datetime:
        """When it was seen."""
        return datetime.strptime(self.seen_at, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Read:
    """`note` when nothing is wrong; otherwise what is, one sentence each."""

    note: Note | None
    problems: tuple[Reason, ...] = ()


def canonical(note: Note) -> str:
    """JSON, names in order, no blank: what the phone hashes too."""
    return json.dumps(asdict(note), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def hash_of(note: Note) -> str:
    """SHA-256 of the canonical text, 64 hexadecimal signs."""
    return sha256(canonical(note).encode()).hexdigest()


def read(data: object, themes: Collection[str]) -> Read:
    """A note out of JSON; every mistake told, nothing mended: what is mended would hash otherwise."""
    if not isinstance(data, Mapping) or set(data) != set(Note.__slots__):
        return Read(None, (_wrong("note-shape", _SHAPE),))
    problems = tuple(_wrong(f"note-{name}", sentence) for name, sentence in _wrongs(data, themes))
    return Read(None, problems) if problems else Read(Note(**data))


_SHAPE = mark("Cette note n’a pas la forme attendue : mettez le carnet à jour en le rouvrant avec du réseau.")
_SENTENCES = {
    "client_id": mark("Le numéro de cette note est illisible."),
    "walk": mark("Cette note ne dit pas sa marche."),
    "revision": mark("Le rang de cette version est illisible."),
    "text": mark("Le texte de l’observation tient en 4 000 signes, sans signe de contrôle."),
    "proposal": mark("La proposition tient en 2 000 signes, sans signe de contrôle."),
    "criterion": mark("Ce qu’on regarde est illisible : choisissez-le de nouveau."),
    "principle": mark("Le principe est illisible : choisissez-le de nouveau."),
    "theme": mark("Ce thème n’existe pas : choisissez-en un autre."),
    "nature": mark("Dites si c’est un atout ou un dysfonctionnement."),
    "severity": mark("La gravité va de 1 à 4."),
    "stop": mark("Cette halte est illisible : choisissez-la de nouveau."),
    "place": mark("Le lieu est illisible : placez-le de nouveau, ou enlevez-le."),
    "seen_at": mark("La date de cette note est illisible : vérifiez l’heure du téléphone."),
}


def _wrong(code: str, sentence: str) -> Reason:
    return Reason(code, False, sentence, {}, None, None)


def _wrongs(data: Mapping[str, object], themes: Collection[str]) -> list[tuple[str, str]]:
    held = {
        "client_id": _is_identifier(data["client_id"]),
        "walk": _is_whole(data["walk"], 1, 2**53),
        "revision": _is_whole(data["revision"], 1, MOST_REVISIONS),
        "text": _is_text(data["text"], LONGEST_TEXT),
        "proposal": _is_text(data["proposal"], LONGEST_PROPOSAL),
        "criterion": _is_text(data["criterion"], LONGEST_CODE),
        "principle": _is_text(data["principle"], LONGEST_CODE),
        "theme": isinstance(data["theme"], str) and data["theme"] in themes,
        "nature": data["nature"] in NATURES,
        "severity": data["severity"] is None or _is_whole(data["severity"], 1, 4),
        "stop": data["stop"] is None or _is_whole(data["stop"], 1, 2**53),
        "place": _is_place(data),
        "seen_at": _is_moment(data["seen_at"]),
    }
    return [(name, _SENTENCES[name]) for name, right in held.items() if not right]


def _is_whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _is_text(value: object, most: int) -> bool:
    return isinstance(value, str) and len(value) <= most and not _CONTROL.search(value)


# The same signs as the phone takes away before it hashes (see notebook/record.js).
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)


def _is_identifier(value: object) -> bool:
    try:
        return isinstance(value, str) and str(UUID(value)) == value
    except ValueError:
        return False


def _is_place(data: Mapping[str, object]) -> bool:
    lon, lat, far = data["lon"], data["lat"], data["accuracy_m"]
    if lon is None and lat is None:
        return far is None
    if not (_is_degrees(lon, 180) and _is_degrees(lat, 90)):
        return False
    return far is None or _is_whole(far, 0, MOST_ACCURACY_M)


def _is_degrees(value: object, most: int) -> bool:
    return isinstance(value, str) and bool(_DEGREES.fullmatch(value)) and abs(float(value)) <= most


def _is_moment(value: object) -> bool:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        return False
    try:
        datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    except ValueError:
        return False
    return True
