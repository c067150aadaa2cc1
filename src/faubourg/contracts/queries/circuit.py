"""Where a contract stands in its circuit: its steps, the communes that validated, the parties that spoke."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from faubourg.contracts.agreements import Agreement, of
from faubourg.contracts.models import Contract, ContractStep, Signatory
from faubourg.rules.contract_circuit import State
from faubourg.rules.contract_signing import Facts, Party
from faubourg.territories.models import Territory


@dataclass(frozen=True, slots=True)
class CommuneLine:
    """A commune that has to validate; `step` is its validation, None while it is awaited."""

    place: Territory
    step: ContractStep | None


@dataclass(frozen=True, slots=True)
class Circuit:
    """The circuit of one contract. `standing` are the steps that nothing undid."""

    contract: Contract
    steps: tuple[ContractStep, ...]
    standing: tuple[ContractStep, ...]
    communes: tuple[CommuneLine, ...]
    parties: tuple[Signatory, ...]
    successor: Contract | None

    @property
    def state(self) -> State:
        """The present state, as the rules name it."""
        return State(self.contract.state)

    @property
    def last_move(self) -> ContractStep | None:
        """The step that brought the contract where it is."""
        moves = [step for step in self.standing if step.before != step.after]
        return moves[-1] if moves else None

    @property
    def validated(self) -> int:
        """How many communes have validated."""
        return sum(line.step is not None for line in self.communes)

    def facts(self, *, on: date | None, today: date, **told: object) -> Facts:
        """What an act is judged on; `told` is what its author says besides."""
        moved = self.last_move
        values = {
            "since": moved.on if moved else None,
            "communes": tuple(line.place.name for line in self.communes),
            "validated": tuple(line.place.name for line in self.communes if line.step),
            "parties": as_parties(self.parties),
            "signed_on": self.contract.signed_on,
            "ends_on": self.contract.ends_on,
            "successor": State(self.successor.state) if self.successor else None,
        }
        return Facts(state=self.state, on=on, today=today, **(values | told))  # type: ignore[arg-type]


def as_parties(rows: Iterable[Signatory]) -> tuple[Party, ...]:
    """Signatories as the rules read them."""
    return tuple(
        Party(row.name, row.mandatory, row.signed_on, row.refusal_reason if row.refused_on else "")
        for row in rows
    )


def parties_of(agreement: Agreement) -> tuple[Signatory, ...]:
    """The signatories in their order, with their organisation and the act they handed over."""
    return tuple(of(Signatory.objects.select_related("organisation", "document"), agreement))


def validating_communes(contract: Contract) -> list[Territory]:
    """The communes of its neighbourhoods and those that bear it: each has to validate."""
    kept = Q(
        neighbourhoods__contract_links__contract=contract, neighbourhoods__contract_links__rejected=False
    )
    return list(
        Territory.objects.filter(kind=Territory.Kind.COMMUNE)
        .filter(kept | Q(borne_contracts__contract=contract))
        .distinct()
        .order_by("sort_key", "code")
    )


def circuit_of(contract: Contract) -> Circuit:
    """Four queries, whatever its length."""
    steps = tuple(contract.steps.select_related("territory", "undoes").order_by("pk"))
    undone = {step.undoes_id for step in steps if step.undoes_id}
    standing = tuple(step for step in steps if step.pk not in undone and step.undoes_id is None)
    found = {step.territory_id: step for step in _validations(standing)}
    return Circuit(
        contract=contract,
        steps=steps,
        standing=standing,
        communes=tuple(CommuneLine(place, found.get(place.pk)) for place in validating_communes(contract)),
        parties=parties_of(contract),
        successor=contract.successors.order_by("-pk").first(),
    )


def _validations(standing: tuple[ContractStep, ...]) -> list[ContractStep]:
    """Those of the present round: since the intercommunalité last validated, unless it went back."""
    found: list[ContractStep] = []
    for step in standing:
        if step.territory_id:
            found.append(step)
        elif step.after in (Contract.State.PROJECT, Contract.State.VALIDATED_EPCI):
            found = []
    return found
