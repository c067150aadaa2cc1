"""The journal: `record` an act, read a history, erase personal values, verify the whole chain.

Each row's hash is keyed (settings.JOURNAL_KEY) and covers the previous row's hash; the head is anchored
in a file outside the database. Whoever holds the database alone can neither forge, change nor drop a row
without being seen (docs/adr/0004).
"""

from .erasure import erase_personal_values
from .reading import entries_for, history_of
from .writing import Told, record

__all__ = ["Told", "entries_for", "erase_personal_values", "history_of", "record"]
