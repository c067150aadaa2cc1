"""Who asks, on a row of a spreadsheet of dossiers: known by SIRET or RNA, created when its number holds."""

from faubourg.base.text import fold
from faubourg.people.models import Organisation
from faubourg.rules.verdict import Reason, mark
from faubourg.territories.services.import_report import WARNING

from .import_cells import read_identifier
from .import_knowledge import Knowledge
from .import_telling import Row, Telling
from .import_trial import Who

KINDS = {
    "association": "association",
    "commune": "commune",
    "intercommunalite": "epci",
    "departement": "departement",
    "region": "region",
    "bailleur social": "landlord",
    "etat": "state",
    "autre": "other",
}


def identifiers(sheet: Telling, row: Row) -> list[tuple[str, str, Reason | None]]:
    """(« siret » or « rna », its number, what is wrong with it) of each cell that has one."""
    roles = [role for role in ("siret", "rna", "either") if sheet.text(row, role)]
    return [read_identifier(sheet.text(row, role), role) for role in roles]


def who_of(sheet: Telling, known: Knowledge, rank: int, row: Row) -> Who | None:
    """The organisation of a row; None when its number is wrong, missing or not enough to create it."""
    found = identifiers(sheet, row)
    wrong = [(kind, reason) for kind, _number, reason in found if reason is not None]
    for kind, reason in wrong:
        sheet.tell(rank, kind if kind in sheet.layout.roles else "either", reason)
    if wrong:
        return None
    numbers = {kind: number for kind, number, _reason in found}
    role = next((role for role in ("siret", "rna", "either") if role in sheet.layout.roles), "either")
    if not numbers:
        template = mark("Le SIRET ou le numéro RNA manque : c’est lui qui dit qui demande.")
        sheet.find(rank, role, "number_needed", template)
        return None
    holders = {known.organisations.get(pair) for pair in numbers.items()} - {None}
    if len(holders) > 1:
        template = mark("Le SIRET et le RNA sont ceux de deux organisations différentes.")
        sheet.find(rank, role, "two_organisations", template)
        return None
    return _named(sheet, rank, row, (numbers, next(iter(holders), None)))


def _named(
    sheet: Telling, rank: int, row: Row, said: tuple[dict[str, str], Organisation | None]
) -> Who | None:
    numbers, known = said
    name = sheet.text(row, "applicant")
    if known is not None:
        if name and fold(name) != fold(known.name):
            template = mark("Ce numéro est celui de « {name} » : le dossier lui sera rattaché.")
            sheet.tell(
                rank, "applicant", Reason("other_name", False, template, {"name": known.name}), WARNING
            )
        return Who(known.pk, known.name, known.kind)
    if not name or len(name) > 200:
        template = mark("Cet organisme n’est pas encore connu : donnez son nom, en 200 signes au plus.")
        sheet.find(rank, "applicant", "name_needed", template)
        return None
    kind = sheet.word(rank, row, "kind", KINDS, "association" if "rna" in numbers else "other")
    return Who(None, name, kind, numbers.get("siret"), numbers.get("rna")) if kind else None
