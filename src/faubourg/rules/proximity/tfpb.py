"""What a landlord does with the rebate: eight axes, a three-year plan, and the share that is justified.

Only what exceeds ordinary management counts: of a cost, what the landlord spends elsewhere too, what tenants
are charged and what somebody else pays are left out. Amounts are integer cents, shares exact fractions.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from fractions import Fraction

from ..money_ladder import Cents
from ..verdict import Reason, Verdict, mark

PLAN_YEARS = 3


class Axis(IntEnum):
    """The eight fields of use of the national reference framework, in its order."""

    PRESENCE = 1
    TRAINING = 2
    EXTRA_UPKEEP = 3
    WASTE = 4
    TRANQUILLITY = 5
    INVOLVEMENT = 6
    TOGETHERNESS = 7
    SMALL_WORKS = 8


AXIS_NAMES = {
    Axis.PRESENCE: mark("Présence renforcée du personnel de proximité"),
    Axis.TRAINING: mark("Formation et soutien du personnel de proximité"),
    Axis.EXTRA_UPKEEP: mark("Sur-entretien"),
    Axis.WASTE: mark("Gestion des déchets, encombrants et épaves"),
    Axis.TRANQUILLITY: mark("Tranquillité résidentielle"),
    Axis.INVOLVEMENT: mark("Concertation et sensibilisation des locataires"),
    Axis.TOGETHERNESS: mark("Animation, lien social, vivre ensemble"),
    Axis.SMALL_WORKS: mark("Petits travaux d’amélioration de la qualité de service"),
}


class Evidence(StrEnum):
    """What proves that an action took place."""

    PHOTO = "photo"
    CLOSED_REPORT = "closed_report"
    RESIDENT_CHECK = "resident_check"
    DOCUMENT = "document"


EVIDENCE_NAMES = {
    Evidence.PHOTO: mark("photo"),
    Evidence.CLOSED_REPORT: mark("signalement clos"),
    Evidence.RESIDENT_CHECK: mark("vérification par des habitants"),
    Evidence.DOCUMENT: mark("pièce (facture, planning, feuille de présence)"),
}


@dataclass(frozen=True, slots=True)
class Proof:
    """One of these kinds is enough."""

    kinds: frozenset[Evidence]
    asked: str


_PAPER = Proof(
    frozenset({Evidence.DOCUMENT}), mark("Joignez une pièce : facture, planning ou feuille de présence.")
)
_SEEN = Proof(
    frozenset({Evidence.PHOTO, Evidence.CLOSED_REPORT, Evidence.RESIDENT_CHECK}),
    mark("Joignez une photo, un signalement clos ou une vérification par des habitants."),
)
_CHECKED = Proof(
    frozenset({Evidence.RESIDENT_CHECK, Evidence.CLOSED_REPORT}),
    mark("Joignez une vérification par des habitants ou un signalement clos."),
)
_PICTURE = Proof(frozenset({Evidence.PHOTO}), mark("Joignez une photo, avant et après si possible."))
_TRACE = Proof(frozenset({Evidence.DOCUMENT, Evidence.PHOTO}), mark("Joignez une pièce ou une photo."))
# Our own choice, the same for every landlord: each proof of the list is asked for.
REQUIRED = {
    Axis.PRESENCE: (_PAPER,),
    Axis.TRAINING: (_PAPER,),
    Axis.EXTRA_UPKEEP: (_PAPER, _SEEN),
    Axis.WASTE: (_PAPER, _SEEN),
    Axis.TRANQUILLITY: (_PAPER,),
    Axis.INVOLVEMENT: (_PAPER,),
    Axis.TOGETHERNESS: (_TRACE,),
    Axis.SMALL_WORKS: (_PAPER, _PICTURE, _CHECKED),
}


@dataclass(frozen=True, slots=True)
class Action:
    """One action of one year. `ordinary_cents`: what the same costs elsewhere; `recovered_cents`: charged to
    tenants; `funded_cents`: paid by somebody else; `valued_cents`: what the landlord sets against the rebate.
    """

    code: str
    axis: Axis
    year: int
    cost_cents: int
    ordinary_cents: int = 0
    recovered_cents: int = 0
    funded_cents: int = 0
    valued_cents: int = 0
    evidence: frozenset[Evidence] = frozenset()
    neighbourhood: str = ""

    @property
    def ceiling_cents(self) -> int:
        """The most that may be valued; never negative."""
        return max(0, self.cost_cents - self.ordinary_cents - self.recovered_cents - self.funded_cents)


def judge_action(action: Action, *, renewed: bool = False) -> Verdict:
    """Whether its amounts hold; `renewed`: the neighbourhood is under urban renewal."""
    amounts = (action.cost_cents, action.ordinary_cents, action.recovered_cents, action.funded_cents)
    params = {
        "valued": Cents(action.valued_cents), "most": Cents(action.ceiling_cents),
        "cost": Cents(action.cost_cents),
    }  # fmt: skip
    reasons = [
        Reason(
            "tfpb-amounts", min(*amounts, action.valued_cents) >= 0,
            mark("Un montant n’est jamais négatif."), {}, 0, min(*amounts, action.valued_cents),
        ),
        Reason(
            "tfpb-valued", action.valued_cents <= action.ceiling_cents,
            mark("Valorisé {valued} sur un coût de {cost} : {most} au plus dépassent la gestion ordinaire."),
            params, action.ceiling_cents, action.valued_cents,
        ),
    ]  # fmt: skip
    if action.axis is Axis.SMALL_WORKS and renewed:
        sentence = mark(
            "En renouvellement urbain, les petits travaux relèvent d’abord du projet : à justifier."
        )
        reasons.append(Reason("tfpb-renewed", None, sentence, decides=False))
    return Verdict(tuple(reasons))


def judge_evidence(action: Action) -> Verdict:
    """What proves it, proof by proof; the same list for every landlord."""
    return Verdict(
        tuple(
            Reason("tfpb-evidence", bool(one.kinds & action.evidence), one.asked, {}, sorted(one.kinds))
            for one in REQUIRED[action.axis]
        )
    )


def judge_plan(first_year: int, actions: Sequence[Action]) -> Verdict:
    """Whether the three-year plan is there: each year has its actions, each action a cost that holds."""
    years = range(first_year, first_year + PLAN_YEARS)
    empty = [str(year) for year in years if not any(action.year == year for action in actions)]
    outside = [action.code for action in actions if action.year not in years]
    wrong = [one.code for one in actions if one.cost_cents <= 0 or not judge_action(one).ok]
    silent = [str(int(axis)) for axis in Axis if not any(action.axis is axis for action in actions)]
    return Verdict(
        (
            _none_of("plan-years", empty, mark("Sans action : {told}.")),
            _none_of("plan-outside", outside, mark("Hors des trois ans du plan : {told}.")),
            _none_of("plan-amounts", wrong, mark("Montants à reprendre : {told}.")),
            _none_of(
                "plan-axes", silent, mark("Axes sans action, ce qui se justifie : {told}."), decides=False
            ),
        )
    )


def _none_of(code: str, told: Sequence[str], sentence: str, *, decides: bool = True) -> Reason:
    return Reason(code, not told, sentence, {"told": ", ".join(told)}, 0, len(told), decides=decides)


@dataclass(frozen=True, slots=True)
class Use:
    """A year of rebate: cents, and what is justified of it; a share above one is more than was due."""

    year: int
    rebate_cents: int
    cost_cents: int
    valued_cents: int
    justified_cents: int

    @property
    def share(self) -> Fraction | None:
        """Justified over rebate, exactly; None when no rebate was had."""
        return Fraction(self.justified_cents, self.rebate_cents) if self.rebate_cents else None

    @property
    def missing_cents(self) -> int:
        """What is left to justify."""
        return max(0, self.rebate_cents - self.justified_cents)


def use_of(year: int, rebate_cents: int, actions: Iterable[Action]) -> Use:
    """Justified is what is valued within its ceiling and proved, action by action."""
    if rebate_cents < 0:
        raise ValueError("a rebate is never negative")
    told = [action for action in actions if action.year == year]
    justified = sum(
        max(0, min(action.valued_cents, action.ceiling_cents)) for action in told if judge_evidence(action).ok
    )
    return Use(
        year,
        rebate_cents,
        sum(action.cost_cents for action in told),
        sum(action.valued_cents for action in told),
        justified,
    )


def judge_use(use: Use) -> Reason:
    """Whether the year’s rebate is justified in whole."""
    params = {
        "justified": Cents(use.justified_cents), "rebate": Cents(use.rebate_cents),
        "missing": Cents(use.missing_cents), "year": str(use.year),
    }  # fmt: skip
    if use.share is None:
        return Reason("tfpb-use", None, mark("Aucun abattement n’est enregistré pour {year}."), params)
    if use.missing_cents:
        sentence = mark("{justified} justifiés sur {rebate} en {year} : il manque {missing}.")
    else:
        sentence = mark("{justified} justifiés sur {rebate} en {year}.")
    met = not use.missing_cents
    return Reason("tfpb-use", met, sentence, params, use.rebate_cents, use.justified_cents)


def by_axis(actions: Collection[Action]) -> dict[Axis, tuple[int, int]]:
    """Cost and valued cents of each of the eight, 0 for those without action."""
    return {
        axis: (
            sum(action.cost_cents for action in actions if action.axis is axis),
            sum(action.valued_cents for action in actions if action.axis is axis),
        )
        for axis in Axis
    }
