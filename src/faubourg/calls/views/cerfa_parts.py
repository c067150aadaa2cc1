"""The parts of the form CERFA 12156*06 that are words: who asks, with which means, for which project."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from faubourg.base import numbers

from ..models import Applicant, Application
from ..queries.cerfa import Form

Facts = list[tuple[str, str]]


def parts_of(form: Form) -> list[tuple[str, Facts]]:
    """Title and answers of each part, in the order of the form; what was left empty says so."""
    parts = [
        (_("1. Identité de l’organisme"), _identity(form)),
        (_("2. Relations avec l’administration"), _administration(form)),
        (_("4. Moyens humains"), _means(form.applicant)),
        (_("5. Budget de l’organisme"), [(_("Exercice"), _("voir les pièces jointes au dossier"))]),
        (_("6. Objet de la demande"), _request(form)),
        (_("6. Projet"), _project(form)),
    ]
    return [(title, [(label, text or "–") for label, text in facts]) for title, facts in parts]


def _identity(form: Form) -> Facts:
    who, asks = form.applicant, form.application.organisation
    place = f"{who.address}, {who.postcode} {who.city}".strip(" ,")
    return [
        (_("Nom"), asks.name),
        (_("Sigle"), who.acronym),
        (_("Objet"), who.purpose),
        (_("SIRET"), asks.siret or ""),
        (_("Numéro RNA"), asks.rna or ""),
        (_("Déclarée le"), date_format(who.declared_on, "DATE_FORMAT") if who.declared_on else ""),
        (_("Siège social"), place),
        (_("Adresse électronique"), who.email),
        (_("Téléphone"), who.phone),
        (_("Site"), who.website),
        (_("Représentant·e légal·e"), ", ".join(filter(None, (who.head_name, who.head_title)))),
    ]


def _administration(form: Form) -> Facts:
    charter = form.charter
    signed = date_format(charter.signed_on, "DATE_FORMAT") if charter else ""
    return [
        (_("Agréments"), form.applicant.approvals),
        (_("Assujettie à la TVA"), _("oui") if form.applicant.vat else _("non")),
        (_("Contrat d’engagement républicain signé le"), signed),
    ]


def _means(who: Applicant) -> Facts:
    fte = who.employees_fte_hundredths
    return [
        (_("Adhérents"), _count(who.members)),
        (_("Bénévoles"), _count(who.volunteers)),
        (_("Salariés"), _count(who.employees)),
        (_("En équivalent temps plein"), "" if fte is None else numbers.number(fte / 100, 2)),
    ]


def _request(form: Form) -> Facts:
    application = form.application
    again = application.previous_id is not None
    several = application.years > 1
    return [
        (_("Forme"), _("en numéraire")),
        (_("Fréquence"), _("renouvellement") if again else _("première demande")),
        (_("Objet"), _("projet")),
        (
            _("Période"),
            _("pluriannuelle, %(n)d ans") % {"n": application.years} if several else _("annuelle"),
        ),
    ]


def _project(form: Form) -> Facts:
    told = form.application
    return [
        (_("Intitulé"), told.title),
        (_("Objectifs"), told.aims),
        (_("Description"), told.summary),
        (_("Besoin auquel il répond"), told.needs),
        (_("Public bénéficiaire"), told.audience),
        (_("Nombre de bénéficiaires"), _count(told.audience_count)),
        (_("Territoire"), _places(form)),
        (_("Moyens matériels et humains"), told.means),
        (_("Partenaires et participation des habitants"), told.partnership),
        (_("Dates"), _days(told)),
        (_("Évaluation"), told.evaluation),
        (
            _("Indicateurs"),
            " ; ".join(f"{each.name} : {each.target} {each.unit}".strip() for each in form.indicators),
        ),
    ]


def _places(form: Form) -> str:
    if not form.places and form.application.perimeter_unknown:
        return _("lieux pas encore connus")
    return ", ".join(f"{place.name} ({place.code})" for place in form.places)


def _days(told: Application) -> str:
    if not (told.starts_on and told.ends_on):
        return ""
    days = {
        "start": date_format(told.starts_on, "DATE_FORMAT"),
        "end": date_format(told.ends_on, "DATE_FORMAT"),
    }
    return _("du %(start)s au %(end)s") % days


def _count(n: int | None) -> str:
    return "" if n is None else numbers.number(n)
