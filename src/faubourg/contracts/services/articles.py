"""Writing the articles and annexes of an agreement, as long as nobody has signed it."""

from django.db import transaction

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, Refused, refuse_unless
from faubourg.contracts.agreements import Agreement, agreement_of, is_open, journal_key, locked, of, owner
from faubourg.contracts.models import Article
from faubourg.rules.consolidation import natural
from faubourg.rules.verdict import Verdict, mark

MOST_ARTICLES = 200


def add_article(
    *, agreement: Agreement, number: str, title: str, by: Actor, body: str = "", annex: bool = False
) -> Article:
    """Add an article or an annex; its place follows from its number."""
    with transaction.atomic():
        held = locked(agreement)
        _require_open(held)
        others = list(of(Article.objects.all(), held))
        _refuse_twice(number, annex, others)
        if len(others) >= MOST_ARTICLES:
            sentence = mark("Un texte compte au plus {most} articles et annexes.")
            raise Refused(Verdict.no("number", sentence, most=MOST_ARTICLES))
        article = Article.objects.create(
            **owner(held), number=number.strip(), title=title.strip(), body=body.strip(), annex=annex
        )
        _rank(held)
        journal.record(by=by, act="article.added", **journal_key(held), after={"article": str(article)})
    return article


def update_article(
    *, article: Article, number: str, title: str, body: str, annex: bool, base_version: int, by: Actor
) -> Article:
    """Rewrite an article; raises Conflict when somebody saved since `base_version`, Refused once signed."""
    with transaction.atomic():
        held = locked(agreement_of(article))
        _require_open(held)
        row = of(Article.objects.all(), held).filter(pk=article.pk).first()
        if row is None:
            raise Refused(Verdict.no("number", mark("Cet article vient d’être retiré.")))
        if row.version != base_version:
            raise Conflict
        _refuse_twice(number, annex, [each for each in of(Article.objects.all(), held) if each.pk != row.pk])
        before = {"article": str(row), "text": row.body}
        row.number, row.title, row.body, row.annex = number.strip(), title.strip(), body.strip(), annex
        row.version += 1
        row.save()
        _rank(held)
        after = {"article": str(row), "text": row.body}
        journal.record(by=by, act="article.changed", **journal_key(held), before=before, after=after)
    return row


def remove_article(*, article: Article, by: Actor) -> None:
    """Take an article out of a text that nobody has signed; the journal keeps its words."""
    with transaction.atomic():
        held = locked(agreement_of(article))
        _require_open(held)
        row = of(Article.objects.all(), held).filter(pk=article.pk).first()
        if row is None:
            return
        before = {"article": str(row), "text": row.body}
        row.delete()
        journal.record(by=by, act="article.removed", **journal_key(held), before=before)


def may_edit(agreement: Agreement) -> Verdict:
    """Whether the text may still change: until the first signature."""
    if is_open(agreement):
        return Verdict.yes()
    return Verdict.no(
        "frozen",
        mark(
            "Le texte est figé depuis la première signature : il change par un avenant, article par article."
        ),
    )


def _require_open(held: Agreement) -> None:
    refuse_unless(may_edit(held))


def _refuse_twice(number: str, annex: bool, others: list[Article]) -> None:
    if any(each.annex == annex and natural(each.number) == natural(number) for each in others):
        sentence = mark(
            "Le numéro {number} est déjà pris : choisissez-en un autre, par exemple « {number} bis »."
        )
        raise Refused(Verdict.no("number", sentence, number=number.strip()))


def _rank(held: Agreement) -> None:
    """Articles stand in the order of their numbers: 2, 3, 3 bis, 10."""
    rows = sorted(of(Article.objects.all(), held), key=lambda row: (row.annex, natural(row.number)))
    for rank, row in enumerate(rows, start=1):
        row.order = rank
    Article.objects.bulk_update(rows, ["order"])
