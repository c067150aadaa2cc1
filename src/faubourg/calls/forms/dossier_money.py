"""The money of a dossier as it is typed: a line an account, a sum a funder; French amounts, to the cent."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.base.numbers import typed
from faubourg.contracts.forms import MoneyField
from faubourg.rules.calls.accounts import ACCOUNTS, CHAPTERS, Account, Side
from faubourg.rules.calls.budget import Line

from ..models import BudgetLine
from ..models.budget import NATURES
from ..queries.facts import lines_of, years_of
from ..queries.writing import is_grant, values_of
from .dossier import StepForm

BLANK_FUNDERS = 2
MOST_FUNDERS = 30
PARTS = ("account", "name", "cents", "standing")
STANDINGS = BudgetLine.Standing.choices


@dataclass(frozen=True, slots=True)
class Chapter:
    """An account of two figures with its lines; `opened`: something is typed in it."""

    code: str
    name: str
    side: Side
    fields: list[forms.BoundField]
    opened: bool


class BudgetForm(StepForm):
    """Every account of the form CERFA but those of chapter 74, which the funders' step writes."""

    step = "budget"

    def prepare(self) -> None:
        stored = values_of(self.application, self.step)["amounts"]
        for code, account in ACCOUNTS.items():
            if is_grant(code):
                continue
            field = MoneyField(label=_label(account), required=False)
            field.initial = typed(stored[code]) if stored.get(code) else ""
            field.widget.attrs |= {"data-side": account.side.value, "class": "amount"}
            self.fields[f"a_{code}"] = field

    def chapters(self, *sides: Side) -> Iterator[Chapter]:
        """The chapters of one side, in the order of the form."""
        for chapter, name in CHAPTERS.items():
            fields = [
                self[f"a_{code}"] for code, a in ACCOUNTS.items() if a.chapter == chapter and not a.is_grant
            ]
            if not fields:
                continue
            side = next(account.side for account in ACCOUNTS.values() if account.chapter == chapter)
            if side in sides:
                opened = any(field.value() or field.errors for field in fields)
                yield Chapter(chapter, gettext(name), side, fields, opened)

    def changes(self) -> dict[str, Any]:
        """Cents by account, what is empty left out."""
        said = self.cleaned_data
        return {"amounts": {n[2:]: cents for n, cents in said.items() if n.startswith("a_") and cents}}

    def lines(self) -> list[Line]:
        """The budget as it is being typed, with the grants as they are saved: what the balance judges."""
        grants = [line for line in lines_of(self.application) if is_grant(line.account)]
        said = getattr(self, "cleaned_data", {})
        return [*(Line(n[2:], cents) for n, cents in said.items() if n.startswith("a_") and cents), *grants]


@dataclass(frozen=True, slots=True)
class Asked:
    """A funder of the call with the fields of what is asked of it."""

    funder: Any
    fields: list[forms.BoundField]
    standing: forms.BoundField


