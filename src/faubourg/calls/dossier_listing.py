"""The list of the dossiers of a call: its columns, its order, what its files say of themselves."""

from collections.abc import Sequence
from functools import partial

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.base.listing import Column, Listing
from faubourg.base.numbers import cents
from faubourg.rules.calls.circuits import APPLICATION

from .forms.dossiers import DossierFilter
from .models import Application, Call, CallFunder

PAGE = 30
_BOX = '<input type="checkbox" name="dossier" value="{}" form="together" aria-label="{} {}">'


def state_of(application: Application) -> str:
    """Its state as the circuit names it, in the reader's language."""
    return gettext(APPLICATION.states[application.state])


def _euros(application: Application) -> float:
    return application.asked_cents / 100


def _places(application: Application) -> str:
    return ", ".join(place.name for place in application.territories.all())


COLUMNS = [
    Column(name="numero", label=_("Numéro"), value="number", sort=("number",)),
    Column(name="titre", label=_("Action"), value="title", sort=("title",), url=Application.get_absolute_url),
    Column(
        name="porteur", label=_("Qui demande"), value="organisation.name", sort=("organisation__sort_key",)
    ),
    Column(name="mesure", label=_("Mesure"), value="measure", sort=("measure", "number")),
    Column(
        name="contrat",
        label=_("Contrat"),
        value=lambda application: application.contract.name if application.contract else "",
        sort=("contract__sort_key", "number"),
    ),
    Column(name="lieux", label=_("Lieux"), value=_places),
    Column(
        name="montant",
        label=_("Demandé"),
        value=_euros,
        show=lambda application: cents(application.asked_cents),
        sort=("asked_cents",),
        numeric=True,
    ),
    Column(name="rang", label=_("Rang"), value="rank", sort=("rank", "number"), numeric=True),
    Column(name="etat", label=_("État"), value=state_of, sort=("state", "number")),
    Column(name="date", label=_("Déposé le"), value="submitted_at", sort=("submitted_at",)),
    Column(name="delai", label=_("Hors délai"), value="late"),
]


def _pick(application: Application) -> SafeString:
    return format_html(_BOX, application.pk, gettext("Choisir le dossier"), application.number)


PICK = Column(name="choix", label=_("Choisir"), value="pk", show=_pick)


def dossier_listing(call: Call, mine: Sequence[CallFunder], *, picks: bool = False) -> Listing:
    """Bound to one call: its filters offer what this call has; `picks` adds a box to each line."""
    return Listing(
        title=_("Dossiers"),
        columns=[PICK, *COLUMNS] if picks else COLUMNS,
        default_sort="-date",
        filter_form=partial(DossierFilter, call=call, mine=mine),
        page_size=PAGE,
        caption_lines=lambda: [
            gettext(
                "Dossiers déposés de « %(call)s ». « Demandé » : ce qui est demandé à tous les financeurs de "
                "l’appel, en euros. Les dossiers dont la personne s’est déportée n’y sont pas."
            )
            % {"call": call.title}
        ],
    )
