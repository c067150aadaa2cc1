"""The steps of a calendar as one list, that the timeline draws and the table beside it tells."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Milestone
from faubourg.contracts.models.printed import PrintedDue
from faubourg.contracts.queries import Calendar
from faubourg.rules.calendar import Judged

PHASE, MILESTONE, SIGNATURE = "phases", "jalons", "signature"


@dataclass(frozen=True, slots=True)
class Row:
    """One step. A milestone and the signature have one planned day; `printed` are the document's words."""

    kind: str
    label: str
    note: str
    judged: Judged
    planned_first: date | None = None
    planned_last: date | None = None
    actual_first: date | None = None
    actual_last: date | None = None
    printed: str = ""
    reading: str = ""
    reader: str = ""
    edit_url: str = ""

    @property
    def is_phase(self) -> bool:
        """A period rather than a day."""
        return self.kind == PHASE

    @property
    def days(self) -> list[date]:
        """Every day that the row names."""
        named = (self.planned_first, self.planned_last, self.actual_first, self.actual_last)
        return [day for day in named if day]


def rows_of(calendar: Calendar, *, names: bool) -> list[Row]:
    """By planned day; `names` shows who interpreted a date, which is for partners."""
    rows = [
        *_phases(calendar),
        *(_milestone(calendar, one.milestone, one.judged, names) for one in calendar.milestones),
    ]
    signature = _signature(calendar)
    if signature:
        rows.append(signature)
    far = date.max
    return sorted(
        rows, key=lambda row: (row.planned_first or row.planned_last or far, row.planned_last or far)
    )


def reader_of(row: PrintedDue, *, names: bool) -> str:
    """Faubourg itself, the person for partners, or somebody."""
    if not row.due_reading:
        return ""
    if row.due_read_by is None or names:
        return row.due_read_by_name
    return _("une personne habilitée")


def _phases(calendar: Calendar) -> list[Row]:
    return [
        Row(
            kind=PHASE,
            label=_(line.phase.name),
            note=line.phase.purpose,
            judged=line.judged,
            planned_first=line.phase.planned_start,
            planned_last=line.phase.planned_end,
            actual_first=line.phase.actual_start,
            actual_last=line.phase.actual_end,
            printed=line.phase.printed,
            edit_url=contract_url(calendar.contract, "contract_calendar_edit", PHASE, line.phase.pk),
        )
        for line in calendar.phases
    ]


def _milestone(calendar: Calendar, one: Milestone, judged: Judged, names: bool) -> Row:
    return Row(
        kind=MILESTONE,
        label=_(one.name),
        note=one.note,
        judged=judged,
        planned_last=one.due_on,
        actual_last=one.reached_on,
        printed=one.due_printed,
        reading=one.due_reading,
        reader=reader_of(one, names=names),
        edit_url=contract_url(calendar.contract, "contract_calendar_edit", MILESTONE, one.pk),
    )


def _signature(calendar: Calendar) -> Row | None:
    contract = calendar.contract
    if not (contract.planned_signature_on or contract.signed_on):
        return None
    return Row(
        kind=SIGNATURE,
        label=_("Signature du contrat"),
        note="",
        judged=calendar.signature,
        planned_last=contract.planned_signature_on,
        actual_last=contract.signed_on,
        edit_url=contract_url(contract, "contract_dates"),
    )
