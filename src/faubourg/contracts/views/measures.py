"""How an objective is measured: a place, one of its published figures, a target; or a local indicator."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from faubourg.base.refusal import Refused, require
from faubourg.contracts import access
from faubourg.contracts.forms.objectives import MeasureForm
from faubourg.contracts.listings import contract_url
from faubourg.contracts.queries.objectives import figures_to_start_from, measurable_places
from faubourg.contracts.services import objective_indicators
from faubourg.people.views.refusals import show_refusal
from faubourg.territories.models import Territory

from .finding import asked_contract
from .objectives import asked_objective
from .people import actor_of


@require_http_methods(["GET", "HEAD", "POST"])
def objective_measure(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`/contrats/<code>/objectifs/<id>/indicateurs/?lieu=<code>`"""
    contract = asked_contract(request, code)
    require(access.can_write_workings(request.user, contract))
    objective = asked_objective(contract, pk)
    places = measurable_places(contract)
    place = _asked_place(request, places)
    figures = figures_to_start_from(place) if place else []
    form = MeasureForm(request.POST if request.method == "POST" else None, figures=figures)
    back = contract_url(contract, "contract_objectives") + f"#objectif-{pk}"
    if request.method == "POST" and form.is_valid():
        said, by = form.cleaned_data, actor_of(request)
        aim = {name: said[name] for name in ("target", "target_year", "note")}
        try:
            if said["baseline"]:
                objective_indicators.measure_by_figure(
                    objective=objective, baseline=said["baseline"], by=by, **aim
                )
            else:
                objective_indicators.measure_locally(
                    objective=objective, label=said["label"], unit=said["unit"], by=by, **aim
                )
        except Refused as refused:
            show_refusal(form, refused, {"baseline": "baseline"})
        else:
            messages.success(request, _("L’indicateur est ajouté à l’objectif."))
            return redirect(back)
    context = {
        "contract": contract,
        "objective": objective,
        "form": form,
        "places": places,
        "place": place,
        "figures": figures,
        "chosen": str(form["baseline"].value() or ""),
        "contract_url": contract_url(contract),
        "cancel_url": back,
    }
    status = 422 if form.is_bound else 200
    return render(request, "contracts/project/measure_form.html", context, status=status)


@require_POST
def measure_remove(request: HttpRequest, code: str, pk: int, measured: int) -> HttpResponse:
    """Take an indicator away from an objective; twice is no error."""
    contract = asked_contract(request, code)
    require(access.can_write_workings(request.user, contract))
    objective = asked_objective(contract, pk)
    found = objective.indicators.filter(pk=measured).first()
    if found is not None:
        objective_indicators.stop_measuring(measured=found, by=actor_of(request))
    messages.success(request, _("L’indicateur est retiré de l’objectif."))
    return redirect(contract_url(contract, "contract_objectives") + f"#objectif-{pk}")


def _asked_place(request: HttpRequest, places: list[Territory]) -> Territory | None:
    asked = request.GET.get("lieu", "")
    if not asked:
        return places[0] if places else None
    found = next((place for place in places if place.code == asked), None)
    if found is None:
        raise Http404(_("Ce lieu n’est pas de ce contrat."))
    return found
