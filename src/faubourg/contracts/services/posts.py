"""The posts that keep an agreement alive: who holds them, until when, who pays which share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, Refused
from faubourg.contracts.agreements import Agreement, journal_key, locked, of, owner
from faubourg.contracts.models import Post, PostFunder
from faubourg.rules.convention_terms import may_share
from faubourg.rules.verdict import Verdict, mark

MOST_ETP = Decimal(20)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a post says: `funders` are names with their share in hundredths of a per cent."""

    title: str
    etp: Decimal | None = None
    person_name: str = ""
    person_ref: UUID | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    funders: Sequence[tuple[str, int]] = ()


def save_post(
    *, agreement: Agreement, terms: Terms, by: Actor, post: Post | None = None, base_version: int = 0
) -> Post:
    """Open a post or rewrite it.

    Raises Refused when the shares exceed the whole, Conflict when somebody saved since `base_version`.
    """
    with transaction.atomic():
        held = locked(agreement)
        row = (
            of(Post.objects.all(), held).filter(pk=post.pk).first()
            if post
            else Post(**owner(held), version=0)
        )
        if row is None:
            raise Refused(Verdict.no("title", mark("Ce poste vient d’être supprimé.")))
        if row.version != base_version:
            raise Conflict
        _refuse(terms)
        before = _said(row) if row.pk else None
        holder = row.person_name
        _write(row, terms)
        names = {"before.holder": holder if before else "", "after.holder": row.person_name}
        journal.record(
            by=by,
            act="post.saved",
            **journal_key(held),
            before=before,
            after=_said(row),
            personal={path: name for path, name in names.items() if name},
            about=terms.person_ref,
        )
    return row


def _write(row: Post, terms: Terms) -> None:
    row.title, row.etp = terms.title.strip(), terms.etp
    row.person_name, row.person_ref = terms.person_name.strip(), terms.person_ref
    row.starts_on, row.ends_on = terms.starts_on, terms.ends_on
    row.version += 1
    row.save()
    row.funders.all().delete()
    PostFunder.objects.bulk_create(
        PostFunder(post=row, name=name.strip(), share_bp=share) for name, share in terms.funders
    )


def _said(row: Post) -> dict[str, str | None]:
    """The post as the journal keeps it; the holder's name is a personal value, kept apart."""
    return {"post": row.title, "ends_on": row.ends_on.isoformat() if row.ends_on else None, "holder": None}


def _refuse(terms: Terms) -> None:
    if terms.etp is not None and not 0 <= terms.etp <= MOST_ETP:
        raise Refused(Verdict.no("etp", mark("Un poste va de 0 à {most} ETP."), most=MOST_ETP))
    if terms.starts_on and terms.ends_on and terms.ends_on < terms.starts_on:
        raise Refused(Verdict.no("ends_on", mark("Le poste finit avant de commencer.")))
    names = [name.strip().casefold() for name, _share in terms.funders]
    if len(set(names)) < len(names):
        raise Refused(Verdict.no("shares", mark("Un cofinanceur est nommé deux fois.")))
    verdict = may_share([share for _name, share in terms.funders])
    if terms.funders and not verdict.ok:
        raise Refused(verdict)
