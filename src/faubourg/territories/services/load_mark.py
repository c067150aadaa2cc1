"""Whether this very data was already loaded: a fingerprint kept in the journal, one entry per load."""

import hashlib
import json
from importlib.resources import files

from django.db import transaction

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.models import JournalEntry
from faubourg.territories import pack

ACT, KIND, REF = "load", "installation", "data"
# Packages whose files decide what a load writes.
READ = (
    "faubourg.territories.seeds",
    "faubourg.territories.services",
    "faubourg.contracts.services",
    "faubourg.calls.services",
    "faubourg.rules",
    "faubourg.contracts.seeds",
)


def fingerprint() -> str:
    """A digest of the data pack, the seeds and the loaders."""
    digest = hashlib.sha256()
    for packed in pack.provenance():
        digest.update(packed.sha256.encode())
    digest.update(files("faubourg.territories.data").joinpath("provenance.toml").read_bytes())
    for package in READ:
        for file in sorted(files(package).iterdir(), key=lambda found: found.name):
            if file.is_file() and (file.name.startswith("load") or not package.endswith(".services")):
                digest.update(file.read_bytes())
    return digest.hexdigest()


def already_loaded(mark: str) -> bool:
    """Whether the last load that ended well was of this fingerprint."""
    last = JournalEntry.objects.filter(act=ACT, object_kind=KIND, object_ref=REF).order_by("-seq").first()
    return last is not None and json.loads(last.payload)["after"]["fingerprint"] == mark


@transaction.atomic
def mark_loaded(mark: str, *, by: Actor, rows: int) -> None:
    """Note that a load ended well, with the rows that it wrote."""
    journal.record(by=by, act=ACT, kind=KIND, ref=REF, after={"fingerprint": mark, "rows": rows})
