"""Amendments of a contract or a convention: prepared, shown with their difference, signed."""

from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base.numbers import whole_number
from faubourg.base.refusal import Conflict, Refused, require
from faubourg.contracts import access
from faubourg.contracts.agreements import Agreement, agreement_url, is_running, of
from faubourg.contracts.forms.agreement import ConfirmForm
from faubourg.contracts.forms.text import AmendmentForm, ChangeForm, SignAmendmentForm
from faubourg.contracts.models import AmendedArticle, Amendment, Article, Contract
from faubourg.contracts.queries.text import amendments_of, articles_of, changed_lines, text_at
from faubourg.contracts.services import amendments as services

from .agreement_pages import (
    asked_agreement,
    attempt,
    crumbs_of,
    form_page,
    name_of,
    overline_of,
    written_agreement,
)
from .conflict import again
from .people import actor_of, in_words
from .text import draft_ref

FIELDS = {
    "circuit_day": "signed_on",
    "amendment_effect": "effective_on",
    "amendment_end": "new_end",
    "amendment_reason": "reason",
    "number": "number",
}


@require_safe
def amendment(request: HttpRequest, pk: int, code: str = "", convention: int = 0) -> HttpResponse:
    """`…/avenants/<pk>/`: public once signed; what it changes, word by word."""
    found = asked_agreement(request, code, convention)
    row = _asked(found, pk)
    if not row.signed_on:
        require(access.can_read_agreement_workings(request.user, found))
    every = amendments_of(found, drafts=True)
    row = next(each for each in every if each.pk == row.pk)
    articles = articles_of(found)
    context = {
        "agreement": found,
        "contract": found if isinstance(found, Contract) else found.contract,
        "crumbs": [*crumbs_of(found), (_("Texte"), agreement_url(found, "text"))],
        "overline": f"{overline_of(found)} · {name_of(found)}",
        "amendment": row,
        "lines": changed_lines(row, articles, every),
        "choices": text_at(articles, every, date.max) if not row.signed_on else (),
        "may_write": access.can_write_agreement(request.user, found),
        "reads": access.can_read_agreement_workings(request.user, found),
        "sign_form": SignAmendmentForm(initial={"effective_on": row.effective_on}),
        "sign_url": agreement_url(found, "amendment_sign", row.pk),
    }
    return render(request, "contracts/agreement/amendment.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_add(request: HttpRequest, code: str = "", convention: int = 0) -> HttpResponse:
    """`…/avenants/ajouter/`"""
    found = written_agreement(request, code, convention)
    return _amendment_form(request, found, None)


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_edit(request: HttpRequest, pk: int, code: str = "", convention: int = 0) -> HttpResponse:
    """`…/avenants/<pk>/modifier/`"""
    found = written_agreement(request, code, convention)
    return _amendment_form(request, found, _asked(found, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_change(request: HttpRequest, pk: int, code: str = "", convention: int = 0) -> HttpResponse:
    """`…/avenants/<pk>/article/?article=|modification=`: what it makes of one article."""
    found = written_agreement(request, code, convention)
    row = _asked(found, pk)
    article, change = _named(request, found, row)
    start = ChangeForm.values_of(change, _standing(found, article), row.version)
    form = ChangeForm(request.POST or None, initial=start)
    back = agreement_url(found, "amendment", row.pk)
    key = _draft_key(found, row, article, change)
    status: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data, article=article, change=change, by=actor_of(request))
        told["base_version"] = told.pop("version")
        try:
            gone = attempt(
                request,
                form,
                lambda: services.change_article(amendment=row, **told),
                done=_("La modification est enregistrée."),
                to=back,
                fields=FIELDS,
                draft=key,
            )
            if gone:
                return gone
        except Conflict:
            form, status = _again(form, row), {"status": 409, "saved_between": True}
    heading = _("Modifier « %(article)s »") % {"article": article} if article else _("Article nouveau")
    lead = _("Avenant n° %(n)s, %(title)s") % {"n": row.number, "title": row.title}
    return form_page(
        request, found, form, heading=heading, lead=lead, back=back,
        template="contracts/agreement/article.html", draft_key=key, draft_version=row.version, **status,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_sign(request: HttpRequest, pk: int, code: str = "", convention: int = 0) -> HttpResponse:
    """`…/avenants/<pk>/signer/`: all parties signed; it has effect."""
    found = written_agreement(request, code, convention)
    row = _asked(found, pk)
    form = SignAmendmentForm(request.POST or None, initial={"effective_on": row.effective_on})
    back = agreement_url(found, "amendment", row.pk)
    if request.method == "POST" and form.is_valid():
        gone = attempt(
            request,
            form,
            lambda: services.sign_amendment(amendment=row, by=actor_of(request), **form.cleaned_data),
            done=_("L’avenant n° %(n)s est signé.") % {"n": row.number},
            to=back,
            fields=FIELDS,
        )
        if gone:
            return gone
    heading = _("Enregistrer la signature de l’avenant n° %(n)s") % {"n": row.number}
    return form_page(
        request, found, form, heading=heading, lead=row.title, back=back, submit=_("Il est signé")
    )


@require_POST
def amendment_bridge(request: HttpRequest, code: str = "", convention: int = 0) -> HttpResponse:
    """`…/avenants/pont/`: one click proposes a bridge of a year, the next one says that it is signed."""
    found = written_agreement(request, code, convention)
    try:
        row = services.propose_bridge(agreement=found, by=actor_of(request))
    except Refused as refused:
        messages.error(request, in_words(refused.verdict))
        return redirect(agreement_url(found, "ends" if isinstance(found, Contract) else ""))
    return redirect(agreement_url(found, "amendment", row.pk))


@require_http_methods(["GET", "HEAD", "POST"])
def amendment_drop(request: HttpRequest, pk: int, code: str = "", convention: int = 0) -> HttpResponse:
    """`…/avenants/<pk>/abandonner/`, or with `?modification=` only what it makes of one article."""
    found = written_agreement(request, code, convention)
    row = _asked(found, pk)
    _article, change = _named(request, found, row)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    back = agreement_url(found, "amendment", row.pk)
    by = actor_of(request)
    if request.method == "POST" and form.is_valid():
        gone = attempt(
            request,
            form,
            (lambda: services.drop_change(change=change, base_version=row.version, by=by))
            if change
            else (lambda: services.drop_amendment(amendment=row, by=by)),
            done=_("C’est retiré."),
            to=back if change else agreement_url(found, "text"),
            fields={},
        )
        if gone:
            return gone
    heading = (
        _("Ne plus toucher à « %(article)s » ?") % {"article": change}
        if change
        else _("Abandonner l’avenant n° %(n)s ?") % {"n": row.number}
    )
    return form_page(
        request, found, form, heading=heading, back=back, submit=_("Retirer"),
        template="contracts/agreement/confirm.html",
    )  # fmt: skip


def _amendment_form(request: HttpRequest, found: Agreement, row: Amendment | None) -> HttpResponse:
    start = AmendmentForm.values_of(row)
    form = AmendmentForm(request.POST or None, initial=start)
    back = agreement_url(found, "amendment", row.pk) if row else agreement_url(found, "text")
    key = f"amendment:{draft_ref(found)}:{row.pk if row else 'new'}"
    more: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            gone = attempt(
                request,
                form,
                lambda: _write(request, found, row, form),
                done=_("L’avenant est enregistré ; dites maintenant ce qu’il change."),
                to=lambda written: agreement_url(found, "amendment", written.pk),
                fields=FIELDS,
                draft=key,
            )
            if gone:
                return gone
        except Conflict:
            form, more = _again(form, cast(Amendment, row)), {"status": 409, "saved_between": True}
    heading = _("Modifier l’avenant n° %(n)s") % {"n": row.number} if row else _("Préparer un avenant")
    return form_page(
        request, found, form, heading=heading, lead=name_of(found), back=back, draft_key=key,
        draft_version=start["version"], template="contracts/agreement/article.html",
        refusal=None if row or is_running(found) else services.may_prepare(found), **more,
    )  # fmt: skip


def _write(request: HttpRequest, found: Agreement, row: Amendment | None, form: AmendmentForm) -> object:
    told = dict(form.cleaned_data)
    base, by = told.pop("version"), actor_of(request)
    if row is None:
        return services.draft_amendment(agreement=found, by=by, **told)
    return services.update_amendment(amendment=row, base_version=base, by=by, **told)


def _again(form: Any, row: Amendment) -> Any:
    """What was typed, on top of what somebody saved in between: sending again is a choice."""
    row.refresh_from_db()
    return type(form)(again(form, row.version))


def _standing(found: Agreement, article: Article | None) -> dict[str, Any]:
    """The article as every signed amendment left it."""
    if article is None:
        return {}
    for clause in text_at(articles_of(found), amendments_of(found, drafts=False), date.max):
        if clause.article == article.pk:
            return {"number": clause.number, "title": clause.title, "body": clause.body}
    return {}


def _named(
    request: HttpRequest, found: Agreement, row: Amendment
) -> tuple[Article | None, AmendedArticle | None]:
    """The article and the change that the address names, if they belong here."""
    asked = request.GET.get("modification", "")
    change = row.changes.select_related("article").filter(pk=whole_number(asked)).first() if asked else None
    if change is not None:
        return change.article, change
    asked = request.GET.get("article", "")
    article = of(Article.objects.all(), found).filter(pk=whole_number(asked)).first() if asked else None
    change = row.changes.filter(article=article).first() if article else None
    return article, change


def _draft_key(
    found: Agreement, row: Amendment, article: Article | None, change: AmendedArticle | None
) -> str:
    about = change.pk if change else article.pk if article else "new"
    return f"amended:{draft_ref(found)}:{row.pk}-{about}"


def _asked(found: Agreement, pk: int) -> Amendment:
    row = of(Amendment.objects.all(), found).filter(pk=pk).first()
    if row is None:
        raise Http404(_("Cet avenant n’est pas, ou plus, de ce texte."))
    return row
