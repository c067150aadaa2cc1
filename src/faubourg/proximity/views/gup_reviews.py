"""Reviews of a GUP convention: filled with what happened, answered, published as a page and a PDF."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base import pdf
from faubourg.base.refusal import require
from faubourg.contracts.views.not_compiled import not_compiled

from ..access.gup import can_read_review, can_write_gup
from ..forms.gup import QUESTIONS, NewReviewForm, ReviewForm
from ..gup_paper import figures_told, review_data, title_of
from ..models import GupReview
from ..queries.gup import review_by_pk
from ..services import gup as services
from ..tfpb_paper import TEMPLATE
from .finding import actor_of
from .gup import FORM, READ, written_gup
from .walk_pages import FormPage, answer, sent, told, version_in


def asked_review(pk: int) -> GupReview:
    """The review of this number; a 404 that helps."""
    found = review_by_pk(pk)
    if found is None:
        raise Http404(_("Aucun bilan de GUP ne porte ce numéro."))
    return found


@require_http_methods(READ)
def gup_review_new(request: HttpRequest, pk: int) -> HttpResponse:
    """`/gup/<pk>/bilans/nouveau/`"""
    found = written_gup(request, pk)
    start = {"kind": GupReview.Kind.ANNUAL, "year": timezone.localdate().year}
    form = NewReviewForm(sent(request), initial=start)
    made: list[GupReview] = []
    page = FormPage(
        area=found.area,
        heading=_("Préparer un bilan"),
        lead=_("Les chiffres se remplissent d’eux-mêmes ; il reste à répondre à ce qu’ils ne disent pas."),
        back=reverse("gup", args=[pk]),
        done=_("Le bilan est prêt à être complété."),
        template=FORM,
        more={"gup": found},
    )
    response = answer(
        request,
        form,
        lambda: made.append(services.prepare_review(gup=found, by=actor_of(request), **form.cleaned_data)),
        page,
    )
    return redirect("gup_review", made[0].pk) if made else response


@require_safe
def gup_review(request: HttpRequest, pk: int) -> HttpResponse:
    """`/gup/bilans/<pk>/`: figures, answers; public once it is published."""
    found = asked_review(pk)
    require(can_read_review(request.user, found))
    context = {
        "review": found,
        "gup": found.gup,
        "area": found.gup.area,
        "title": title_of(found),
        "sections": figures_told(found),
        "answers": [(label, found.answers.get(name, "")) for name, label in QUESTIONS.items()],
        "runs": can_write_gup(request.user, found.gup).ok,
    }
    return render(request, "proximity/gup/review.html", context)


@require_safe
def gup_review_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """`/gup/bilans/<pk>/bilan.pdf`: the same words, PDF/A-3a and PDF/UA-1."""
    found = asked_review(pk)
    require(can_read_review(request.user, found))
    title, lang = title_of(found), (get_language() or "fr")[:2]
    try:
        content = pdf.compile(TEMPLATE, review_data(found), lang=lang, title=title)
    except pdf.NotCompiled:
        return not_compiled(request, title=title, back=reverse("gup_review", args=[pk]))
    name = f"bilan-gup-{found.gup_id}-{found.year}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Content-Language": lang}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_http_methods(READ)
def gup_review_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """`/gup/bilans/<pk>/modifier/`"""
    found = asked_review(pk)
    require(can_write_gup(request.user, found.gup))
    start = {"summary": found.summary, "version": found.version, **found.answers}
    form = ReviewForm(sent(request), initial=start)
    page = FormPage(
        area=found.gup.area,
        heading=_("Ce que les chiffres ne disent pas"),
        back=reverse("gup_review", args=[pk]),
        done=_("Le bilan est enregistré."),
        key=f"gup-review:{pk}",
        template=FORM,
        theirs=lambda: {"summary": asked_review(pk).summary, **asked_review(pk).answers},
        more={"gup": found.gup},
    )
    return answer(
        request,
        form,
        lambda: services.write_review(
            review=found,
            summary=form.cleaned_data["summary"],
            answers=form.answers(),
            base_version=form.base_version,
            by=actor_of(request),
        ),
        page,
    )


@require_POST
def gup_review_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """`/gup/bilans/<pk>/publier/`"""
    found = asked_review(pk)
    require(can_write_gup(request.user, found.gup))
    told(
        request,
        lambda: services.publish_review(review=found, base_version=version_in(request), by=actor_of(request)),
        _("Le bilan est public ; ses chiffres ne changent plus."),
    )
    return redirect("gup_review", pk)
