"""The order in which an intercommunalité puts its dossiers: from 1, one dossier a rank, holes allowed."""

from collections import Counter
from collections.abc import Mapping, Sequence

from ..verdict import LegalSource, Reason, Verdict, mark

MOST_RANK = 99_999
SOURCE = LegalSource("Région Nord-Pas de Calais, appel à projets 2015", "rôle de chef de file de l’EPCI")


def judge_ranks(ranks: Mapping[int, int | None], names: Mapping[int, str]) -> Verdict:
    """Every rank of the list after a change, by dossier; `names` says whom a refusal is about."""
    given = {dossier: rank for dossier, rank in ranks.items() if rank is not None}
    reasons = []
    for dossier, rank in given.items():
        if not 1 <= rank <= MOST_RANK:
            sentence = mark("« {name} » : un rang va de 1 à {most}.")
            params = {"name": names.get(dossier, str(dossier)), "most": MOST_RANK}
            reasons.append(Reason("rank-range", False, sentence, params, MOST_RANK, rank, SOURCE))
    for rank, times in sorted(Counter(given.values()).items()):
        if times > 1:
            same = [names.get(dossier, str(dossier)) for dossier, held in given.items() if held == rank]
            params = {"rank": rank, "names": " ; ".join(same)}
            sentence = mark("Le rang {rank} est donné {times} fois : {names}. Un rang, un dossier.")
            reasons.append(Reason("rank-twice", False, sentence, params | {"times": times}, 1, times, SOURCE))
    return Verdict(tuple(reasons))


def moved(order: Sequence[int], dossier: int, *, up: bool) -> list[int]:
    """The order with one dossier a place higher or lower; unchanged at the end of the list.

    >>> moved([5, 7, 9], 9, up=True)
    [5, 9, 7]
    """
    found = list(order)
    place = found.index(dossier)
    other = place - 1 if up else place + 1
    if 0 <= other < len(found):
        found[place], found[other] = found[other], found[place]
    return found
