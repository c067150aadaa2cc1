"""Amendments: prepared, changed article by article, signed as a whole; an extension moves the end."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, Refused, refuse_unless
from faubourg.contracts.agreements import Agreement, agreement_of, is_running, journal_key, locked, of, owner
from faubourg.contracts.models import AmendedArticle, Amendment, Article, Contract
from faubourg.rules.amending import PROLONGS, Facts, may_draft, may_sign
from faubourg.rules.consolidation import natural
from faubourg.rules.contract_circuit import Act, State, may_start
from faubourg.rules.expiry import BRIDGE_MONTHS, add_months
from faubourg.rules.verdict import Verdict, mark

from .circuit import move


def draft_amendment(
    *,
    agreement: Agreement,
    kind: str,
    title: str,
    by: Actor,
    reason: str = "",
    effective_on: date | None = None,
    new_end: date | None = None,
) -> Amendment:
    """Prepare the next amendment of a text that is signed and runs."""
    with transaction.atomic():
        held = locked(agreement)
        refuse_unless(may_draft(_facts(held, Amendment(kind=kind))))
        last = of(Amendment.objects.all(), held).order_by("-number").first()
        amendment = Amendment.objects.create(
            **owner(held),
            number=last.number + 1 if last else 1,
            kind=kind,
            title=title.strip(),
            reason=reason.strip(),
            effective_on=effective_on,
            previous_end=held.ends_on if new_end and held.ends_on and held.ends_on < new_end else None,
            new_end=new_end,
            drafted_by=by.ref,
            drafted_by_name=by.name,
        )
        journal.record(
            by=by, act="amendment.drafted", **journal_key(held), after=_told(amendment), reason=reason
        )
    return amendment


def propose_bridge(*, agreement: Agreement, by: Actor) -> Amendment:
    """An avenant-pont of a year, ready to be signed; proposed twice, it is the same one."""
    with transaction.atomic():
        held = locked(agreement)
        waiting = of(Amendment.objects.filter(signed_on=None, kind__in=PROLONGS), held).first()
        if waiting is not None:
            return waiting
        if held.ends_on is None:
            sentence = mark("Le texte n’a pas d’échéance connue : il n’y a rien à prolonger.")
            raise Refused(Verdict.no("amendment_end", sentence))
        with override("fr"):  # what the text of the contract keeps is in French, whoever clicks
            title = gettext("Avenant-pont")
            reason = gettext("Éviter toute interruption jusqu’à la signature du texte suivant.")
        return draft_amendment(
            agreement=held,
            kind=Amendment.Kind.BRIDGE,
            title=title,
            reason=reason,
            new_end=add_months(held.ends_on, BRIDGE_MONTHS),
            by=by,
        )


def may_prepare(agreement: Agreement) -> Verdict:
    """Whether an amendment of this text may be prepared now."""
    return may_draft(_facts(agreement, Amendment()))


def update_amendment(
    *,
    amendment: Amendment,
    kind: str,
    title: str,
    reason: str,
    effective_on: date | None,
    new_end: date | None,
    base_version: int,
    by: Actor,
) -> Amendment:
    """Rewrite what an amendment that nobody signed is about; Conflict when somebody saved in between."""
    with transaction.atomic():
        held, row = _held(amendment, base_version)
        before = _told(row)
        row.kind, row.title, row.reason = kind, title.strip(), reason.strip()
        row.effective_on, row.new_end = effective_on, new_end
        row.previous_end = held.ends_on if new_end and held.ends_on and held.ends_on < new_end else None
        row.version += 1
        row.save()
        journal.record(
            by=by,
            act="amendment.changed",
            **journal_key(held),
            before=before,
            after=_told(row),
            reason=reason,
        )
    return row


def change_article(
    *,
    amendment: Amendment,
    article: Article | None,
    number: str,
    title: str,
    by: Actor,
    body: str = "",
    removed: bool = False,
    change: AmendedArticle | None = None,
    base_version: int,
) -> AmendedArticle:
    """Say what the amendment makes of one article, of a new one, or that it removes it."""
    with transaction.atomic():
        held, row = _held(amendment, base_version)
        others = [each for each in row.changes.all() if change is None or each.pk != change.pk]
        _refuse_twice(article, number, others)
        if article is not None and not of(Article.objects.all(), held).filter(pk=article.pk).exists():
            raise Refused(Verdict.no("article", mark("Cet article n’est pas de ce texte.")))
        written = change if change is not None and change.amendment_id == row.pk else AmendedArticle()
        written.amendment, written.article = row, article
        written.number, written.title = number.strip(), title.strip()
        written.body, written.removed = "" if removed else body.strip(), removed
        written.save()
        _bump(row)
        after = {"amendment": row.number, "article": str(written)}
        journal.record(by=by, act="amendment.article", **journal_key(held), after=after)
    return written


def drop_change(*, change: AmendedArticle, base_version: int, by: Actor) -> None:
    """The amendment no longer touches that article."""
    with transaction.atomic():
        held, row = _held(change.amendment, base_version)
        before = {"amendment": row.number, "article": str(change)}
        AmendedArticle.objects.filter(pk=change.pk, amendment=row).delete()
        _bump(row)
        journal.record(by=by, act="amendment.article", **journal_key(held), before=before)


def sign_amendment(
    *, amendment: Amendment, signed_on: date | None, by: Actor, effective_on: date | None = None
) -> Amendment:
    """All parties signed: it has effect, and moves the end when it prolongs; raises Refused with reasons.

    `effective_on` is the day of its signature unless the amendment or the caller says otherwise.
    """
    with transaction.atomic():
        held, row = _held(amendment, None)
        row.signed_on = signed_on
        row.effective_on = effective_on or row.effective_on or signed_on
        refuse_unless(may_sign(_facts(held, row)))
        assert signed_on is not None
        prolongs = _facts(held, row).prolongs
        row.previous_end = held.ends_on if prolongs else None
        row.new_end = row.new_end if prolongs else None
        _bump(row)
        journal.record(
            by=by,
            act="amendment.signed",
            **journal_key(held),
            before={"ends_on": held.ends_on.isoformat() if held.ends_on else None},
            after=_told(row) | {"on": signed_on.isoformat()},
            reason=row.reason[:300],
        )
        if prolongs:
            _prolong(held, row, by)
    return row


def drop_amendment(*, amendment: Amendment, by: Actor) -> None:
    """Give up an amendment that nobody signed; its number is free again when it was the last."""
    with transaction.atomic():
        held, row = _held(amendment, None)
        journal.record(by=by, act="amendment.dropped", **journal_key(held), before=_told(row))
        row.delete()


def _prolong(held: Agreement, row: Amendment, by: Actor) -> None:
    assert row.signed_on is not None
    if isinstance(held, Contract):
        refuse_unless(may_start(Act.EXTEND, State(held.state)))
    held.ends_on = row.new_end
    if isinstance(held, Contract):
        move(held, State.EXTENDED, on=row.signed_on, by=by, cited=row.title[:200], reason=row.reason[:300])
    else:
        held.version += 1
        held.save()


def _held(amendment: Amendment, base_version: int | None) -> tuple[Agreement, Amendment]:
    held = locked(agreement_of(amendment))
    row = of(Amendment.objects.all(), held).filter(pk=amendment.pk).first()
    if row is None:
        raise Refused(Verdict.no("amendment", mark("Cet avenant vient d’être abandonné.")))
    if row.signed_on:
        raise Refused(Verdict.no("amendment", mark("Cet avenant est signé : il ne change plus.")))
    if base_version is not None and row.version != base_version:
        raise Conflict
    return held, row


def _facts(held: Agreement, row: Amendment) -> Facts:
    return Facts(
        kind=row.kind,
        running=is_running(held),
        agreement_signed_on=held.signed_on,
        ends_on=held.ends_on,
        today=timezone.localdate(),
        reason=row.reason,
        signed_on=row.signed_on,
        effective_on=row.effective_on,
        new_end=row.new_end,
        changes=row.changes.count() if row.pk else 0,
    )


def _told(row: Amendment) -> dict[str, object]:
    return {
        "amendment": row.number,
        "title": row.title,
        "ends_on": row.new_end.isoformat() if row.new_end else None,
    }


def _refuse_twice(article: Article | None, number: str, others: list[AmendedArticle]) -> None:
    for each in others:
        same = article is not None and each.article_id == article.pk
        if same or (article is None and each.article_id is None and natural(each.number) == natural(number)):
            sentence = mark("Cet avenant parle déjà de l’article {number} : modifiez ce qu’il en dit.")
            raise Refused(Verdict.no("number", sentence, number=each.number))


def _bump(row: Amendment) -> None:
    row.version += 1
    row.save()
