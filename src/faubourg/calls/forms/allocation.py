"""What the officers type before an allocation is computed: coefficients, minimums, floors, shares."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from faubourg.contracts.forms.money import MoneyField, PercentField

from ..models import CallFunder
from ..models.budget import NATURES
from ..queries.allocation_facts import Typed

WHOLE = 10_000
HUNDRED = 100


class AllocationForm(forms.Form):
    """Everything is optional: empty, all territories count alike and nothing is guaranteed."""

    least_share = PercentField(
        label=_("Part de la demande sans laquelle une action ne peut se faire, en %"),
        required=False,
        help_text=_("100 : tout ou rien. 70 : le jury peut donner moins, jusqu’à 70 % de la demande."),
    )
    local_share = PercentField(
        label=_("Part des collectivités locales dans le budget, en %"),
        required=False,
        help_text=_("Celle du règlement ; vide : aucune n’est exigée."),
    )

    def __init__(
        self, territories: Sequence[str], funders: Sequence[CallFunder], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.territories = {str(rank): name for rank, name in enumerate(territories)}
        self.funders = list(funders)
        for rank, name in self.territories.items():
            self.fields[f"weight-{rank}"] = forms.DecimalField(
                label=_("Coefficient de %(name)s") % {"name": name},
                required=False, min_value=Decimal("0.5"), max_value=5, decimal_places=2, localize=True,
            )  # fmt: skip
            self.fields[f"minimum-{rank}"] = MoneyField(
                label=_("Minimum pour %(name)s") % {"name": name}, required=False
            )
        for funder in self.funders:
            self.fields[f"least-{funder.pk}"] = MoneyField(
                label=_("Plus petite aide de %(name)s") % {"name": funder.name}, required=False
            )
            for nature, word in NATURES:
                self.fields[f"most-{funder.pk}-{nature}"] = MoneyField(
                    label=_("Plus grande aide de %(name)s en %(nature)s")
                    % {"name": funder.name, "nature": word},
                    required=False,
                )

    @property
    def by_territory(self) -> list[tuple[str, Any, Any]]:
        """A line a territory."""
        return [(name, self[f"weight-{r}"], self[f"minimum-{r}"]) for r, name in self.territories.items()]

    @property
    def by_funder(self) -> list[tuple[str, list[Any]]]:
        """A line a funder: its floor, its ceiling for each nature."""
        names = ["least-{}", *(f"most-{{}}-{nature}" for nature, _word in NATURES)]
        return [(one.name, [self[name.format(one.pk)] for name in names]) for one in self.funders]

    def clean(self) -> dict[str, Any]:
        """A ceiling under the floor of the same funder would leave it nothing to give."""
        told = super().clean() or {}
        for funder in self.funders:
            least = told.get(f"least-{funder.pk}")
            for nature, _word in NATURES:
                most = told.get(f"most-{funder.pk}-{nature}")
                if least and most is not None and most < least:
                    self.add_error(
                        f"most-{funder.pk}-{nature}",
                        _("Ce plafond est sous la plus petite aide : relevez-le, ou baissez-la."),
                    )
        return told

    def typed(self) -> Typed:
        """As the computation reads it."""
        told = self.cleaned_data
        weights = {name: told.get(f"weight-{rank}") for rank, name in self.territories.items()}
        minimums = {name: told.get(f"minimum-{rank}") for rank, name in self.territories.items()}
        least = {funder.pk: told.get(f"least-{funder.pk}") for funder in self.funders}
        most = {
            (funder.pk, nature): told.get(f"most-{funder.pk}-{nature}")
            for funder in self.funders
            for nature, _word in NATURES
        }
        share = told["least_share"]
        return Typed(
            weight_bp={name: int(value * WHOLE) for name, value in weights.items() if value is not None},
            minimum_cents={name: cents for name, cents in minimums.items() if cents},
            least_cents={pk: cents for pk, cents in least.items() if cents},
            most_cents={key: cents for key, cents in most.items() if cents is not None},
            least_bp=share or WHOLE,
            local_bp=told["local_share"] or 0,
        )
