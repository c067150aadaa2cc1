"""Does the budget of an action hold: charges = produits, 86 = 87, every account known, every funder named?

The same function judges the final budget and the line that is being typed: differences are told live.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..money_ladder import Cents
from ..verdict import LegalSource, Reason, Verdict, mark
from .accounts import ACCOUNTS, CHAPTERS, FORM, LOCAL_LEVELS, PUBLIC, Side
from .rule_set import WHOLE_BP

SOURCE = LegalSource(f"formulaire CERFA {FORM}", "budget du projet")


@dataclass(frozen=True, slots=True)
class Line:
    """Cents on one account; `funder` names who is asked, on a line of chapter 74."""

    account: str
    cents: int
    funder: str = ""


@dataclass(frozen=True, slots=True)
class Budget:
    """The lines as they were typed, and what they add up to (lines of unknown accounts add to nothing)."""

    lines: tuple[Line, ...]

    def total(self, side: Side) -> int:
        """Cents of one side."""
        return sum(line.cents for line in self._known() if ACCOUNTS[line.account].side is side)

    def by_chapter(self) -> Mapping[str, int]:
        """Cents of each chapter of the form, in its order, zeros included."""
        found = dict.fromkeys(CHAPTERS, 0)
        for line in self._known():
            found[ACCOUNTS[line.account].chapter] += line.cents
        return found

    def local_cents(self) -> Mapping[str, int]:
        """Cents by level of local authority: what `Facts.local_cents` expects."""
        found: dict[str, int] = {}
        for line in self.lines:
            if level := LOCAL_LEVELS.get(line.account):
                found[level] = found.get(level, 0) + line.cents
        return found

    def public_cents(self) -> int:
        """All public money, every funder together."""
        return sum(line.cents for line in self.lines if line.account in PUBLIC)

    def rate_bp(self, asked_cents: int) -> int | None:
        """The share of the produits that is asked, cut to the basis point; gifts in kind left aside."""
        products = self.total(Side.PRODUCTS)
        return asked_cents * WHOLE_BP // products if products > 0 else None

    def _known(self) -> Iterator[Line]:
        return (line for line in self.lines if line.account in ACCOUNTS)


def judge(lines: Sequence[Line]) -> Verdict:
    """Every condition of the form; each refusal says what to add, and where."""
    budget = Budget(tuple(lines))
    return Verdict((*_lines(budget.lines), _something(budget), _balance(budget), _in_kind(budget)))


def _lines(lines: tuple[Line, ...]) -> Iterator[Reason]:
    for line in lines:
        account = ACCOUNTS.get(line.account)
        params = {"account": line.account, "cents": Cents(line.cents)}
        if account is None:
            sentence = mark("Le compte « {account} » n’est pas dans le formulaire : choisissez-en un autre.")
            yield Reason("budget-account", False, sentence, params, None, line.account, SOURCE)
            continue
        if line.cents < 0:
            sentence = mark("Compte {account} : un montant négatif ne s’écrit pas, passez par l’autre côté.")
            yield Reason("budget-negative", False, sentence, params, 0, line.cents, SOURCE)
        if account.is_grant and line.cents and not line.funder.strip():
            sentence = mark("Compte {account}, {cents} : dites quel financeur est sollicité.")
            yield Reason("budget-funder", False, sentence, params, None, line.funder, SOURCE)


def _something(budget: Budget) -> Reason:
    charges = budget.total(Side.CHARGES)
    sentence = (
        mark("Le budget compte {charges} de charges.")
        if charges > 0
        else mark("Le budget est vide : commencez par les dépenses de l’action.")
    )
    return Reason("budget-empty", charges > 0, sentence, {"charges": Cents(charges)}, 1, charges, SOURCE)


def _balance(budget: Budget) -> Reason:
    charges, products = budget.total(Side.CHARGES), budget.total(Side.PRODUCTS)
    gap = charges - products
    if gap > 0:
        sentence = mark("Charges {charges}, produits {products} : il manque {gap} de produits.")
    elif gap < 0:
        sentence = mark("Charges {charges}, produits {products} : les produits dépassent de {gap}.")
    else:
        sentence = mark("Charges et produits s’équilibrent à {charges}.")
    params = {"charges": Cents(charges), "products": Cents(products), "gap": Cents(abs(gap))}
    return Reason("budget-balance", gap == 0, sentence, params, charges, products, SOURCE)


def _in_kind(budget: Budget) -> Reason:
    used, given = budget.total(Side.IN_KIND_USE), budget.total(Side.IN_KIND_SOURCE)
    gap = used - given
    if gap > 0:
        sentence = mark("Contributions en nature : 86 fait {used}, 87 fait {given} ; ajoutez {gap} en 87.")
    elif gap < 0:
        sentence = mark("Contributions en nature : 86 fait {used}, 87 fait {given} ; ajoutez {gap} en 86.")
    elif used:
        sentence = mark("Les contributions en nature (86 et 87) s’équilibrent à {used}.")
    else:
        sentence = mark("Aucune contribution en nature.")
    params = {"used": Cents(used), "given": Cents(given), "gap": Cents(abs(gap))}
    return Reason("budget-in-kind", gap == 0, sentence, params, used, given, SOURCE)
