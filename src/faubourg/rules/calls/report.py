"""What a report must tell before it is handed in, and what its figures say: actual against planned.

Proportionate: one page, figures and photographs under 5 000 € granted (`clocks.report_form`), the whole form
15059*02 from there on. A gap beyond a fifth is explained.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ..money_ladder import Cents
from ..verdict import LegalSource, Reason, Verdict, mark
from .accounts import ACCOUNTS, Account, Side
from .clocks import REPORT_REMINDERS, ReportForm
from .rule_set import WHOLE_BP

FORM = "15059*02"
SOURCE = LegalSource(f"formulaire CERFA {FORM}", "compte rendu financier")
# Our own choice, no text: the form only asks to explain the « significant » gaps.
GAP_BP = 2_000
STEPS = ("story", "money", "public", "files")
# The accounts whose sharing rule the form asks for.
INDIRECT = frozenset(code for code, account in ACCOUNTS.items() if account.chapter == "indirect")


def exercise_end(closes: str, last_day: date) -> date:
    """The first close of the exercise on or after the last day of the action; `closes`: month-day, « 12-31 ».

    >>> exercise_end("08-31", date(2015, 12, 31))
    datetime.date(2016, 8, 31)
    """
    month, day = (int(part) for part in closes.split("-"))
    for year in (last_day.year, last_day.year + 1):
        end = date(year, month, min(day, monthrange(year, month)[1]))
        if end >= last_day:
            return end
    raise ValueError(closes)


def last_day_of(year: int, ends_on: date | None) -> date:
    """The last day of what one year’s money pays for: the end of the action when it falls in that year."""
    return ends_on if ends_on is not None and ends_on.year == year else date(year, 12, 31)


def reminder_owed(due_on: date, last: date | None, on: date) -> date | None:
    """The latest reminder whose day has come and that none given since answers: one letter, never three."""
    come = [day for n in REPORT_REMINDERS if (day := due_on - timedelta(days=n)) <= on]
    return come[-1] if come and (last is None or last < come[-1]) else None


@dataclass(frozen=True, slots=True)
class Compared:
    """One line or one total, in cents; `actual_cents` is None as long as nothing is told."""

    account: str
    planned_cents: int
    actual_cents: int | None

    @property
    def known(self) -> Account | None:
        """Its account of the form."""
        return ACCOUNTS.get(self.account)

    @property
    def gap_cents(self) -> int:
        """What was spent or received beyond what was planned; negative below."""
        return (self.actual_cents or 0) - self.planned_cents

    @property
    def share_bp(self) -> int | None:
        """Actual in hundredths of a percent of planned, cut; None when nothing was planned or told."""
        if self.actual_cents is None or self.planned_cents <= 0:
            return None
        return self.actual_cents * WHOLE_BP // self.planned_cents

    @property
    def stands_out(self) -> bool:
        """More than a fifth away from what was planned: it asks for an explanation."""
        if self.actual_cents is None:
            return False
        return abs(self.gap_cents) * WHOLE_BP > self.planned_cents * GAP_BP


def totals(lines: Iterable[Compared]) -> Mapping[Side, Compared]:
    """The total of each side; its actual is None as long as no line of it is told."""
    found: dict[Side, Compared] = {}
    for side in Side:
        mine = [line for line in lines if line.known and line.known.side is side]
        told = [line.actual_cents for line in mine if line.actual_cents is not None]
        planned = sum(line.planned_cents for line in mine)
        found[side] = Compared(side.value, planned, sum(told) if told else None)
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """What a report says so far. `places` and `indicators`: how many are still without an answer."""

    form: str
    lines: Sequence[Compared]
    story: str = ""
    results: str = ""
    gaps: str = ""
    indirect_costs: str = ""
    audience_count: int | None = None
    places: int = 0
    indicators: int = 0
    files: int = 0


def step_of(reason: Reason) -> str:
    """The step of the form where a reason is mended."""
    return reason.code.split("-")[0]


def judge(told: Told) -> Verdict:
    """Whether the report may be handed in, each reason with the step that mends it."""
    return Verdict((*_story(told), *_money(told), *_public(told), *_files(told)))


def _story(told: Told) -> Iterator[Reason]:
    yield _text("story-what", told.story, mark("Racontez en quelques lignes ce qui a été fait."),
                mark("La mise en œuvre est racontée."))  # fmt: skip
    if told.form == ReportForm.FULL:
        yield _text("story-results", told.results, mark("Dites si les objectifs sont atteints."),
                    mark("Les résultats sont dits."))  # fmt: skip


def _money(told: Told) -> Iterator[Reason]:
    silent = sum(line.actual_cents is None for line in told.lines)
    yield Reason(
        "money-lines", silent == 0,
        mark("Lignes du budget sans montant réalisé : {n}. Écrivez 0 quand il n’y a rien eu.")
        if silent else mark("Chaque ligne du budget a son montant réalisé."),
        {"n": silent}, 0, silent, SOURCE,
    )  # fmt: skip
    charges, products = (totals(told.lines)[side].actual_cents or 0 for side in (Side.CHARGES, Side.PRODUCTS))
    yield Reason(
        "money-spent", charges > 0,
        mark("Dépensé en tout : {charges}.")
        if charges else mark("Rien n’a été dépensé : attestez plutôt que l’action n’a pas eu lieu."),
        {"charges": Cents(charges)}, 1, charges, SOURCE,
    )  # fmt: skip
    if charges != products:
        params = {
            "charges": Cents(charges),
            "products": Cents(products),
            "gap": Cents(abs(charges - products)),
        }
        sentence = mark("Charges {charges}, produits {products} : le résultat de l’action est de {gap}.")
        yield Reason("money-balance", None, sentence, params, charges, products, SOURCE, decides=False)
    if told.form == ReportForm.FULL:
        yield from _explained(told)


def _explained(told: Told) -> Iterator[Reason]:
    wide = sum(line.stands_out for line in told.lines)
    if wide:
        met = told.gaps.strip() != ""
        sentence = (
            mark("Les écarts de plus de 20 % sont expliqués ({n} lignes).")
            if met else mark("Expliquez les écarts de plus de 20 % entre prévu et réalisé : {n} lignes.")
        )  # fmt: skip
        yield Reason("money-gaps", met, sentence, {"n": wide}, GAP_BP, wide, SOURCE)
    if any(line.account in INDIRECT and (line.actual_cents or 0) for line in told.lines):
        yield _text("money-indirect", told.indirect_costs,
                    mark("Dites selon quelle règle les charges indirectes sont réparties."),
                    mark("La règle de répartition des charges indirectes est dite."))  # fmt: skip


def _public(told: Told) -> Iterator[Reason]:
    met = told.audience_count is not None
    yield Reason(
        "public-count", met,
        mark("Personnes touchées : {n}.") if met else mark("Dites combien de personnes l’action a touchées."),
        {"n": told.audience_count or 0}, None, told.audience_count, SOURCE,
    )  # fmt: skip
    if told.form == ReportForm.SHORT:
        return
    for code, left, sentence in (
        ("public-places", told.places, mark("Quartiers sans nombre de personnes : {n}.")),
        ("public-indicators", told.indicators, mark("Indicateurs promis sans résultat : {n}.")),
    ):
        if left:
            yield Reason(code, False, sentence, {"n": left}, 0, left, SOURCE)


def _files(told: Told) -> Iterator[Reason]:
    if told.form == ReportForm.SHORT:
        sentence = (
            mark("Photos et papiers joints : {n}.")
            if told.files else mark("Joignez au moins une photo, une affiche ou un papier de l’action.")
        )  # fmt: skip
        yield Reason("files-one", told.files > 0, sentence, {"n": told.files}, 1, told.files, SOURCE)


def _text(code: str, text: str, missing: str, given: str) -> Reason:
    met = text.strip() != ""
    return Reason(code, met, given if met else missing, {}, 1, len(text.strip()), SOURCE)
