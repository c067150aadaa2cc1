"""The list of the conventions of a contract: what each is about, until when, how many signed."""

from django.utils.translation import gettext_lazy as _

from faubourg.base.listing import Column, Listing

from .agreements import agreement_url
from .models import Convention


def _kind(convention: Convention) -> str:
    return str(convention.get_kind_display())


def _state(convention: Convention) -> str:
    return str(convention.get_state_display())


def _signed(convention: Convention) -> str:
    counted = convention  # annotated by the query: how many have to sign, how many did
    return f"{counted.signed_count}/{counted.party_count}"  # type: ignore[attr-defined]


CONVENTIONS = Listing(
    title=_("Conventions"),
    columns=[
        Column(name="titre", label=_("Convention"), value="title", sort=("title",), url=agreement_url),
        Column(name="nature", label=_("Nature"), value=_kind, sort=("kind",)),
        Column(name="etat", label=_("État"), value=_state, sort=("state",)),
        Column(name="du", label=_("Du"), value="starts_on", sort=("starts_on",)),
        Column(name="au", label=_("Au"), value="ends_on", sort=("ends_on",)),
        Column(name="signatures", label=_("Signatures"), value=_signed, numeric=True),
    ],
    default_sort="-au",
)
