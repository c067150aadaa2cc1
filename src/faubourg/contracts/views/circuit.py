"""The circuit of a contract: where it stands, what may happen next, each commune, each step for good."""

from collections.abc import Collection
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from faubourg.base.refusal import require
from faubourg.contracts import access
from faubourg.contracts.agreements import is_published
from faubourg.contracts.forms.agreement import AdvanceForm, CommuneForm, ReasonForm
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import ContractStep
from faubourg.contracts.queries.circuit import Circuit, circuit_of
from faubourg.contracts.services import circuit as services
from faubourg.rules.contract_circuit import BY_ACT, STATE_NAMES, TRANSITIONS, UNDOABLE, Act, State, may_start
from faubourg.rules.contract_signing import awaited, may_move

from .agreement_pages import attempt, form_page
from .agreement_wording import step_label
from .finding import asked_contract, tidy_address
from .people import actor_of

FIELDS = {
    "circuit_state": "act",
    "circuit_day": "on",
    "circuit_act": "cited",
    "circuit_reason": "reason",
    "circuit_signed": "signed_on",
    "circuit_end": "ends_on",
    "circuit_communes": "act",
    "circuit_parties": "act",
    "circuit_successor": "act",
    "circuit_follows": "act",
}
# The way of a contract that nothing sends back; what comes after the last depends on the reviews.
WAY = tuple(
    state for state in State if state and state not in (State.EXTENDED, State.EXPIRED, State.REPLACED)
)


