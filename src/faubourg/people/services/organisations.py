"""Organisations and who belongs to them: create, edit, add a member, end a membership."""

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from faubourg.base import journal
from faubourg.base.actor import Actor
from faubourg.base.refusal import NotAllowed, Refused
from faubourg.base.versions import held_at
from faubourg.people import access, queries
from faubourg.people.models import Membership, Organisation, Person
from faubourg.rules.verdict import Verdict, mark


def create_organisation(
    *, name: str, kind: str, siret: str | None, rna: str | None, by: Actor
) -> Organisation:
    """A new organisation; refused when its SIRET or RNA is already that of another."""
    _refuse_taken(siret=siret, rna=rna, but=None)
    try:
        with transaction.atomic():
            made = Organisation.objects.create(
                name=name.strip(), kind=kind, siret=siret or None, rna=rna or None
            )
            journal.record(
                by=by, act="organisation_created", kind="organisation", ref=str(made.pk), after=_facts(made)
            )
    except IntegrityError:
        # Somebody registered the same number in between: say so as if it had been there before.
        _refuse_taken(siret=siret, rna=rna, but=None)
        raise
    return made


def edit_organisation(
    *,
    organisation: Organisation,
    version: int,
    name: str,
    kind: str,
    siret: str | None,
    rna: str | None,
    by: Actor,
) -> Organisation:
    """Change its sheet. `version` is the one that was read; raises `Conflict` when it has moved since."""
    _refuse_taken(siret=siret, rna=rna, but=organisation.pk)
    try:
        with transaction.atomic():
            held = held_at(organisation, version)
            before = _facts(held)
            held.name, held.kind, held.siret, held.rna = name.strip(), kind, siret or None, rna or None
            if _facts(held) == before:
                return held
            held.version += 1
            held.save()
            journal.record(
                by=by,
                act="organisation_edited",
                kind="organisation",
                ref=str(held.pk),
                before=before,
                after=_facts(held),
            )
    except IntegrityError:
        _refuse_taken(siret=siret, rna=rna, but=organisation.pk)
        raise
    return held


def add_membership(
    *,
    person: Person,
    organisation: Organisation,
    title: str,
    since: date,
    until: date | None,
    by: Actor,
) -> Membership:
    """Somebody else makes a person a member. Raises `NotAllowed` for oneself, `Refused` as `enrol` does."""
    if by.ref == person.ref:
        raise NotAllowed(access.not_oneself_a_member())
    return enrol(person=person, organisation=organisation, title=title, since=since, until=until, by=by)


def enrol(
    *,
    person: Person,
    organisation: Organisation,
    title: str,
    since: date,
    until: date | None,
    by: Actor,
) -> Membership:
    """Somebody belongs to an organisation from a day on; refused when two periods would overlap.

    By oneself only on proof, such as the SIRET that ProConnect vouches for.
    """
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        if until and until < since:
            raise Refused(dates_in_order())
        if queries.overlapping_memberships(
            person=person, organisation=organisation, since=since, until=until
        ).exists():
            raise Refused(
                Verdict.no(
                    "already_member",
                    mark("Cette personne est déjà membre de l’organisation pendant une partie de ces dates."),
                )
            )
        made = Membership.objects.create(
            person=person, organisation=organisation, title=title.strip(), since=since, until=until
        )
        _journal_membership(made, act="membership_added", by=by)
    return made


def end_membership(*, membership: Membership, until: date, by: Actor) -> Membership:
    """The last day (included) of a membership; raises `Refused` when it is over or would last longer."""
    with transaction.atomic():
        held = Membership.objects.select_for_update().select_related("person").get(pk=membership.pk)
        refuse_a_longer_period(held.until, until=until)
        if until < held.since:
            raise Refused(dates_in_order())
        before = {"until": held.until}
        held.until = until
        held.save(update_fields=["until"])
        _journal_membership(held, act="membership_ended", by=by, before=before)
    return held


def dates_in_order() -> Verdict:
    """The one refusal of a period that ends before it begins."""
    return Verdict.no(
        "dates_in_order",
        mark("La date de fin précède la date de début : inversez-les ou laissez la fin vide."),
    )


def refuse_a_longer_period(current: date | None, *, until: date) -> None:
    """Ending only ever shortens: raises `Refused` when a period is over already or would last longer."""
    if current is None:
        return
    if current < timezone.localdate():
        raise Refused(
            Verdict.no(
                "over_already",
                mark("C’est terminé depuis le {last} : rien ne reprend ici, accordez de nouvelles dates."),
                last=current,
            )
        )
    if until > current:
        raise Refused(
            Verdict.no(
                "ends_sooner",
                mark("La fin est déjà fixée au {last} : terminer ne peut que l’avancer."),
                last=current,
            )
        )


def _refuse_taken(*, siret: str | None, rna: str | None, but: int | None) -> None:
    others = Organisation.objects.exclude(pk=but) if but else Organisation.objects.all()
    template = {
        "siret": mark(
            "Le SIRET {number} est déjà celui de « {name} » : ouvrez sa fiche plutôt que d’en créer une."
        ),
        "rna": mark("Le numéro RNA {number} est déjà celui de « {name} » : ouvrez sa fiche."),
    }
    for field, number in (("siret", siret), ("rna", rna)):
        taken = others.filter(**{field: number}).first() if number else None
        if taken:
            raise Refused(Verdict.no(f"{field}_taken", template[field], number=number, name=taken.name))


def _facts(organisation: Organisation) -> dict[str, object]:
    return {
        "name": organisation.name,
        "kind": organisation.kind,
        "siret": organisation.siret,
        "rna": organisation.rna,
    }


def _journal_membership(
    membership: Membership, *, act: str, by: Actor, before: Mapping[str, object] | None = None
) -> None:
    journal.record(
        by=by,
        act=act,
        kind="organisation",
        ref=str(membership.organisation_id),
        before=before,
        after={
            "member": None,
            "title": None,
            "since": membership.since,
            "until": membership.until,
            "person_ref": membership.person.ref,
        },
        personal={"after.member": str(membership.person), "after.title": membership.title},
        about=membership.person.ref,
    )
