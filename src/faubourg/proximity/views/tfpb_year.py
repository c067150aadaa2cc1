"""A landlord's review of a year: filled by itself, handed in, visited, signed by the town and the State."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base import pdf
from faubourg.base.refusal import require
from faubourg.contracts.views.not_compiled import not_compiled

from ..access import tfpb as rights
from ..forms.tfpb import YearForm
from ..forms.tfpb_opinions import VISITORS, DelayForm, OpinionForm, ReasonForm, VisitForm
from ..models import TfpbYear
from ..queries.tfpb import alerts_of, judge_year, under_review
from ..queries.tfpb_review import review_of
from ..services import tfpb_moves as moves
from ..services import tfpb_spending as spending
from ..tfpb_paper import TEMPLATE, review_data, title_of
from .finding import actor_of
from .tfpb_pages import asked_year, form_page, year_address
from .walk_pages import answer, sent, told, version_in

READ = ["GET", "HEAD", "POST"]


def readable_year(request: HttpRequest, pk: int, year: int) -> TfpbYear:
    """For the landlord and partners; for everybody once both the town and the State signed it."""
    found = asked_year(pk, year)
    if not (found.town_signed_on and found.state_signed_on):
        require(rights.can_read_tfpb(request.user, found.agreement))
    return found


@require_safe
def tfpb_year(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """`/tfpb/<pk>/annees/<year>/`"""
    found = readable_year(request, pk, year)
    agreement, today = found.agreement, timezone.localdate()
    now = under_review(agreement)
    reads = rights.can_read_tfpb(request.user, agreement).ok is True
    context = {
        "year": found,
        "agreement": agreement,
        "area": agreement.area,
        "review": review_of(found),
        "opens": judge_year(agreement, found, today),
        "visitors": [VISITORS[kind] for kind in found.visitors if kind in VISITORS],
        "reads": reads,
        "alerts": [reason for one, reason in alerts_of(agreement, today) if one.pk == found.pk]
        if reads
        else [],
        "is_now": now is not None and now.pk == found.pk,
        **_may(request, found),
    }
    return render(request, "proximity/tfpb/year.html", context)


def _may(request: HttpRequest, year: TfpbYear) -> dict[str, Any]:
    """What this reader may do on the review as it stands."""
    agreement = year.agreement
    writes = rights.can_write_tfpb(request.user, agreement).ok is True
    frames = rights.can_frame_tfpb(request.user, agreement).ok is True
    sides = [
        (side, label)
        for side, label in (("town", _("Signer pour la collectivité")), ("state", _("Signer pour l’État")))
        if agreement.state == "visited"
        and not getattr(year, f"{side}_signed_on")
        and rights.can_sign_review(request.user, year, side).ok
    ]
    return {
        "may_edit": writes and year.reported_on is None,
        "may_hand_in": writes and agreement.state == "running" and year.reported_on is None,
        "may_visit": frames and agreement.state == "reported",
        "may_delay": frames,
        "may_flag": frames
        and agreement.state in ("signed", "running", "reported", "visited", "approved_with_reserves"),
        "sides": sides,
    }


@require_safe
def tfpb_year_pdf(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """`…/bilan.pdf`: the same words as the page, PDF/A-3a and PDF/UA-1."""
    found = readable_year(request, pk, year)
    title = title_of(found)
    lang = (get_language() or "fr")[:2]
    try:
        content = pdf.compile(TEMPLATE, review_data(found), lang=lang, title=title)
    except pdf.NotCompiled:
        return not_compiled(request, title=title, back=year_address(found))
    name = f"bilan-tfpb-{found.agreement_id}-{found.year}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Content-Language": lang}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_http_methods(READ)
def tfpb_year_edit(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """`…/chiffres/`: dwellings, rebate, what tenants say."""
    found = asked_year(pk, year)
    require(rights.can_write_tfpb(request.user, found.agreement))
    form = YearForm(sent(request), initial=YearForm.values_of(found))
    page = form_page(
        found.agreement,
        heading=_("Les chiffres de %(year)s") % {"year": year},
        done=_("Les chiffres de l’année sont enregistrés."),
        back=year_address(found),
        key=f"tfpb-year:{found.pk}",
        theirs=lambda: YearForm.values_of(TfpbYear.objects.get(pk=found.pk)),
    )
    return answer(
        request,
        form,
        lambda: spending.write_year(
            year=found, facts=form.facts(), base_version=form.base_version, by=actor_of(request)
        ),
        page,
    )


@require_http_methods(READ)
def tfpb_delay(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """`…/delai/`: a later day to sign, set by the State."""
    found = asked_year(pk, year)
    require(rights.can_frame_tfpb(request.user, found.agreement))
    start = {"until": found.dispensation_on, "words": found.dispensation_words, "version": found.version}
    form = DelayForm(sent(request), initial=start)
    page = form_page(
        found.agreement,
        heading=_("Délai de signature pour %(year)s") % {"year": year},
        lead=_("Quand un texte admet une signature plus tardive pour cette imposition."),
        done=_("Le délai est noté."),
        back=year_address(found),
    )
    return answer(
        request,
        form,
        lambda: spending.grant_delay(
            year=found, base_version=form.base_version, by=actor_of(request), **form.told()
        ),
        page,
    )


@require_POST
def tfpb_hand_in(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """`…/remettre/`: the landlord hands its review in."""
    found = asked_year(pk, year)
    require(rights.can_write_tfpb(request.user, found.agreement))
    told(
        request,
        lambda: moves.hand_in(year=found, base_version=version_in(request), by=actor_of(request)),
        _("Le bilan est remis : la visite contradictoire peut avoir lieu."),
    )
    return redirect("tfpb_year", pk, year)


@require_http_methods(READ)
def tfpb_visit(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """`…/visite/`: landlord, town and residents went together."""
    found = asked_year(pk, year)
    require(rights.can_frame_tfpb(request.user, found.agreement))
    form = VisitForm(sent(request), initial={"on": timezone.localdate(), "version": found.version})
    page = form_page(
        found.agreement,
        heading=_("La visite contradictoire"),
        lead=_("Le bailleur, la collectivité et des habitants voient ensemble ce que l’abattement a permis."),
        done=_("La visite est notée : la collectivité et l’État peuvent signer."),
        back=year_address(found),
        fields={"tfpb_visit": "visitors"},
    )
    return answer(
        request,
        form,
        lambda: moves.visit(year=found, base_version=form.base_version, by=actor_of(request), **form.told()),
        page,
    )


@require_http_methods(READ)
def tfpb_sign(request: HttpRequest, pk: int, year: int, side: str) -> HttpResponse:
    """`…/signer/town/`, `…/signer/state/`: one side's opinion, with its reserves."""
    if side not in moves.SIDES:
        raise Http404(_("Le bilan est signé par la collectivité et par l’État."))
    found = asked_year(pk, year)
    require(rights.can_sign_review(request.user, found, side))
    form = OpinionForm(sent(request), initial={"version": found.version})
    heading = _("Signer pour la collectivité") if side == "town" else _("Signer pour l’État")
    page = form_page(
        found.agreement,
        heading=heading,
        lead=_("Vous signez le bilan %(year)s tel qu’il a été remis.") % {"year": year},
        done=_("Votre signature est enregistrée."),
        back=year_address(found),
        submit=_("Signer"),
        key=f"tfpb-sign:{found.pk}:{side}",
        review=review_of(found),
        template="proximity/tfpb/sign.html",
        year=found,
    )
    return answer(
        request,
        form,
        lambda: moves.sign_review(
            year=found, side=side, base_version=form.base_version, by=actor_of(request), **form.told()
        ),
        page,
    )


@require_http_methods(READ)
def tfpb_flag(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """`…/signaler/`: the use of the rebate is questioned."""
    found = asked_year(pk, year)
    require(rights.can_frame_tfpb(request.user, found.agreement))
    form = ReasonForm(sent(request), initial={"version": found.version})
    page = form_page(
        found.agreement,
        heading=_("Signaler au préfet"),
        lead=_("L’usage de l’abattement fait question : dites pourquoi. Le bailleur le lira."),
        done=_("L’année est signalée au préfet."),
        back=year_address(found),
        submit=_("Signaler"),
        fields={"tfpb_reason": "reason"},
    )
    return answer(
        request,
        form,
        lambda: moves.flag(
            year=found,
            reason=form.cleaned_data["reason"],
            base_version=form.base_version,
            by=actor_of(request),
        ),
        page,
    )
