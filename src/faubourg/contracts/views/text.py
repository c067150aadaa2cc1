"""The text of a contract or a convention: in force at a date, its articles written, its amendments listed."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from faubourg.base.refusal import Conflict
from faubourg.contracts import access
from faubourg.contracts.agreements import Agreement, agreement_url, is_published, of
from faubourg.contracts.forms.agreement import ConfirmForm
from faubourg.contracts.forms.text import ArticleForm, AsOfForm
from faubourg.contracts.models import Article, Contract
from faubourg.contracts.queries.text import amendments_of, articles_of, text_at
from faubourg.contracts.services import articles as services
from faubourg.rules.contract_circuit import UNDER_VALIDATION

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
from .people import actor_of

FIELDS = {"number": "number", "frozen": "body"}


@require_safe
def agreement_text(request: HttpRequest, code: str = "", convention: int = 0) -> HttpResponse:
    """`…/texte/`: public once signed; `?au=` is the day at which it is read."""
    found = asked_agreement(request, code, convention)
    may_write = access.can_write_agreement(request.user, found)
    reads = access.can_read_agreement_workings(request.user, found)
    readable = access.can_read_text(request.user, found)
    asked = AsOfForm(request.GET if "au" in request.GET else None)
    day = asked.cleaned_data["au"] if asked.is_bound and asked.is_valid() else None
    on = day or timezone.localdate()
    amendments = amendments_of(found, drafts=bool(reads.ok))
    text = text_at(articles_of(found), amendments, on) if readable.ok else ()
    context = {
        "agreement": found,
        "contract": found if isinstance(found, Contract) else found.contract,
        "is_contract": isinstance(found, Contract),
        "crumbs": crumbs_of(found),
        "overline": overline_of(found),
        "name": name_of(found),
        "text": text,
        "on": on,
        "as_of": asked,
        "amendments": amendments,
        "titles": {each.number: each for each in amendments},
        "published": is_published(found),
        "readable": readable,
        "may_write": may_write,
        "may_edit": services.may_edit(found),
        "under_validation": isinstance(found, Contract) and found.state in UNDER_VALIDATION,
        "urls": {
            name: agreement_url(found, name) for name in ("text", "pdf", "article_add", "amendment_add")
        },
    }
    return render(request, "contracts/agreement/text.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def article_add(request: HttpRequest, code: str = "", convention: int = 0) -> HttpResponse:
    """`…/articles/ajouter/`"""
    found = written_agreement(request, code, convention)
    return _article(request, found, None)


@require_http_methods(["GET", "HEAD", "POST"])
def article_edit(request: HttpRequest, pk: int, code: str = "", convention: int = 0) -> HttpResponse:
    """`…/articles/<pk>/modifier/`"""
    found = written_agreement(request, code, convention)
    return _article(request, found, _asked(found, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def article_remove(request: HttpRequest, pk: int, code: str = "", convention: int = 0) -> HttpResponse:
    """`…/articles/<pk>/retirer/`: asked once more; the journal keeps its words."""
    found = written_agreement(request, code, convention)
    article = _asked(found, pk)
    back = agreement_url(found, "text")
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        gone = attempt(
            request,
            form,
            lambda: services.remove_article(article=article, by=actor_of(request)),
            done=_("L’article est retiré."),
            to=back,
            fields={},
        )
        if gone:
            return gone
    return form_page(
        request,
        found,
        form,
        heading=_("Retirer « %(article)s » ?") % {"article": article},
        lead=_("Le journal en garde les mots."),
        back=back,
        submit=_("Retirer l’article"),
        template="contracts/agreement/confirm.html",
        refusal=services.may_edit(found),
    )


def _article(request: HttpRequest, found: Agreement, article: Article | None) -> HttpResponse:
    start = ArticleForm.values_of(article)
    form = ArticleForm(request.POST or None, initial=start)
    key = f"article:{draft_ref(found)}:{article.pk if article else 'new'}"
    back = agreement_url(found, "text")
    told: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            gone = attempt(
                request,
                form,
                lambda: _write(request, found, article, form),
                done=_("L’article est enregistré."),
                to=back,
                fields=FIELDS,
                draft=key,
            )
            if gone:
                return gone
        except Conflict:
            form, told = _both(form, cast(Article, article))
    heading = _("Modifier l’article %(n)s") % {"n": article.number} if article else _("Ajouter un article")
    return form_page(
        request,
        found,
        form,
        heading=heading,
        lead=name_of(found),
        back=back,
        template="contracts/agreement/article.html",
        article=article,
        refusal=services.may_edit(found),
        draft_key=key,
        draft_version=start["version"],
        remove_url=agreement_url(found, "article_remove", article.pk) if article else "",
        **told,
    )


def _write(request: HttpRequest, found: Agreement, article: Article | None, form: ArticleForm) -> object:
    told = form.cleaned_data
    told = {name: told[name] for name in ("number", "title", "body", "annex")}
    by = actor_of(request)
    if article is None:
        return services.add_article(agreement=found, by=by, **told)
    base = form.cleaned_data["version"]
    return services.update_article(article=article, base_version=base, by=by, **told)


def _both(form: ArticleForm, article: Article) -> tuple[ArticleForm, dict[str, Any]]:
    """Both texts side by side; sending again with the new version is a choice and no accident."""
    article.refresh_from_db()
    theirs = ArticleForm.values_of(article)
    mine = again(form, article.version)
    both = [
        {"label": form.fields[name].label, "mine": mine.get(name, ""), "theirs": theirs[name]}
        for name in ("number", "title", "body")
        if str(mine.get(name, "")) != str(theirs[name])
    ]
    return ArticleForm(mine), {"both": both, "status": 409}


def draft_ref(agreement: Agreement) -> str:
    """How the key of a draft names an agreement: « contract-12 », « convention-3 »."""
    kind = "contract" if isinstance(agreement, Contract) else "convention"
    return f"{kind}-{agreement.pk}"


def _asked(agreement: Agreement, pk: int) -> Article:
    found = of(Article.objects.all(), agreement).filter(pk=pk).first()
    if found is None:
        raise Http404(_("Cet article n’est pas, ou plus, de ce texte."))
    return found
