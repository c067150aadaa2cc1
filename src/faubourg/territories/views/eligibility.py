"""`/outils/eligibilite/`: the statutory test on numbers that people choose; `/outils/audit-2024/`."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from faubourg.base.numbers import number
from faubourg.rules.designation import Facts, formula, judge

from .. import listings
from ..forms.eligibility import GEOGRAPHIES, EligibilityForm
from ..models import Territory
from ..queries.designation import audit_of_2024, criteria_of, places_below
from ..queries.eligibility import UnitFound, neighbourhood_meant, published, units_meant

DEFAULTS = {"geographie": "hexagone", "date": "2024-01-01"}
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Change:
    """An input that is not what is published of the neighbourhood one started from."""

    label: str
    before: str
    now: str


@require_safe
@vary_on_headers("HX-Request", "HX-Target")
def eligibility(request: HttpRequest) -> HttpResponse:
    """The page, or only the answer for htmx (target `reponse`). Everything is in the address."""
    asked = {name: str(value).replace("\0", "")[:LONGEST] for name, value in request.GET.items()}
    form = EligibilityForm({**DEFAULTS, **asked})
    form.is_valid()
    units: list[UnitFound] = []
    if asked.get("reprendre") == "quartier":
        if (start := _from_neighbourhood(form)) is not None:
            return redirect(_address(start))
    elif asked.get("reprendre") == "unite":
        units = _units(form)
        if len(units) == 1 and units[0].population is not None:
            return redirect(_address(_with_unit(asked, units[0])))
    facts = form.facts()
    verdict = judge(facts)
    context = {
        "form": form,
        "verdict": verdict,
        "criteria": criteria_of(verdict),
        "printed": [reason for reason in verdict.reasons if not reason.decides],
        "formula": formula(facts),
        "units": [(found, _address(_with_unit(asked, found))) for found in units],
        "address": request.build_absolute_uri(_address(_inputs(facts, asked))),
        **_what_if(form, facts),
    }
    only_answer = request.headers.get("HX-Target") == "reponse"
    template = "territories/eligibility/answer.html" if only_answer else "territories/eligibility/page.html"
    return render(request, template, {**context, "live": only_answer})


@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """The whole list of 2024 against the criterion of size, and those that it does not explain."""
    result = audit_of_2024()
    return listings.BELOW_2024.respond(
        request,
        places_below([line.code for line in result.below]),
        "territories/eligibility/audit.html",
        {"audit": result, "listed": result.with_one_eligible_commune + len(result.below)},
    )


def _from_neighbourhood(form: EligibilityForm) -> dict[str, str] | None:
    code = str(form.cleaned_data.get("quartier", "")).strip()
    place = neighbourhood_meant(code) if code else None
    if place is None:
        form.add_error(
            "quartier", _("Aucun quartier ne porte ce code : vérifiez-le dans la liste des quartiers.")
        )
        return None
    return {"quartier": place.code, **_inputs(published(place, timezone.localdate()).facts, {})}


def _units(form: EligibilityForm) -> list[UnitFound]:
    found = units_meant(str(form.cleaned_data.get("unite", "")))
    if not found:
        form.add_error("unite", _("Aucune unité urbaine ne répond à ce nom ou à ce code."))
    elif len(found) == 1 and found[0].population is None:
        form.add_error("unite", _("La population totale de cette unité urbaine n’est pas publiée."))
    return found


def _with_unit(asked: dict[str, str], found: UnitFound) -> dict[str, str]:
    people = "" if found.population is None else str(found.population)
    kept = {name: value for name, value in asked.items() if name != "reprendre"}
    return {**kept, "unite": found.unit.code, "unite_habitants": people}


def _inputs(facts: Facts, asked: dict[str, str]) -> dict[str, str]:
    """The facts as the address says them; the two fields one starts from are kept as they were typed."""
    said = {
        "geographie": next(name for name, kind in GEOGRAPHIES.items() if kind == facts.geography),
        "date": facts.judged_on,
        "habitants": facts.population,
        "continu": facts.continuous,
        "revenu": facts.median_income,
        "unite_habitants": facts.urban_unit_population,
        "unite_revenu": facts.urban_unit_median,
        "national_revenu": facts.national_median,
        "liste_depuis": facts.listed_since,
        "commune_habitants": facts.commune_population,
        "densite": facts.density,
        "metropole_revenu": facts.metropolitan_median,
        "departement_revenu": facts.departement_median,
        "indice": facts.index_qualifies,
    }
    start = {name: asked[name] for name in ("quartier", "unite") if asked.get(name)}
    return start | {name: _typed(value) for name, value in said.items() if value is not None}


def _typed(value: object) -> str:
    match value:
        case bool():
            return "oui" if value else "non"
        case date():
            return value.isoformat()
        case float() if value == int(value):
            return str(int(value))
    return str(value)


def _address(inputs: dict[str, str]) -> str:
    told = {name: value for name, value in inputs.items() if value}
    return f"{reverse('eligibility')}?{urlencode(told)}"


def _what_if(form: EligibilityForm, facts: Facts) -> dict[str, object]:
    """The neighbourhood one started from, and what differs from what is published of it."""
    code = str(form.cleaned_data.get("quartier", "")).strip()
    place: Territory | None = neighbourhood_meant(code) if code else None
    if place is None:
        return {"place": None, "changes": []}
    before = _inputs(published(place, timezone.localdate()).facts, {})
    now = _inputs(facts, {})
    return {
        "place": place,
        "changes": [
            Change(str(form.fields[name].label), _read(before.get(name)), _read(now.get(name)))
            for name in form.fields
            if before.get(name) != now.get(name)
        ],
    }


def _read(typed: str | None) -> str:
    """An input as a sentence shows it."""
    if typed is None:
        return _("inconnu")
    return number(int(typed)) if typed.isdecimal() else typed
