"""The posts of a contract or a convention: who holds them, until when, who pays."""

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from faubourg.base.refusal import Conflict
from faubourg.contracts.agreements import Agreement, agreement_url, of
from faubourg.contracts.forms.convention import Funders, PostForm, shares_of
from faubourg.contracts.models import Contract, Post
from faubourg.contracts.services import posts as services

from .agreement_pages import attempt, form_page, name_of, written_agreement
from .conflict import again
from .people import actor_of

FIELDS = {"etp": "etp", "ends_on": "ends_on", "title": "title"}


@require_http_methods(["GET", "HEAD", "POST"])
def post_add(request: HttpRequest, code: str = "", convention: int = 0) -> HttpResponse:
    """`…/postes/ajouter/`"""
    found = written_agreement(request, code, convention)
    return _post(request, found, None)


@require_http_methods(["GET", "HEAD", "POST"])
def post_edit(request: HttpRequest, pk: int, code: str = "", convention: int = 0) -> HttpResponse:
    """`…/postes/<pk>/modifier/`"""
    found = written_agreement(request, code, convention)
    row = of(Post.objects.prefetch_related("funders"), found).filter(pk=pk).first()
    if row is None:
        raise Http404(_("Ce poste n’existe pas, ou plus."))
    return _post(request, found, row)


def _post(request: HttpRequest, found: Agreement, row: Post | None) -> HttpResponse:
    start = PostForm.values_of(row)
    form = PostForm(request.POST or None, initial=start, post=row)
    paid = [
        {"name": each.name, "share": Decimal(each.share_bp) / 100}
        for each in (row.funders.all() if row else ())
    ]
    funders = Funders(request.POST or None, initial=paid, prefix="part")
    more: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid() and funders.is_valid():
        try:
            gone = attempt(
                request,
                form,
                lambda: services.save_post(
                    agreement=found,
                    post=row,
                    terms=form.terms(shares_of(funders)),
                    base_version=form.cleaned_data["version"],
                    by=actor_of(request),
                ),
                done=_("Le poste est enregistré."),
                to=_back(found),
                fields=FIELDS,
            )
            if gone:
                return gone
        except Conflict:
            assert row is not None
            row.refresh_from_db()
            form = PostForm(again(form, row.version), post=row)
            more = {"status": 409, "saved_between": True}
    more = more or ({"status": 422} if request.method == "POST" else {})
    heading = _("Modifier le poste") if row else _("Ouvrir un poste")
    return form_page(
        request, found, form, heading=heading, lead=name_of(found), back=_back(found), funders=funders,
        template="contracts/agreement/post.html", **more,
    )  # fmt: skip


def _back(found: Agreement) -> str:
    page = agreement_url(found, "ends" if isinstance(found, Contract) else "")
    return f"{page}#postes"
