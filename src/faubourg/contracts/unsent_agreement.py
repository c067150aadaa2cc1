"""Where a draft of an agreement goes on: an article, an amendment, the terms of a convention."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.base import unsent

from .agreements import Agreement, agreement_url, of
from .listings import contract_url
from .models import AmendedArticle, Amendment, Article, Contract, Convention


def register() -> None:
    """Called once, at start-up."""
    unsent.register("article", _("article"), _article)
    unsent.register("amendment", _("avenant"), _amendment)
    unsent.register("amended", _("article d’un avenant"), _amended)
    unsent.register("convention", _("convention"), _convention)


def _agreement(told: str) -> Agreement | None:
    """« contract-12 », « convention-3 »."""
    kind, _dash, pk = told.partition("-")
    if not pk.isdecimal():
        return None
    return (Contract if kind == "contract" else Convention).objects.filter(pk=pk).first()


def _article(rest: str) -> tuple[str, str] | None:
    """« contract-12:45 » or « contract-12:new »."""
    told, _colon, pk = rest.partition(":")
    agreement = _agreement(told)
    if agreement is None:
        return None
    if not pk.isdecimal():
        return str(agreement), agreement_url(agreement, "article_add")
    article = of(Article.objects.all(), agreement).filter(pk=pk).first()
    return (str(article), agreement_url(agreement, "article_edit", article.pk)) if article else None


def _amendment(rest: str) -> tuple[str, str] | None:
    """« contract-12:3 » or « contract-12:new »."""
    told, _colon, pk = rest.partition(":")
    agreement = _agreement(told)
    if agreement is None:
        return None
    if not pk.isdecimal():
        return str(agreement), agreement_url(agreement, "amendment_add")
    row = of(Amendment.objects.filter(signed_on=None), agreement).filter(pk=pk).first()
    return (row.title, agreement_url(agreement, "amendment_edit", row.pk)) if row else None


def _amended(rest: str) -> tuple[str, str] | None:
    """« contract-12:3-45 »: an amendment, then what it changes, the article it is about, or « new »."""
    told, _colon, about = rest.partition(":")
    amendment, _dash, pk = about.partition("-")
    agreement = _agreement(told)
    if agreement is None or not amendment.isdecimal():
        return None
    row = of(Amendment.objects.filter(signed_on=None), agreement).filter(pk=amendment).first()
    if row is None:
        return None
    address = agreement_url(agreement, "amendment_change", row.pk)
    if pk.isdecimal():
        known = AmendedArticle.objects.filter(pk=pk, amendment=row).exists()
        query = f"modification={pk}" if known else f"article={pk}"
        address += f"{'&' if '?' in address else '?'}{query}"
    return row.title, address


def _convention(rest: str) -> tuple[str, str] | None:
    """« 3:12 » or « new:12 »: the convention, the contract."""
    pk, _colon, contract_pk = rest.partition(":")
    if pk.isdecimal():
        row = Convention.objects.filter(pk=pk).first()
        return (row.title, agreement_url(row, "edit")) if row else None
    contract = Contract.objects.filter(pk=contract_pk).first() if contract_pk.isdecimal() else None
    return (gettext("nouvelle"), contract_url(contract, "contract_convention_add")) if contract else None
