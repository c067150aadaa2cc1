"""What the overview of a contract shows of its annual reports: the published ones."""

from django.utils.formats import date_format
from django.utils.translation import gettext

from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Contract
from faubourg.contracts.panels import Panel

from .models import AnnualReport
from .queries import reports_of

MOST = 6


def reports_panel(contract: Contract) -> Panel:
    """One query."""
    found = reports_of(contract).filter(state=AnnualReport.State.PUBLISHED)[:MOST]
    return Panel(
        id="rapports",
        title=gettext("Les rapports annuels publiés"),
        lines=[
            (
                gettext("Rapport %(year)s") % {"year": report.year},
                contract_url(contract, "annual_report", report.year),
                gettext("publié le %(day)s") % {"day": date_format(report.published_on, "DATE_FORMAT")},
            )
            for report in found
            if report.published_on
        ],
        url=contract_url(contract, "annual_reports"),
        more=gettext("Tous les rapports"),
        empty=gettext("Aucun rapport annuel n’est encore publié ici."),
    )
