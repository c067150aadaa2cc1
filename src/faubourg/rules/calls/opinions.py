"""May a funder's service give, or change, its opinion on a dossier: its moment, its amounts, its reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..money_ladder import Cents
from ..verdict import Reason, Verdict, mark

# From the complete dossier to the jury's decision; an adjourned dossier is examined again.
OPEN_STATES = frozenset({"complete", "examined", "ranked", "before_jury", "adjourned"})
WITH_REASON = frozenset({"reserved", "unfavourable"})
_NATURES = {
    "operating": mark("fonctionnement"),
    "investment": mark("investissement"),
}


@dataclass(frozen=True, slots=True)
class Opinion:
    """What is about to be written; amounts in cents by nature, None when the service proposes none."""

    sense: str
    text: str
    proposed_cents: Mapping[str, int | None]


def judge_opinion(opinion: Opinion, *, state: str, locked: bool, asked_cents: Mapping[str, int]) -> Verdict:
    """`asked_cents`: what the dossier asks of this funder, by nature; `locked`: the jury has decided."""
    return Verdict((_open(state, locked), *_reason(opinion), *_amounts(opinion, asked_cents)))


def _open(state: str, locked: bool) -> Reason:
    met = state in OPEN_STATES and not locked
    if met:
        sentence = mark("L’avis peut être rendu.")
    elif locked:
        sentence = mark("Le jury a décidé : les avis ne changent plus.")
    else:
        sentence = mark("Un avis se rend une fois le dossier complet, et jusqu’à la décision du jury.")
    return Reason("opinion-open", met, sentence, {}, None, state)


def _reason(opinion: Opinion) -> Iterator[Reason]:
    if opinion.sense in WITH_REASON and not opinion.text.strip():
        sentence = mark("Écrivez pourquoi : un avis réservé ou défavorable est motivé.")
        yield Reason("opinion-reason", False, sentence)


def _amounts(opinion: Opinion, asked_cents: Mapping[str, int]) -> Iterator[Reason]:
    for nature, name in _NATURES.items():
        proposed = opinion.proposed_cents.get(nature)
        if proposed is None:
            continue
        asked = asked_cents.get(nature, 0)
        params = {"nature": name, "proposed": Cents(proposed), "asked": Cents(asked)}
        if opinion.sense in ("unfavourable", "not_concerned") and proposed > 0:
            sentence = mark("Un avis qui n’est pas favorable ne propose pas d’argent en {nature}.")
            yield Reason(f"opinion-{nature}", False, sentence, params, 0, proposed)
        elif proposed < 0 or proposed > asked:
            sentence = mark("{proposed} proposés en {nature} pour {asked} demandés : proposez moins.")
            yield Reason(f"opinion-{nature}", False, sentence, params, asked, proposed)
