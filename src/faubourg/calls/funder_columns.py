"""The columns of the export for one funder: the headings of the form, in the order of the form.

The import reads these very headings: what leaves comes back unchanged.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from django.utils.translation import gettext as _

from faubourg.rules.calls.accounts import ACCOUNTS
from faubourg.rules.calls.circuits import APPLICATION

from .models import Applicant, CallFunder
from .models.budget import NATURES
from .queries.funder_export import Row

Read = Callable[[Row], object]


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A heading, in the reader's language, and what it reads of a dossier read with its money."""

    heading: str
    read: Read


def columns_for(funder: CallFunder, years: range) -> list[ExportColumn]:
    """Every column of the export for this funder and these years of money, in the reader's words."""
    states = {state: _(name) for state, name in APPLICATION.states.items()}
    yes, no = _("oui"), _("non")
    return [
        _of(_("Numéro"), "number"),
        ExportColumn(_("État"), lambda row: states[row.application.state]),
        _of(_("Déposé le"), "submitted_at"),
        ExportColumn(_("Hors délai"), lambda row: yes if row.application.late else no),
        _of(_("Porteur"), "organisation.name"),
        _of(_("SIRET"), "organisation.siret"),
        _of(_("RNA"), "organisation.rna"),
        *_identity(yes, no),
        *_project(),
        *_asked(funder, years),
        *_budget(),
    ]


def _of(heading: str, path: str) -> ExportColumn:
    read = attrgetter(f"application.{path}")
    return ExportColumn(heading, read)


def _identity(yes: str, no: str) -> list[ExportColumn]:
    def said(heading: str, read: Callable[[Applicant], object]) -> ExportColumn:
        return ExportColumn(heading, lambda row: read(row.applicant) if row.applicant else None)

    return [
        said(_("Sigle"), lambda who: who.acronym),
        said(_("Siège"), lambda who: f"{who.address}, {who.postcode} {who.city}".strip(" ,")),
        said(_("Adresse électronique"), lambda who: who.email),
        said(_("Téléphone"), lambda who: who.phone),
        said(_("Représentant·e légal·e"), lambda who: who.head_name),
        said(_("Fonction"), lambda who: who.head_title),
        said(_("Adhérents"), lambda who: who.members),
        said(_("Bénévoles"), lambda who: who.volunteers),
        said(_("Salariés"), lambda who: who.employees),
        said(_("Assujettie à la TVA"), lambda who: yes if who.vat else no),
        _of(_("Signé par"), "signed_by_name"),
    ]


def _project() -> list[ExportColumn]:
    return [
        _of(_("Titre"), "title"),
        _of(_("Mesure"), "measure"),
        ExportColumn(_("Contrat"), lambda row: getattr(row.application.contract, "code", None)),
        _of(_("Objectifs"), "aims"),
        _of(_("Description"), "summary"),
        _of(_("Besoins"), "needs"),
        _of(_("Public"), "audience"),
        _of(_("Nombre de bénéficiaires"), "audience_count"),
        _of(_("Moyens"), "means"),
        _of(_("Partenaires"), "partnership"),
        _of(_("Évaluation"), "evaluation"),
        ExportColumn(_("Quartiers"), lambda row: " ; ".join(row.places)),
        _of(_("Début"), "starts_on"),
        _of(_("Fin"), "ends_on"),
        _of(_("Années demandées"), "years"),
    ]


def _asked(funder: CallFunder, years: range) -> list[ExportColumn]:
    """What is asked of the funder by nature and year, then of all of them together."""

    def asked(nature: str, year: int) -> Read:
        return lambda row: _euros(row.asked.get((funder.pk, nature, year)))

    told = [
        ExportColumn(
            _("Demandé à %(funder)s – %(nature)s %(year)d")
            % {"funder": funder.name, "nature": word, "year": year},
            asked(nature, year),
        )
        for year in years
        for nature, word in NATURES
    ]
    every = ExportColumn(_("Demandé à tous les financeurs"), lambda row: _euros(sum(row.asked.values())))
    return [*told, every]


def _budget() -> list[ExportColumn]:
    """An amount an account of the form; its code opens the heading."""

    def on(code: str) -> Read:
        return lambda row: _euros(row.accounts.get(code))

    return [ExportColumn(f"{code} {_(account.name)}", on(code)) for code, account in ACCOUNTS.items()]


def _euros(cents: int | None) -> Decimal | None:
    return Decimal(cents).scaleb(-2) if cents else None
