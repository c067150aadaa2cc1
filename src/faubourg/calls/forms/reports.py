"""The form of a report, page by page: what was done, what it cost, for whom; what is known is not asked."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.base.numbers import typed
from faubourg.base.text import printable
from faubourg.contracts.forms.money import MoneyField
from faubourg.people.forms import DayInput
from faubourg.rules.calls.accounts import ACCOUNTS, CHAPTERS
from faubourg.rules.calls.clocks import ReportForm as Form

from ..models import Report, ReportLine
from ..services.reporting import Words

LONGEST = 10_000
MOST_PEOPLE = 10_000_000
BLANK_LINES = 2
# The pages of each form, before the files and the last check.
PAGES = {Form.SHORT.value: ("page",), Form.FULL.value: ("story", "money", "public")}
_TEXTS: dict[str, tuple[str, ...]] = {
    "page": ("story", "successes", "failures"),
    "story": ("story", "results", "successes", "failures"),
    "money": ("gaps", "indirect_costs"),
    "public": (),
}
_WORDS: dict[str, tuple[Any, Any]] = {
    "story": (_("Ce qui a été fait"), _("Quoi, quand, où, avec qui.")),
    "results": (_("Résultats"), _("Les objectifs sont-ils atteints ? À quoi le voyez-vous ?")),
    "successes": (_("Ce qui a marché, et pourquoi"), _("Peut être publié : n’y nommez personne.")),
    "failures": (
        _("Ce qui n’a pas marché, et pourquoi"),
        _("Peut être publié, pour que d’autres en profitent : n’y nommez personne."),
    ),
    "gaps": (_("Écarts entre prévu et réalisé"), _("Expliquez ceux de plus de 20 %.")),
    "indirect_costs": (
        _("Charges indirectes : règle de répartition"),
        _("Par exemple : au temps passé, à la surface occupée."),
    ),
}


def account_choices() -> list[tuple[str, str]]:
    """Every account but those of the grants, for an expense or an income that nobody had planned."""
    return [
        ("", gettext("aucun autre")),
        *(
            (code, f"{account.chapter} · {gettext(account.name)}")
            for code, account in ACCOUNTS.items()
            if account.chapter in CHAPTERS
        ),
    ]


class ReportPageForm(forms.Form):
    """One page; what is empty stays empty until the last check."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any = None, *, report: Report, page: str) -> None:
        super().__init__(data)
        self.report, self.page = report, page
        self.fields["version"].initial = report.version
        for name in _TEXTS[page]:
            self._text(name)
        if page in ("page", "public"):
            self._people()
        if page in ("page", "money"):
            self._money()
        if page == "public":
            self._indicators()

    def _text(self, name: str) -> None:
        label, help_text = _WORDS[name]
        self.fields[name] = forms.CharField(
            label=label,
            help_text=help_text,
            required=False,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 5}),
            initial=getattr(self.report, name),
        )

    def _people(self) -> None:
        count: dict[str, Any] = {"required": False, "min_value": 0, "max_value": MOST_PEOPLE}
        planned = self.report.application.audience_count
        self.fields["audience_count"] = forms.IntegerField(
            label=_("Personnes touchées en tout"),
            help_text=_("Prévu : %(n)s.") % {"n": planned} if planned else "",
            initial=self.report.audience_count,
            **count,
        )
        for place in self.report.places.all():
            self.fields[f"place_{place.pk}"] = forms.IntegerField(
                label=_("Dont : %(place)s") % {"place": place.territory.name}, initial=place.people, **count
            )

    def _money(self) -> None:
        for line in self.report.lines.all():
            field = MoneyField(label=line_name(line), required=False)
            field.initial = typed(line.actual_cents)
            account = ACCOUNTS.get(line.account)
            field.widget.attrs |= {
                "class": "amount",
                "data-side": account.side.value if account else "",
                "data-planned": line.planned_cents,
            }
            self.fields[f"line_{line.pk}"] = field
        for n in range(BLANK_LINES):
            self.fields[f"more_{n}"] = forms.ChoiceField(
                label=_("Autre compte"), required=False, choices=account_choices
            )
            self.fields[f"more_label_{n}"] = forms.CharField(
                label=_("Précision"), required=False, max_length=200
            )
            self.fields[f"more_cents_{n}"] = MoneyField(label=_("Réalisé, en euros"), required=False)

    def _indicators(self) -> None:
        for counted in self.report.indicators.all():
            promised = counted.promised
            self.fields[f"counted_{counted.pk}"] = forms.CharField(
                label=promised.name,
                help_text=_("Promis : %(target)s.")
                % {"target": f"{promised.target} {promised.unit}".strip()},
                required=False,
                max_length=100,
                initial=counted.value,
            )
            self.fields[f"comment_{counted.pk}"] = forms.CharField(
                label=_("Commentaire"), required=False, max_length=300, initial=counted.comment
            )

    def clean(self) -> dict[str, Any]:
        """Texts without hidden signs; an account and its amount go together."""
        said = super().clean() or self.cleaned_data
        for name, value in said.items():
            if isinstance(value, str):
                said[name] = printable(value.replace("\r\n", "\n")).strip()
        for n in range(BLANK_LINES):
            account, cents = said.get(f"more_{n}"), said.get(f"more_cents_{n}")
            if bool(account) != (cents is not None) and f"more_cents_{n}" not in self.errors:
                self.add_error(f"more_cents_{n}", gettext("Un compte et son montant vont ensemble."))
        return said

    def words(self) -> Words:
        """What the service writes."""
        said = self.cleaned_data
        columns = {name: said[name] for name in (*_TEXTS[self.page], "audience_count") if name in said}
        if "audience_count" in self.fields:
            columns["audience_count"] = said["audience_count"]
        return Words(
            columns=columns,
            actual=self._by_row("line_"),
            people=self._by_row("place_"),
            counted={
                pk: (value, said[f"comment_{pk}"]) for pk, value in self._by_row("counted_").items()
            },
            more=[
                (said[f"more_{n}"], said[f"more_label_{n}"], said[f"more_cents_{n}"])
                for n in range(BLANK_LINES)
                if said.get(f"more_{n}")
            ],
        )  # fmt: skip

    def _by_row(self, start: str) -> dict[int, Any]:
        return {
            int(name.removeprefix(start)): value
            for name, value in self.cleaned_data.items()
            if name.startswith(start)
        }

    def plain(self) -> Iterator[forms.BoundField]:
        """The fields that are no amount, no account: those that a page shows one under the other."""
        for field in self.visible_fields():
            if not field.name.startswith(("line_", "more_")):
                yield field

    def more(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        """The blank lines for what was not planned."""
        if "more_0" not in self.fields:
            return []
        return [(self[f"more_{n}"], self[f"more_label_{n}"], self[f"more_cents_{n}"])
                for n in range(BLANK_LINES)]  # fmt: skip


def line_name(line: ReportLine) -> str:
    """The account in words, with what its dossier said of it."""
    account = ACCOUNTS.get(line.account)
    name = gettext(account.name) if account else line.account
    return f"{name} – {line.label}" if line.label and line.label != name else name


class FilesForm(forms.Form):
    """A caption for the files, which the browser sends beside."""

    caption = forms.CharField(label=_("Légende"), required=False, max_length=200)
    public = forms.BooleanField(label=_("Peut être publié"), required=False)


class CertifyForm(forms.Form):
    """Who may engage the organisation says that it is true."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    certified = forms.BooleanField(
        label=_("Je certifie exacts ce compte rendu et les montants qu’il déclare."),
        error_messages={"required": _("Cochez la case pour certifier le compte rendu.")},
    )


class NotDoneForm(forms.Form):
    """Nothing took place."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    why = forms.CharField(
        label=_("Pourquoi l’action n’a pas eu lieu"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    certified = forms.BooleanField(
        label=_("J’atteste que l’action n’a pas eu lieu. Ce qui a été versé sera demandé en retour."),
        error_messages={"required": _("Cochez la case pour attester.")},
    )


class NewDatesForm(forms.Form):
    """The action goes on later."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    ends_on = forms.DateField(label=_("Nouvelle date de fin"), widget=DayInput())
    why = forms.CharField(
        label=_("Pourquoi de nouvelles dates"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
