"""The tree of a contract's objectives: a strategic one hangs on an axis, an operational one on a strategic.

Rows are plain facts; the tree is rebuilt in the order of the reader, and a row whose parent is not there
stands at the root rather than disappear.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from .verdict import Reason, Verdict, mark


class Rank(StrEnum):
    """How high an objective stands."""

    AXIS = "axis"
    STRATEGIC = "strategic"
    OPERATIONAL = "operational"


PARENT_OF = {Rank.AXIS: None, Rank.STRATEGIC: Rank.AXIS, Rank.OPERATIONAL: Rank.STRATEGIC}
_SAYS = {
    Rank.AXIS: mark("Un axe ne dépend de rien."),
    Rank.STRATEGIC: mark("Un objectif stratégique dépend d’un axe."),
    Rank.OPERATIONAL: mark("Un objectif opérationnel dépend d’un objectif stratégique."),
}


@dataclass(frozen=True, slots=True)
class Node:
    """One objective as the rules see it; `withdrawn` ones stay in the tree and weigh nothing."""

    key: int
    rank: str
    parent: int | None = None
    order: int = 0
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Use:
    """What hangs on an objective: objectives below that are not withdrawn, and what would be orphaned."""

    below: int = 0
    actions: int = 0
    others: int = 0

    @property
    def any(self) -> bool:
        """Whether something would lose its objective."""
        return bool(self.below or self.actions or self.others)


def below(rank: str | None) -> Rank | None:
    """The rank of what is added under this one (None: at the root); None under an operational one."""
    return next((child for child, parent in PARENT_OF.items() if parent == rank), None)


def may_hang(rank: str, parent: Node | None) -> Verdict:
    """Whether an objective of this rank may hang there."""
    wanted = PARENT_OF[Rank(rank)]
    if (parent.rank if parent else None) != wanted:
        return Verdict.no("parent", _SAYS[Rank(rank)])
    if parent and parent.withdrawn:
        return Verdict.no("parent", mark("L’objectif dont il dépendrait est retiré : prenez-en un autre."))
    return Verdict.yes()


def may_withdraw(use: Use, reason: str) -> Verdict:
    """What is withdrawn leaves nothing hanging below it, and says why when something refers to it."""
    reasons = []
    if use.below:
        template = mark("Retirez d’abord les {count} objectifs qui en dépendent, ou rattachez-les ailleurs.")
        one = mark("Retirez d’abord l’objectif qui en dépend, ou rattachez-le ailleurs.")
        reasons.append(
            Reason(
                "below", False, one if use.below == 1 else template, {"count": use.below}, operand=use.below
            )
        )
    if use.any and not reason.strip():
        reasons.append(Reason("reason", False, mark("Dites en une phrase pourquoi cet objectif est retiré.")))
    return Verdict(tuple(reasons))


def in_order(nodes: Sequence[Node]) -> list[tuple[Node, int]]:
    """Every node once with its depth (0 at the root), each followed by what hangs on it."""
    keys = {node.key for node in nodes}
    children: dict[int | None, list[Node]] = {}
    for node in sorted(nodes, key=lambda node: (node.order, node.key)):
        children.setdefault(node.parent if node.parent in keys else None, []).append(node)
    found: list[tuple[Node, int]] = []
    waiting = [(node, 0) for node in reversed(children.get(None, []))]
    while waiting:
        node, depth = waiting.pop()
        found.append((node, depth))
        waiting += [(child, depth + 1) for child in reversed(children.get(node.key, []))]
    return found


def reordered(siblings: Sequence[int], moved: int, step: int) -> list[int]:
    """The keys of the siblings once `moved` went `step` places (-1: up); it stops at either end."""
    keys = list(siblings)
    place = keys.index(moved)
    keys.insert(min(max(place + step, 0), len(keys) - 1), keys.pop(place))
    return keys
