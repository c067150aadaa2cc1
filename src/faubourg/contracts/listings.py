"""The list of contracts and that of analyses: columns, order, what the files say of their source."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.base.listing import Column, Listing
from faubourg.base.sentences import in_words, said_or_quoted
from faubourg.rules.calendar import judge

from .filters import CLOSED, ContractFilter, DeliverableFilter
from .models import Analysis, Contract, Deliverable


def _bearers(contract: Contract) -> str:
    return ", ".join(
        bearer.territory.name if bearer.territory else bearer.printed_code
        for bearer in contract.bearers.all()
    )


def _departement(contract: Contract) -> str:
    return contract.departement.name if contract.departement else ""


def _region(contract: Contract) -> str:
    region = contract.departement.region if contract.departement else None
    return region.name if region else ""


def contract_url(contract: Contract, name: str = "contract", *args: object) -> str:
    """The address of a page of a contract; the older generation says so: 45 codes occur in both."""
    address = reverse(name, args=[contract.code, *args])
    older = contract.generation == Contract.Generation.G2015
    return f"{address}?generation={contract.generation}" if older else address


def contract_urls(contract: Contract, name: str, keys: Iterable[int]) -> dict[int, str]:
    """The same page of many objects by their keys: the route is asked once, not once a line."""
    before, after = contract_url(contract, name, 0).rsplit("/0/", 1)
    return {key: f"{before}/{key}/{after}" for key in keys}


def _analysis_url(analysis: Analysis) -> str:
    return reverse("analysis", args=[analysis.slug])


def _origin(analysis: Analysis) -> str:
    """A list is public and its files travel: they name a document, never a person."""
    return str(analysis.source) if analysis.source else gettext("une personne habilitée")


def _deliverable_url(deliverable: Deliverable) -> str:
    return contract_url(deliverable.contract, "contract_deliverable", deliverable.pk)


def _standing(deliverable: Deliverable) -> str:
    """Where it stands today, in words."""
    today = localdate()
    closed = today if deliverable.contract.state in CLOSED else None
    return in_words(judge(deliverable.due_on, deliverable.delivered_on, today, closed).reason)


CONTRACTS = Listing(
    title=_("Contrats de ville"),
    columns=[
        Column(name="nom", label=_("Contrat"), value="name", sort=("sort_key",), url=contract_url),
        Column(name="code", label=_("Code"), value="code", sort=("code",)),
        Column(name="generation", label=_("Génération"), value="generation", sort=("generation", "sort_key")),
        Column(name="porteur", label=_("Porté par"), value=_bearers),
        Column(
            name="departement",
            label=_("Département"),
            value=_departement,
            sort=("departement__code", "sort_key"),
        ),
        Column(
            name="region",
            label=_("Région"),
            value=_region,
            sort=("departement__region__sort_key", "sort_key"),
        ),
        Column(
            name="population",
            label=_("Population en QPV imprimée par la source"),
            value="printed_population",
            sort=("printed_population",),
            numeric=True,
        ),
    ],
    default_sort="nom",
    filter_form=ContractFilter,
    caption_lines=lambda: [
        gettext(
            "Contrats de ville 2015-2023 et 2024-2030 (ANCT). Population : telle que la source l’imprime."
        )
    ],
)

ANALYSES = Listing(
    title=_("Analyses transversales"),
    columns=[
        Column(name="titre", label=_("Analyse"), value="title", sort=("title",), url=_analysis_url),
        Column(
            name="contrats",
            label=_("Contrats comparés"),
            value="row_count",
            sort=("row_count",),
            numeric=True,
        ),
        Column(
            name="origine",
            label=_("Lue de, ou composée par"),
            value=_origin,
        ),
    ],
    default_sort="titre",
)

DELIVERABLES = Listing(
    title=_("Livrables"),
    columns=[
        Column(name="nom", label=_("Livrable"), value="name", sort=("name",), url=_deliverable_url),
        Column(
            name="du-par", label=_("Dû par"), value="owner", show=lambda owed: said_or_quoted(str(owed.owner))
        ),
        Column(
            name="phase",
            label=_("Phase"),
            value=lambda one: one.phase.name if one.phase else "",
            sort=("phase__order", "due_on"),
        ),
        Column(name="imprime", label=_("Date imprimée"), value="due_printed"),
        Column(name="prevu", label=_("Prévu pour le"), value="due_on", sort=("due_on",)),
        Column(name="remis", label=_("Remis le"), value="delivered_on", sort=("delivered_on",)),
        Column(name="valide", label=_("Validé le"), value="validated_on", sort=("validated_on",)),
        Column(name="etat", label=_("Où il en est"), value=_standing),
    ],
    default_sort="prevu",
    filter_form=DeliverableFilter,
    caption_lines=lambda: [gettext("Le retard est compté du dernier jour dans les temps, jamais saisi.")],
)
