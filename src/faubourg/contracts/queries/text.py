"""The text of an agreement: its articles, its amendments, what is in force at a date, what each changed."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Prefetch

from faubourg.contracts.agreements import Agreement, of
from faubourg.contracts.models import AmendedArticle, Amendment, Article
from faubourg.rules.consolidation import Change, Clause, consolidate
from faubourg.rules.text_diff import Piece, words_changed


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change of an amendment beside what it replaces; `before` is None for a new article."""

    change: AmendedArticle
    before: Clause | None
    title: tuple[Piece, ...] = field(default=())
    body: tuple[Piece, ...] = field(default=())


def articles_of(agreement: Agreement) -> list[Article]:
    """As first signed, articles before annexes."""
    return list(of(Article.objects.all(), agreement))


def amendments_of(agreement: Agreement, *, drafts: bool) -> list[Amendment]:
    """By number, with their changes; the drafts only for who reads the workings."""
    changes = Prefetch("changes", AmendedArticle.objects.select_related("article").order_by("pk"))
    found = of(Amendment.objects.prefetch_related(changes), agreement).order_by("number")
    return list(found if drafts else found.filter(signed_on__isnull=False))


def clauses(articles: list[Article]) -> list[Clause]:
    """Articles as the rules read them."""
    return [
        Clause(each.number, each.title, each.body, annex=each.annex, article=each.pk) for each in articles
    ]


def changes_of(amendments: list[Amendment]) -> list[Change]:
    """The changes of the signed amendments, as the rules read them."""
    return [
        _as_change(amendment, change)
        for amendment in amendments
        if amendment.signed_on
        for change in amendment.changes.all()
    ]


def text_at(articles: list[Article], amendments: list[Amendment], on: date) -> tuple[Clause, ...]:
    """The text in force that day."""
    return consolidate(clauses(articles), changes_of(amendments), on)


def changed_lines(
    amendment: Amendment, articles: list[Article], amendments: list[Amendment]
) -> list[ChangeLine]:
    """What an amendment changes, word by word, against the text in force the day before it has effect."""
    effect = amendment.effective_on or amendment.signed_on
    others = [each for each in amendments if each.pk != amendment.pk]
    earlier = [
        each
        for each in changes_of(others)
        if effect is None or (each.effective_on, each.amendment) < (effect, amendment.number)
    ]
    ground = consolidate(clauses(articles), earlier, date.max - timedelta(days=1))
    return [_line(change, ground) for change in amendment.changes.all()]


def clause_before(change: AmendedArticle, ground: tuple[Clause, ...]) -> Clause | None:
    """The article that a change speaks of, as it stood."""
    for clause in ground:
        if change.article_id is not None and clause.article == change.article_id:
            return clause
        if change.article_id is None and clause.article is None and clause.number == change.number:
            return clause
    return None


def _line(change: AmendedArticle, ground: tuple[Clause, ...]) -> ChangeLine:
    before = clause_before(change, ground)
    old_title = f"{before.number} {before.title}" if before else ""
    new_title = "" if change.removed else f"{change.number} {change.title}"
    return ChangeLine(
        change,
        before,
        words_changed(old_title, new_title),
        words_changed(before.body if before else "", "" if change.removed else change.body),
    )


def _as_change(amendment: Amendment, change: AmendedArticle) -> Change:
    effect = amendment.effective_on or amendment.signed_on
    assert effect is not None
    return Change(
        amendment.number,
        effect,
        change.number,
        change.title,
        change.body,
        article=change.article_id,
        removed=change.removed,
    )
