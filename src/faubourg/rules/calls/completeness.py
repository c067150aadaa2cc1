"""Is a dossier complete: every piece that the rules ask for, there and accepted by whoever checked it?"""

from collections.abc import Iterable, Mapping

from ..verdict import Reason, Verdict, mark


def judge_pieces(asked: Iterable[tuple[str, str]], found: Mapping[str, Iterable[bool | None]]) -> Verdict:
    """`asked`: code and name of each piece; `found`: by code, what was said of each paper (None: nobody yet).

    One accepted paper is enough; what nobody checked is unknown, and never counts as accepted.

    >>> judge_pieces([("rib", "RIB")], {"rib": [False, True]}).ok
    True
    """
    return Verdict(tuple(_piece(code, name, tuple(found.get(code, ()))) for code, name in asked))


def _piece(code: str, name: str, said: tuple[bool | None, ...]) -> Reason:
    met: bool | None = False
    if True in said:
        met, sentence = True, mark("{name} : pièce acceptée.")
    elif None in said:
        met, sentence = None, mark("{name} : pièce à vérifier.")
    elif said:
        sentence = mark("{name} : pièce refusée, une autre est attendue.")
    else:
        sentence = mark("{name} : pièce absente.")
    return Reason(f"piece-{code}", met, sentence, {"name": name}, code, met)
