"""What an entry changed, as a reader can be told: short values that have a name, before and after."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from faubourg.base.cells import shown
from faubourg.base.models import JournalEntry

from .acts import Words, spelt, value_labels

# A longer text is announced, not printed: the page shows it as it stands.
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Change:
    """One value; `before` or `after` is empty when it was added or taken away, both when it is too long."""

    label: Words
    before: str
    after: str


def changes_of(entry: JournalEntry) -> list[Change]:
    """What differs between both sides; values that nobody named, personal ones included, are left out."""
    before, after = entry.before, entry.after
    told = []
    for key, label in value_labels().items():
        sides = _text(spelt(key, before.get(key))), _text(spelt(key, after.get(key)))
        if sides[0] == sides[1]:
            continue
        told.append(Change(label, "", "") if max(map(len, sides)) > _LONGEST else Change(label, *sides))
    return told


def _text(value: object) -> str:
    """Numbers and days as the language writes them, lists with commas; nothing for nothing."""
    match value:
        case None | "" | [] | {}:
            return ""
        case list():
            return ", ".join(_text(each) for each in value)
        case dict():
            return ""
        case str() | Promise():
            return str(shown(_day(str(value)) or str(value)))
    return str(shown(value, grouped=isinstance(value, float)))


def _day(text: str) -> date | None:
    """The journal keeps days as « 2024-01-01 »."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
