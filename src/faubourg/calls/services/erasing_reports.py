"""A closed account leaves no name on a report, on what was asked back, on a photograph."""

from uuid import UUID

from ..models import Recovery, RecoveryStep, Report, ReportFile, ReportStep

CERTIFYING = ("hand-in", "attest-not-done")


def erase_names(person_ref: UUID) -> None:
    """What was certified stays certified, on that day; by whom is forgotten."""
    mine = ReportStep.objects.filter(by=person_ref)
    certified = mine.filter(move__in=CERTIFYING).values_list("report", flat=True)
    Report.objects.filter(pk__in=list(certified)).update(certified_by_name="")
    opened = RecoveryStep.objects.filter(by=person_ref, move="open").values_list("recovery", flat=True)
    Recovery.objects.filter(pk__in=list(opened)).update(by_name="")
    mine.update(by_name="")
    RecoveryStep.objects.filter(by=person_ref).update(by_name="")
    ReportFile.objects.filter(document__added_by=person_ref).update(added_by_name="")
