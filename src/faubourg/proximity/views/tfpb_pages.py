"""What the pages of a landlord's convention share: which one an address means, how a form of it looks."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from faubourg.base.refusal import require

from ..access.tfpb import can_write_tfpb
from ..models import TfpbAgreement, TfpbYear
from ..queries.tfpb import agreement_by_pk
from .walk_pages import FormPage

TEMPLATE = "proximity/tfpb/form.html"


def asked_tfpb(pk: int) -> TfpbAgreement:
    """The convention of this number; a 404 that helps."""
    found = agreement_by_pk(pk)
    if found is None:
        raise Http404(_("Aucune convention d’abattement ne porte ce numéro."))
    return found


def written_tfpb(request: HttpRequest, pk: int) -> TfpbAgreement:
    """The same, for its landlord."""
    found = asked_tfpb(pk)
    require(can_write_tfpb(request.user, found))
    return found


def asked_year(pk: int, year: int) -> TfpbYear:
    """One year of a convention, holding it whole; a 404 that helps."""
    agreement = asked_tfpb(pk)
    found = next((one for one in agreement.years.all() if one.year == year), None)
    if found is None:
        raise Http404(_("Cette convention ne couvre pas l’année %(year)s.") % {"year": year})
    found.agreement = agreement
    return found


def form_page(
    agreement: TfpbAgreement,
    *,
    heading: str,
    done: str,
    back: str = "",
    lead: str = "",
    submit: str = "",
    key: str = "",
    fields: Mapping[str, str] | None = None,
    theirs: Callable[[], Mapping[str, Any]] = dict,
    **more: Any,
) -> FormPage:
    """A form about one convention."""
    return FormPage(
        area=agreement.area,
        heading=heading,
        done=done,
        back=back or reverse("tfpb", args=[agreement.pk]),
        lead=lead,
        submit=submit,
        key=key,
        fields=fields or {},
        theirs=theirs,
        template=more.pop("template", TEMPLATE),
        more={"agreement": agreement, **more},
    )


def year_address(year: TfpbYear) -> str:
    """Its review."""
    return reverse("tfpb_year", args=[year.agreement_id, year.year])
