"""A contract begins: created from the template of its vintage, or opened when a published list knew it."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from faubourg.base.actor import Actor
from faubourg.base.refusal import Conflict, Refused, refuse_unless
from faubourg.contracts.models import Contract, ContractBearer, ContractNeighbourhood, ContractStep
from faubourg.rules.contract_templates import TEMPLATES
from faubourg.rules.verdict import Verdict, mark
from faubourg.territories.models import Source, Territory

from .filling import fill
from .load_links import STATUS
from .writing import tell

GENERATIONS = {"2014": Contract.Generation.G2015, "2024": Contract.Generation.G2024}
# Where a contract comes from that no published list knows.
HERE = "contrats-crees-ici"
OPENED = mark("Ouvert dans Faubourg")
State = Contract.State


@dataclass(frozen=True, slots=True)
class Plan:
    """The days of the making: the work begins, the signature is planned, the contract ends."""

    begins_on: date | None
    planned_signature_on: date | None
    ends_on: date | None = None

    def verdict(self) -> Verdict:
        """In order, and long enough for phases."""
        if not self.begins_on or not self.planned_signature_on or self.planned_signature_on <= self.begins_on:
            return Verdict.no(
                "planned_signature_on",
                mark("La signature vient après le début des travaux : vérifiez les deux."),
            )
        if self.ends_on and self.ends_on <= self.planned_signature_on:
            return Verdict.no("ends_on", mark("L’échéance vient après la signature : vérifiez les deux."))
        return Verdict.yes()


def create_contract(
    *,
    name: str,
    bearer: Territory,
    template: str,
    plan: Plan,
    code: str = "",
    predecessor: Contract | None = None,
    another: bool = False,
    by: Actor,
) -> Contract:
    """A contract that no published list knows; Refused when the bearer has one of this generation already.

    `another` says that it is a second one on purpose. Its neighbourhoods are deduced, and labelled so.
    """
    refuse_unless(plan.verdict())
    generation = GENERATIONS[template]
    with transaction.atomic():
        Territory.objects.select_for_update().get(pk=bearer.pk)
        refuse_unless(_only_one(bearer, generation, another))
        contract = Contract.objects.create(
            generation=generation,
            code=_free_code(code, bearer, generation),
            name=name,
            printed_name=name,
            departement=bearer.departement,
            source=_made_here(),
            template=template,
            state=State.PREFIGURATION,
            planned_signature_on=plan.planned_signature_on,
            ends_on=_end(plan, template),
            predecessor=predecessor,
        )
        ContractBearer.objects.create(contract=contract, printed_code=bearer.code, territory=bearer)
        _deduce_neighbourhoods(contract, bearer)
        fill(contract, begins_on=plan.begins_on)
        _first_step(contract, plan, by)
        tell(contract=contract, act="contract.created", by=by, after={"name": name, "template": template})
    return contract


def open_contract(
    *,
    contract: Contract,
    template: str,
    plan: Plan,
    signed_on: date | None = None,
    predecessor: Contract | None = None,
    base_version: int,
    by: Actor,
) -> Contract:
    """Give its life to a published contract. Already signed, it gets no calendar of preparation."""
    if signed_on is None:
        refuse_unless(plan.verdict())
    elif signed_on > timezone.localdate():
        raise Refused(Verdict.no("signed_on", _NOT_SIGNED_YET))
    with transaction.atomic():
        kept = Contract.objects.select_for_update().get(pk=contract.pk)
        if kept.version != base_version or kept.template:
            raise Conflict
        kept.template = template
        kept.state = State.SIGNED if signed_on else State.PREFIGURATION
        kept.planned_signature_on = plan.planned_signature_on
        kept.signed_on, kept.ends_on, kept.predecessor = signed_on, _end(plan, template), predecessor
        kept.version += 1
        kept.save()
        fill(kept, begins_on=None if signed_on else plan.begins_on)
        _first_step(kept, plan, by)
        tell(contract=kept, act="contract.opened", by=by, after={"template": template})
    return kept


def _end(plan: Plan, template: str) -> date | None:
    """The end that was given, else the last day of the template's years, when the signature comes before."""
    last = date(TEMPLATES[template].last_year, 12, 31)
    late = plan.planned_signature_on is not None and plan.planned_signature_on >= last
    return plan.ends_on or (None if late else last)


_NOT_SIGNED_YET = mark("Ce jour est à venir : laissez vide tant que rien n’est signé.")


def _only_one(bearer: Territory, generation: str, another: bool) -> Verdict:
    found = Contract.objects.filter(generation=generation, bearers__territory=bearer).first()
    if found is None or another:
        return Verdict.yes()
    return Verdict.no(
        "another",
        mark(
            "{bearer} porte déjà {contract} ({official}) : ouvrez celui-ci, ou dites que c’est un autre "
            "contrat."
        ),
        bearer=bearer.name,
        contract=found.name,
        official=found.code,
    )


def _free_code(asked: str, bearer: Territory, generation: str) -> str:
    """The official code when it is known; else « LOC- », the bearer and a rank."""
    tidy = asked.strip().upper()
    taken = set(Contract.objects.filter(generation=generation).values_list("code", flat=True))
    if tidy and tidy in taken:
        raise Refused(Verdict.no("code", mark("Le code {taken} est déjà celui d’un contrat."), taken=tidy))
    return tidy or next(
        code for rank in range(1, len(taken) + 2) if (code := f"LOC-{bearer.code}-{rank}") not in taken
    )


def _made_here() -> Source:
    words = mark("Contrats créés dans Faubourg")
    return Source.objects.get_or_create(
        slug=HERE, defaults={"title": words, "publisher": "Faubourg", "licence": ""}
    )[0]


def _deduce_neighbourhoods(contract: Contract, bearer: Territory) -> None:
    """Those that carry the status of this generation and lie under the bearer."""
    basis = ContractNeighbourhood.Basis
    places = Territory.objects.filter(
        Q(communes__epci=bearer) | Q(communes=bearer),
        kind=Territory.Kind.NEIGHBOURHOOD,
        perimeters__kind=STATUS[Contract.Generation(contract.generation)],
        perimeters__withdrawn_at__isnull=True,
    ).distinct()
    claimed = set(
        ContractNeighbourhood.objects.filter(
            contract__generation=contract.generation, neighbourhood__in=places, rejected=False
        ).values_list("neighbourhood", flat=True)
    )
    ContractNeighbourhood.objects.bulk_create(
        ContractNeighbourhood(
            contract=contract,
            neighbourhood=place,
            basis=basis.COMMUNE if bearer.kind == Territory.Kind.COMMUNE else basis.EPCI,
            ambiguous=place.pk in claimed,
        )
        for place in places
    )


def _first_step(contract: Contract, plan: Plan, by: Actor) -> None:
    """On the day that work began when it is past: the steps that follow come after it, not after today."""
    today = timezone.localdate()
    begun = min(plan.begins_on, today) if plan.begins_on else today
    ContractStep.objects.create(
        contract=contract,
        after=contract.state,
        on=contract.signed_on or begun,
        act=OPENED,
        by=by.ref,
        by_name=by.name,
    )