@require_safe
def contract_circuit(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/signature/`: public; the names of who recorded it are its partners'."""
    if moved := tidy_address(request, code):
        return moved
    found = asked_contract(request, code)
    circuit = circuit_of(found)
    parties = circuit.facts(on=None, today=timezone.localdate()).parties
    mandatory = [party for party in circuit.parties if party.mandatory]
    may_write = access.can_write_workings(request.user, found)
    written = access.communes_written_by(request.user, found, [line.place for line in circuit.communes])
    context = {
        "contract": found,
        "agreement": found,
        "circuit": circuit,
        "state_name": _(STATE_NAMES[circuit.state]),
        "way": _way(circuit),
        "next": _next(circuit),
        "written": written,
        "undoable": _undoable(circuit, written, bool(may_write.ok)),
        "signed": sum(party.signed_on is not None for party in mandatory),
        "refused": sum(party.refused_on is not None for party in mandatory),
        "mandatory": len(mandatory),
        "awaited": awaited(parties),
        "published": is_published(found),
        "reads": access.can_read_agreement_workings(request.user, found),
        "may_write": may_write,
        "urls": {"contract": contract_url(found)}
        | {
            name: contract_url(found, f"contract_{name}") for name in ("advance", "party_add", "text", "ends")
        },
    }
    return render(request, "contracts/agreement/circuit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def contract_advance(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/signature/avancer/`: every act of the table, the greyed ones say why."""
    found = asked_contract(request, code)
    require(access.can_write_workings(request.user, found))
    back = contract_url(found, "contract_circuit")
    start = {"on": timezone.localdate(), "ends_on": found.ends_on, "act": request.GET.get("acte", "")}
    form = AdvanceForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        gone = attempt(
            request,
            form,
            lambda: services.advance_contract(contract=found, by=actor_of(request), **told),
            done=_("Le contrat est désormais %(state)s.") % {"state": _reached(told)},
            to=back,
            fields=FIELDS,
        )
        if gone:
            return gone
    circuit = circuit_of(found)
    return form_page(
        request,
        found,
        form,
        heading=_("Faire avancer le contrat"),
        lead=_("Aujourd’hui, le contrat est %(state)s.") % {"state": _(STATE_NAMES[circuit.state])},
        back=back,
        template="contracts/agreement/advance.html",
        acts=_acts(circuit, str(form["act"].value() or "")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def contract_commune(request: HttpRequest, code: str, insee: str) -> HttpResponse:
    """`/contrats/<code>/signature/communes/<insee>/`: the deliberation of one commune, told by its referent
    or by who keeps the contract.
    """
    found = asked_contract(request, code)
    back = contract_url(found, "contract_circuit")
    lines = [line for line in circuit_of(found).communes if line.place.code == insee.upper()]
    if not lines:
        raise Http404(_("Cette commune n’a pas de quartier dans ce contrat."))
    commune = lines[0].place
    require(access.can_write_for_commune(request.user, found, commune))
    form = CommuneForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        gone = attempt(
            request,
            form,
            lambda: services.record_commune_validation(
                contract=found, commune=commune, by=actor_of(request), **told
            ),
            done=_("La validation de %(commune)s est enregistrée.") % {"commune": commune.name},
            to=back,
            fields={"circuit_day": "on", "circuit_act": "cited"},
        )
        if gone:
            return gone
    heading = _("%(commune)s valide le contrat") % {"commune": commune.name}
    return form_page(request, found, form, heading=heading, back=back, submit=_("Enregistrer la validation"))


@require_http_methods(["GET", "HEAD", "POST"])
def contract_step_undo(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`/contrats/<code>/signature/etapes/<pk>/annuler/`: the trail keeps the step and its correction."""
    found = asked_contract(request, code)
    back = contract_url(found, "contract_circuit")
    step = ContractStep.objects.filter(contract=found, pk=pk).select_related("territory").first()
    if step is None:
        raise Http404(_("Cette étape n’existe pas."))
    require(
        access.can_write_for_commune(request.user, found, step.territory)
        if step.territory
        else access.can_write_workings(request.user, found)
    )
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        gone = attempt(
            request,
            form,
            lambda: services.undo_step(
                contract=found, step=step, reason=form.cleaned_data["reason"], by=actor_of(request)
            ),
            done=_("L’étape est annulée ; la trace des deux reste."),
            to=back,
            fields={"circuit_reason": "reason"},
        )
        if gone:
            return gone
    return form_page(
        request,
        found,
        form,
        heading=_("Annuler une étape enregistrée par erreur"),
        lead=step_label(step),
        back=back,
        submit=_("Annuler l’étape"),
    )


def _reached(told: dict[str, Any]) -> str:
    target = BY_ACT[told["act"]].target
    return _(STATE_NAMES[target])


def _way(circuit: Circuit) -> list[dict[str, Any]]:
    """The states in order, those that were reached with their day, the present one marked."""
    reached = {step.after: step.on for step in circuit.standing if step.before != step.after}
    here = circuit.state
    way = WAY if here in WAY or not here else (*WAY, here)
    place = way.index(here) if here in way else -1
    return [
        {
            "label": _(STATE_NAMES[state]),
            "on": reached.get(state.value) if n <= place else None,
            "state": "current"
            if n == place
            else "done"
            if state.value in reached and n < place
            else "coming",
        }
        for n, state in enumerate(way)
    ]


def _acts(circuit: Circuit, chosen: str) -> list[dict[str, Any]]:
    """Every act that somebody chooses, whether it can be done now, and why not: guards included."""
    today = timezone.localdate()
    facts = circuit.facts(on=today, today=today, act="–", reason="–", signed_on=today, ends_on=today)
    told = []
    for transition in TRANSITIONS:
        if transition.follows:
            continue
        started = may_start(transition.act, circuit.state)
        asked = started if transition.act in (Act.ADOPT, Act.EXPIRE) else may_move(transition.act, facts)
        told.append(
            {
                "value": transition.act.value,
                "name": _(transition.name),
                "verdict": asked,
                "cites_act": transition.cites_act,
                "asks_why": transition.asks_why,
                "chosen": transition.act.value == chosen,
            }
        )
    return told


def _next(circuit: Circuit) -> list[dict[str, Any]]:
    """What may be chosen from here."""
    return [act for act in _acts(circuit, "") if act["verdict"].ok]


def _undoable(circuit: Circuit, written: Collection[str], writes: bool) -> set[int]:
    """The steps that this visitor may undo from the page: `written` are the communes they write for."""
    open_again = circuit.state in (State.VALIDATED_EPCI, State.VALIDATED_COMMUNES)
    found = {
        line.step.pk for line in circuit.communes if open_again and line.step and line.place.code in written
    }
    last = circuit.standing[-1] if circuit.standing else None
    if writes and last and not last.territory_id and State(last.after) in UNDOABLE:
        found.add(last.pk)
    return found
