"""The minutes of a session as the data of their typst template: in French, whoever closes it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext, ngettext, override

from faubourg.base import pdf
from faubourg.base.numbers import cents

from ..models import JuryItem, JurySession
from ..queries.jury_money import NATURE_WORDS, Held, drawn_on, held_of
from ..queries.sittings import Place, Sitting, items_of, sitting_of

TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "minutes.typ"
GRANTED = ("retained", "retained_with_reserves")


def minutes(session: JurySession, hidden: frozenset[int] = frozenset()) -> bytes:
    """The whole minutes; `hidden`: items that this copy does not tell, for whoever stands back from them."""
    with override("fr"):
        sitting = sitting_of(session)
        items = list(items_of(session).prefetch_related("amounts__funder"))
        title = gettext("Procès-verbal – %(jury)s") % {"jury": session.jury.name}
        shown = [item for item in items if item.pk not in hidden]
        data = {
            "overline": session.jury.call.title,
            "title": title,
            "facts": _facts(session, sitting),
            "sections": [
                _presences(sitting),
                *(_item(item, rank) for rank, item in enumerate(shown, start=1)),
                *([_kept_back(len(items) - len(shown))] if len(shown) < len(items) else []),
                _envelopes(session, items),
            ],
            "foot": gettext("%(jury)s · établi le %(day)s par Faubourg")
            % {"jury": session.jury.name, "day": date_format(timezone.localdate(), "DATE_FORMAT")},
        }
        return pdf.compile(TEMPLATE, data, lang="fr", title=title)


def _facts(session: JurySession, sitting: Sitting) -> list[list[str]]:
    hours = " – ".join(
        time_format(timezone.localtime(at), "TIME_FORMAT")
        for at in (session.opened_at, session.closed_at)
        if at
    )
    return [
        [gettext("Séance"), date_format(timezone.localtime(session.starts_at), "DATE_FORMAT")],
        [gettext("Heures"), hours or "–"],
        [gettext("Lieu"), session.place or "–"],
        [gettext("Quorum"), gettext("%(share)s %% des membres qui votent, personnes déportées décomptées")
         % {"share": f"{session.jury.quorum_bp / 100:g}".replace(".", ",")}],
        [gettext("Votent"), str(sum(place.juror.votes for place in sitting.places))],
    ]  # fmt: skip


def _presences(sitting: Sitting) -> dict[str, Any]:
    return {
        "title": gettext("Présences"),
        "headers": [gettext("Membre"), gettext("Représente"), gettext("Voix"), gettext("Présence")],
        "rows": [
            [
                place.juror.name,
                place.juror.organisation.name if place.juror.organisation else place.juror.quality or "–",
                gettext("vote") if place.juror.votes else gettext("entendu·e"),
                _presence(place),
            ]
            for place in sitting.places
        ],
    }


def _presence(place: Place) -> str:
    noted = place.presence
    if noted is None or noted.arrived_at is None:
        return gettext("absent·e")
    came = time_format(timezone.localtime(noted.arrived_at), "TIME_FORMAT")
    if noted.left_at is None:
        return gettext("présent·e depuis %(at)s") % {"at": came}
    left = time_format(timezone.localtime(noted.left_at), "TIME_FORMAT")
    return gettext("de %(at)s à %(left)s") % {"at": came, "left": left}


def _item(item: JuryItem, rank: int) -> dict[str, Any]:
    application = item.application
    return {
        "title": f"{rank}. {application.title}",
        "paragraphs": [f"{application.number or ''} · {application.organisation.name}", *_said(item)],
        "headers": [gettext("Financeur"), gettext("Nature"), gettext("Année"), gettext("Proposé")],
        "rows": [
            [
                one.funder.name,
                str(NATURE_WORDS.get(one.nature, one.nature)),
                str(one.year),
                cents(one.cents),
            ]
            for one in item.amounts.all()
        ]
        if item.decision in GRANTED
        else [],
    }


def _said(item: JuryItem) -> list[str]:
    if not item.decision:
        return [gettext("Non examiné : ce dossier attend une prochaine séance.")]
    quorum = item.quorum
    told = [gettext("Décision : %(said)s.") % {"said": item.get_decision_display()}]
    told += [item.reserves] if item.reserves else []
    told += [item.reason] if item.reason else []
    if item.recused:
        names = ", ".join(one["name"] for one in item.recused)
        told.append(gettext("Ne prennent pas part, ayant déclaré un lien : %(names)s.") % {"names": names})
    told.append(
        ngettext(
            "Quorum : %(present)s présent sur %(seats)s (minimum : %(needed)s).",
            "Quorum : %(present)s présents sur %(seats)s (minimum : %(needed)s).",
            quorum.get("present") or 0,
        )
        % {name: quorum.get(name, "–") for name in ("present", "seats", "needed")}
    )
    if item.votes_for is not None:
        told.append(
            gettext("Votes : %(for)s pour, %(against)s contre, %(abstaining)s abstentions.")
            % {"for": item.votes_for, "against": item.votes_against, "abstaining": item.abstentions}
        )
    if item.override_reason:
        told.append(
            gettext("Dérogation décidée par %(name)s : %(why)s")
            % {"name": item.override_by_name, "why": item.override_reason}
        )
    return told


def _kept_back(count: int) -> dict[str, Any]:
    return {
        "title": gettext("Dossiers non montrés"),
        "paragraphs": [
            gettext("Dossiers dont la personne qui lit cet exemplaire s’est déportée : %(n)s.") % {"n": count}
        ],
    }


def _envelopes(session: JurySession, items: Sequence[JuryItem]) -> dict[str, Any]:
    """Before the session, what it proposed, after: from what every jury of the call holds now."""
    held = held_of(session.jury.call_id)
    given: dict[int, int] = {}
    for item in items:
        for one in item.amounts.all() if item.decision in GRANTED else ():
            for envelope in drawn_on(held, item.application, (one.funder_id, one.nature, one.year)):
                given[envelope.envelope.pk] = given.get(envelope.envelope.pk, 0) + one.cents
    return {
        "title": gettext("Enveloppes"),
        "headers": [gettext("Enveloppe"), gettext("Avant"), gettext("Proposé"), gettext("Après")],
        "rows": [_room(one, given.get(one.envelope.pk, 0)) for one in held],
        "paragraphs": [] if held else [gettext("Aucune enveloppe n’était annoncée.")],
    }


def _room(one: Held, given: int) -> list[str]:
    after = gettext("dépassée de %(over)s") % {"over": cents(one.over)} if one.over else cents(one.left)
    return [one.name, cents(one.left + given), cents(given), after]
