"""The lists of the droit commun register and of commitments: columns, order, what their files say."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from faubourg.base import numbers
from faubourg.base.listing import Column, Listing
from faubourg.base.sentences import said_or_quoted
from faubourg.rules.commitment_light import Light, light

from .forms.ordinary import CommitmentFilter, MeansFilter, whole_territory
from .listings import contract_url
from .models import Commitment, OrdinaryMeans
from .queries.ordinary import partner_of

TONES = {
    "kept": "good",
    "kept_late": "good",
    "late": "bad",
    "soon": "warn",
    "on_course": "info",
    "undated": "neutral",
    "dropped": "neutral",
}


def light_of(commitment: Commitment) -> Light:
    """Its light today."""
    return light(
        due_on=commitment.due_on,
        kept_on=commitment.kept_on,
        dropped_on=commitment.dropped_on,
        today=timezone.localdate(),
    )


def light_words(commitment: Commitment) -> str:
    """Its light in words, with how many days."""
    found = light_of(commitment)
    n = found.days or 0
    late, soon, kept_late = (
        ngettext("en retard de %(n)s jour", "en retard de %(n)s jours", n),
        ngettext("échéance dans %(n)s jour", "échéance dans %(n)s jours", n),
        ngettext("tenu avec %(n)s jour de retard", "tenu avec %(n)s jours de retard", n),
    )
    words = {
        "kept": gettext("tenu"),
        "kept_late": kept_late,
        "late": late,
        "soon": soon,
        "on_course": gettext("en cours"),
        "undated": gettext("sans échéance"),
        "dropped": gettext("abandonné"),
    }
    template = words[found.state]
    return template % {"n": n} if "%(n)s" in template else template


def light_badge(commitment: Commitment) -> SafeString:
    """The same as the pages show it: words first, colour after."""
    tone = TONES[light_of(commitment).state]
    return format_html('<span class="badge badge-{}">{}</span>', tone, light_words(commitment))


def due_words(commitment: Commitment) -> str:
    """The words of the document when it has some, else the day."""
    if commitment.due_printed:
        return commitment.due_printed
    return date_format(commitment.due_on, "DATE_FORMAT") if commitment.due_on else ""


def partner_words(commitment: Commitment) -> str:
    """The partner's name, as known here or as printed."""
    return commitment.partner.name if commitment.partner else commitment.partner_printed


def _means_url(means: OrdinaryMeans) -> str:
    return contract_url(means.contract, "contract_means", means.pk)


def _commitment_url(commitment: Commitment) -> str:
    return contract_url(commitment.contract, "contract_commitment", commitment.pk)


MEANS = Listing(
    title=_("Registre de droit commun"),
    columns=[
        Column(
            name="objet",
            label=_("Ce qui existe"),
            value="label",
            sort=("label",),
            url=_means_url,
            show=lambda means: said_or_quoted(means.label),
        ),
        Column(
            name="nature",
            label=_("Nature"),
            value=lambda means: means.get_kind_display(),
            sort=("kind", "label"),
        ),
        Column(
            name="partenaire",
            label=_("Partenaire"),
            value=partner_of,
            sort=("partner_printed", "partner__sort_key"),
        ),
        Column(
            name="quartier",
            label=_("Quartier"),
            value=lambda means: means.neighbourhood.name if means.neighbourhood else whole_territory(),
            sort=("neighbourhood__sort_key",),
        ),
        Column(
            name="situation",
            label=_("Situation"),
            value=lambda means: means.get_place_display(),
            sort=("place", "label"),
        ),
        Column(name="annee", label=_("Année"), value="year", sort=("year",)),
        Column(
            name="montant",
            label=_("Montant en euros"),
            value=lambda means: None if means.amount_cents is None else means.amount_cents / 100,
            sort=("amount_cents",),
            numeric=True,
            show=lambda means: "—" if means.amount_cents is None else numbers.cents(means.amount_cents),
        ),
        Column(name="etp", label=_("ETP"), value="etp", sort=("etp",), numeric=True),
        Column(
            name="source",
            label=_("Source"),
            value=lambda means: str(means.source) if means.source else gettext("une personne habilitée"),
        ),
    ],
    default_sort="objet",
    filter_form=MeansFilter,
    caption_lines=lambda: [
        gettext("Droit commun : ne s’additionne pas aux crédits spécifiques de la politique de la ville.")
    ],
)

COMMITMENTS = Listing(
    title=_("Engagements de droit commun"),
    columns=[
        Column(name="engagement", label=_("Engagement"), value="text", sort=("text",), url=_commitment_url),
        Column(
            name="partenaire",
            label=_("Partenaire"),
            value=partner_words,
            sort=("partner_printed", "partner__sort_key"),
        ),
        Column(name="cible", label=_("Cible"), value="target"),
        Column(name="echeance", label=_("Échéance"), value=due_words, sort=("due_on",)),
        Column(name="etat", label=_("Où on en est"), value=light_words, show=light_badge),
        Column(
            name="preuve",
            label=_("Preuve"),
            value=lambda each: each.proof or (gettext("document déposé") if each.proof_document_id else ""),
        ),
    ],
    default_sort="echeance",
    filter_form=CommitmentFilter,
)
