"""The rule sets that ship with Faubourg, and the call of 2015 for which the first was written.

What is there is never rewritten: a set is frozen, a later reading of its text would be another version.
"""

from datetime import datetime

from faubourg.base.actor import Actor
from faubourg.people.models import Organisation
from faubourg.rules.calls.moments import PARIS
from faubourg.rules.calls.presets import DATA, preset
from faubourg.rules.calls.rule_set import Status
from faubourg.territories.services.load import Loaded, Steps, run
from faubourg.territories.services.load_bulk import Written

from ..models import Call, RuleSetVersion
from .rules import ROW_KEYS, plain

REGION = "Région Nord-Pas-de-Calais"
CODE = "npdc-2015"
PRESENTATION = (
    "Appel à projets régional de 2015, en quatre mesures : mobilisation des publics, expérimentations "
    "sociales, structuration du développement social durable, gestion urbaine de proximité. Une fiche "
    "synthétique pour le 1er décembre, un dossier complet pour le 23 janvier. "
    "L’appel est clos ; ses dossiers ne sont pas ici."
)


def load_calls(*, by: Actor) -> list[Loaded]:
    """After the contracts; a second load writes nothing."""
    steps: Steps = [("jeux-de-regles", bring_rule_sets), (CODE, bring_call)]
    return run(steps, "Appels à projets", by=by)


def bring_rule_sets() -> Written:
    """Each under its own code, first version, with the status that its text has."""
    written = Written()
    known = set(RuleSetVersion.objects.filter(code__in=DATA).values_list("code", flat=True))
    for code, told in DATA.items():
        if code in known:
            continue
        rules = preset(code)
        begun = datetime.combine(rules.valid_from, datetime.min.time(), PARIS)
        RuleSetVersion.objects.create(
            code=code,
            name=rules.name,
            instrument=rules.instrument,
            authority=rules.authority,
            valid_from=rules.valid_from,
            valid_to=rules.valid_to,
            status=rules.status.value,
            frozen_at=begun if rules.status is Status.FROZEN else None,
            told=plain({key: value for key, value in told.items() if key not in ROW_KEYS}),
        )
        written.created += 1
    return written


def bring_call() -> Written:
    """The call itself, closed: its rules read on, nobody applies."""
    if Call.objects.filter(code=CODE).exists():
        return Written()
    rules = RuleSetVersion.objects.get(code="npdc-2014", number=1)
    region, _made = Organisation.objects.get_or_create(name=REGION, kind=Organisation.Kind.REGION)
    call = Call.objects.create(
        code=CODE,
        title=rules.name,
        year=2015,
        state="closed",
        lead=region,
        rule_set=rules,
        presentation=PRESENTATION,
        published_at=rules.frozen_at,
    )
    call.funders.create(name=REGION, organisation=region, level="region", is_authority=True)
    return Written(created=1)