class FundersForm(StepForm):
    """What is asked of each funder of the call, by nature and year; then the co-funders outside it."""

    step = "funders"

    def prepare(self) -> None:
        stored = values_of(self.application, self.step)
        self.funders = list(self.application.call.funders.all())
        self.years = list(years_of(self.application))
        self.natures = self._natures({key.split("-")[1] for key in stored["requests"]})
        for funder in self.funders:
            for year in self.years:
                for nature, label in self.natures:
                    key = f"{funder.pk}-{nature}-{year}"
                    name = (
                        f"{label}, {year}"
                        if len(self.years) > 1 or len(self.natures) > 1
                        else _("Montant demandé")
                    )
                    field = MoneyField(label=name, required=False)
                    field.initial = typed(stored["requests"][key]) if key in stored["requests"] else ""
                    counted = {"data-side": Side.PRODUCTS.value} if year == self.years[0] else {}
                    field.widget.attrs |= {"class": "amount", **counted}
                    self.fields[f"r-{key}"] = field
            self.fields[f"s-{funder.pk}"] = forms.ChoiceField(
                label=_("Où en est cette somme ?"), choices=STANDINGS, required=False,
                initial=stored["standings"].get(str(funder.pk), "asked"),
            )  # fmt: skip
        self._others(stored["others"])

    def _natures(self, known: set[str]) -> list[tuple[str, Any]]:
        """Those that the measure finances, and those for which something is already asked."""
        measure = self.rule_set.measure(self.application.measure) if self.rule_set else None
        accepted = set(measure.natures) if measure and measure.natures else {code for code, _label in NATURES}
        return [(code, label) for code, label in NATURES if code in accepted | known]

    def _others(self, stored: list[list[Any]]) -> None:
        sent = sum(name.startswith("o-") and name.endswith("-name") for name in self.data)
        self.count = min(MOST_FUNDERS, max(len(stored) + BLANK_FUNDERS, sent))
        levels = [("", _("à choisir")), *((c, a.name) for c, a in ACCOUNTS.items() if a.is_grant)]
        for row in range(self.count):
            account, name, cents, standing = stored[row] if row < len(stored) else ("", "", 0, "asked")
            amount = MoneyField(label=_("Montant"), required=False, initial=typed(cents) if cents else "")
            amount.widget.attrs |= {"class": "amount", "data-side": Side.PRODUCTS.value}
            self.fields |= {
                f"o-{row}-account": forms.ChoiceField(
                    label=_("Quel niveau ?"), choices=levels, required=False, initial=account
                ),
                f"o-{row}-name": forms.CharField(
                    label=_("Quel financeur ?"), required=False, max_length=200, initial=name
                ),
                f"o-{row}-cents": amount,
                f"o-{row}-standing": forms.ChoiceField(
                    label=_("Où en est cette somme ?"), choices=STANDINGS, required=False, initial=standing
                ),
            }

    def asked(self) -> list[Asked]:
        """The funders of the call as the page draws them."""
        return [
            Asked(
                funder,
                [self[name] for name in self.fields if name.startswith(f"r-{funder.pk}-")],
                self[f"s-{funder.pk}"],
            )
            for funder in self.funders
        ]

    def others(self) -> list[list[forms.BoundField]]:
        """The co-funders outside the call, one line each."""
        return [[self[f"o-{row}-{part}"] for part in PARTS] for row in range(self.count)]

    def clean(self) -> dict[str, Any]:
        """A co-funder has a level, a name and a sum, or nothing at all."""
        said = super().clean() or {}
        for row in range(self.count):
            account, name, cents = (said.get(f"o-{row}-{part}") for part in ("account", "name", "cents"))
            if not (name or cents):
                continue
            if not account:
                self.add_error(f"o-{row}-account", _("Dites de quel niveau est ce financeur."))
            if not name:
                self.add_error(f"o-{row}-name", _("Dites quel financeur est sollicité."))
            if not cents and f"o-{row}-cents" not in self.errors:
                self.add_error(f"o-{row}-cents", _("Dites de combien."))
        return said

    def changes(self) -> dict[str, Any]:
        """As `values_of` tells the step."""
        said = self.cleaned_data
        others = []
        for row in range(self.count):
            account, name, cents, standing = (said[f"o-{row}-{part}"] for part in PARTS)
            if cents:
                others.append([account, name, cents, standing or "asked"])
        return {
            "requests": {name[2:]: cents for name, cents in said.items() if name.startswith("r-") and cents},
            "standings": {str(f.pk): said[f"s-{f.pk}"] or "asked" for f in self.funders},
            "others": others,
        }

    def lines(self) -> list[Line]:
        """The budget with the grants as they are being typed."""
        others = [line for line in lines_of(self.application) if not is_grant(line.account)]
        said = getattr(self, "cleaned_data", {})
        first = str(self.years[0])
        asked = [
            Line("74x", cents, "?")
            for n, cents in said.items()
            if n.startswith("r-") and cents and n.endswith(first)
        ]
        typed_ones = [
            Line(
                said.get(f"o-{row}-account") or "74x",
                said.get(f"o-{row}-cents") or 0,
                said.get(f"o-{row}-name") or "",
            )
            for row in range(self.count)
        ]
        return [*others, *asked, *(line for line in typed_ones if line.cents)]


def _label(account: Account) -> str:
    code = account.code if account.code[:2].isdecimal() and "x" not in account.code else ""
    return f"{code} {gettext(account.name)}".strip()
