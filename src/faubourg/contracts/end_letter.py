"""The message that tells somebody what ends in the contracts they keep; it names nobody."""

from itertools import groupby

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from .end_words import end_kind, end_words
from .listings import contract_url
from .models import Contract
from .queries.ends import End

# Of one contract; the others are on its page.
MOST_SHOWN = 20


def letter(ends: list[End], language: str) -> tuple[str, str]:
    """Its subject, on one line, and its text: ends by contract, soonest first, each with its address."""
    with override(language):
        ranked = sorted(ends, key=lambda end: (end.contract.name, end.contract.pk, end.rank))
        parts = [
            _of_contract(contract, list(group))
            for contract, group in groupby(ranked, key=lambda end: end.contract)
        ]
        opening = _(
            "Bonjour,\n\nVoici ce qui prend fin, ou manque déjà, dans les contrats que vous tenez, sans "
            "que la suite soit assurée."
        )
        closing = _(
            "Dès que la suite est enregistrée (avenant signé, convention ou mandat suivant, poste pourvu), "
            "l’annonce s’arrête d’elle-même. Sinon, elle revient douze, six et trois mois avant la fin.\n\n"
            "Vous recevez ce message parce que votre rôle vous fait tenir ces contrats."
        )
        return _subject(ends), "\n\n".join([opening, *parts, closing]) + "\n"


def _subject(ends: list[End]) -> str:
    if len(ends) == 1:
        words = _("À prévoir : %(kind)s, %(what)s") % {"kind": end_kind(ends[0]), "what": ends[0].label}
    else:
        words = ngettext("À prévoir : %(n)s échéance", "À prévoir : %(n)s échéances", len(ends))
        words %= {"n": len(ends)}
    return " ".join(words.split())[:200]


def _of_contract(contract: Contract, ends: list[End]) -> str:
    page = _whole(contract_url(contract, "contract_ends"))
    lines = [contract.name, _("Toutes ses échéances : %(url)s") % {"url": page}, ""]
    lines += [_line(end, page) for end in ends[:MOST_SHOWN]]
    more = len(ends) - MOST_SHOWN
    if more > 0:
        others = ngettext("- et %(n)s autre, sur cette page", "- et %(n)s autres, sur cette page", more)
        lines.append(others % {"n": more})
    return "\n".join(lines)


def _line(end: End, page: str) -> str:
    """« - 31 décembre 2026 · Convention · GUP », how near it is, where to act."""
    what = f"{end_kind(end)} · {end.label}"
    day = f"{date_format(end.ends_on, 'DATE_FORMAT')} · " if end.ends_on else ""
    told = [f"- {day}{what}", f"  {end_words(end)}"]
    if end.draft:
        told.append("  " + _("Un avenant est préparé : enregistrez sa signature."))
    url = _whole(end.url)
    return "\n".join([*told, *([] if url == page else [f"  {url}"])])


def _whole(address: str) -> str:
    return f"{settings.SITE_URL}{address}"
