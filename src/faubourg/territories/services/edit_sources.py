"""A source that a person brings, with its licence: a figure is never naked."""

import secrets

from django.db import transaction
from django.utils.text import slugify

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.territories.models import Source


@transaction.atomic
def create_source(
    *, title: str, publisher: str, licence: str, vintage: str, origin: str, by: Actor
) -> Source:
    """A new source; the one that already has this title and publisher is given back instead."""
    tidy = " ".join(title.split())
    if known := Source.objects.filter(title__iexact=tidy, publisher__iexact=publisher.strip()).first():
        return known
    slug = slugify(tidy)[:50].strip("-") or "source"
    if Source.objects.filter(slug=slug).exists():
        slug = f"{slug}-{secrets.token_hex(3)}"
    source = Source.objects.create(
        slug=slug,
        title=tidy,
        publisher=publisher.strip(),
        licence=licence.strip(),
        vintage=vintage.strip(),
        origin=origin.strip(),
    )
    after = {"title": tidy, "publisher": source.publisher, "licence": source.licence}
    journal.record(by=by, act="source_created", kind="source", ref=slug, after=after)
    return source
