"""The lists of the money of a call: decisions (the programming), letters, payments; columns and files."""

from collections.abc import Iterable
from functools import partial

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.base.listing import Column, Listing
from faubourg.base.numbers import cents
from faubourg.base.sentences import in_words
from faubourg.rules.calls.circuits import FUNDER_DECISION, PAYMENT_CIRCUIT

from .forms.money_filters import DecisionFilter, PaymentFilter
from .models import Call, CallFunder, FunderDecision, Letter, Payment
from .queries.payments import clock_of


def decision_url(decision: FunderDecision) -> str:
    """The page of one decision."""
    return reverse("funder_decision", args=[decision.pk])


def decision_state(decision: FunderDecision) -> str:
    """Its state in the reader's language."""
    return gettext(FUNDER_DECISION.states[decision.state])


def payment_state(payment: Payment) -> str:
    """Its state in the reader's language."""
    return gettext(PAYMENT_CIRCUIT.states[payment.state])


def _contract(decision: FunderDecision) -> str:
    return decision.application.contract.name if decision.application.contract else ""


DECISION_COLUMNS = [
    Column(name="numero", label=_("Dossier"), value="application.number", sort=("application__number", "pk"),
           url=decision_url),
    Column(name="titre", label=_("Action"), value="application.title", sort=("application__title",)),
    Column(name="porteur", label=_("Porteur"), value="application.organisation.name",
           sort=("application__organisation__sort_key",)),
    Column(name="contrat", label=_("Contrat"), value=_contract),
    Column(name="financeur", label=_("Financeur"), value="funder.name", sort=("funder__order", "funder")),
    Column(name="nature", label=_("Nature"), value=lambda one: str(one.get_nature_display())),
    Column(name="annee", label=_("Année"), value="year", show=lambda one: one.year, sort=("year",)),
    Column(name="demande", label=_("Demandé"), value=lambda one: one.requested_cents / 100,
           show=lambda one: cents(one.requested_cents), sort=("requested_cents",), numeric=True),
    Column(name="montant", label=_("Montant"), value=lambda one: one.amount_cents / 100,
           show=lambda one: cents(one.amount_cents), sort=("amount_cents",), numeric=True),
    Column(name="etat", label=_("État"), value=decision_state, sort=("state", "application__number")),
    Column(name="acte", label=_("Acte"), value="act"),
    Column(name="vote", label=_("Voté le"), value="voted_on", sort=("voted_on",)),
]  # fmt: skip


def decision_listing(call: Call) -> Listing:
    """The programming table of one call."""
    return Listing(
        title=_("Décisions"),
        columns=DECISION_COLUMNS,
        default_sort="numero",
        filter_form=partial(DecisionFilter, funders=_funders(call)),
        caption_lines=lambda: [
            gettext(
                "Programmation de « %(call)s », en euros : une ligne par financeur, nature et année. Chaque "
                "ligne est à un seul niveau, celui de la colonne « État » : ils ne s’additionnent pas."
            )
            % {"call": call.title}
        ],
    )


def _letter_state(letter: Letter) -> str:
    if letter.read_at:
        return gettext("lu le %(day)s par %(who)s") % {
            "day": date_format(localtime(letter.read_at), "SHORT_DATE_FORMAT"),
            "who": letter.read_by_name,
        }
    return gettext("envoyé, pas encore lu") if letter.sent_at else gettext("brouillon")


LETTERS = Listing(
    title=_("Courriers"),
    columns=[
        Column(name="objet", label=_("Objet"), value="subject", sort=("subject",),
               url=lambda letter: reverse("letter", args=[letter.pk])),
        Column(name="numero", label=_("Dossier"), value="application.number", sort=("application__number",)),
        Column(name="porteur", label=_("Porteur"), value="application.organisation.name",
               sort=("application__organisation__sort_key",)),
        Column(name="nature", label=_("Nature"), value=lambda letter: str(letter.get_kind_display()),
               sort=("kind",)),
        Column(name="financeur", label=_("Financeur"),
               value=lambda letter: letter.funder.name if letter.funder else gettext("tous")),
        Column(name="envoi", label=_("Envoyé le"), value="sent_at", sort=("sent_at",)),
        Column(name="etat", label=_("Où il en est"), value=_letter_state),
    ],
    default_sort="-envoi",
)  # fmt: skip


def _clock(payment: Payment) -> str:
    return in_words(clock_of(payment).reason)


PAYMENT_COLUMNS = [
    Column(name="numero", label=_("Dossier"), value="decision.application.number",
           sort=("decision__application__number",), url=lambda one: decision_url(one.decision)),
    Column(name="porteur", label=_("Porteur"), value="decision.application.organisation.name",
           sort=("decision__application__organisation__sort_key",)),
    Column(name="financeur", label=_("Financeur"), value="decision.funder.name", sort=("decision__funder",)),
    Column(name="fait", label=_("Fait générateur"), value="event"),
    Column(name="montant", label=_("Montant"), value=lambda one: one.cents / 100,
           show=lambda one: cents(one.cents), sort=("cents",), numeric=True),
    Column(name="etat", label=_("État"), value=payment_state, sort=("state", "due_on")),
    Column(name="avant", label=_("À verser avant le"), value="due_on", sort=("closed", "due_on")),
    Column(name="delai", label=_("Délai"), value=_clock),
    Column(name="mandat", label=_("Mandat"), value="reference"),
    Column(name="verse", label=_("Versé le"), value="paid_on", sort=("paid_on",)),
]  # fmt: skip


def payment_listing(call: Call) -> Listing:
    """The payments of one call, late ones first."""
    return Listing(
        title=_("Versements"),
        columns=PAYMENT_COLUMNS,
        default_sort="avant",
        filter_form=partial(PaymentFilter, funders=_funders(call)),
        caption_lines=lambda: [gettext("Versements de « %(call)s », en euros.") % {"call": call.title}],
    )


def _funders(call: Call) -> Iterable[CallFunder]:
    return call.funders.all()
