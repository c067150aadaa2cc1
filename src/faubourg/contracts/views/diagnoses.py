"""Diagnoses: how far each is, one that is read, filled section by section, delivered, validated."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base.charts import Bar, bars
from faubourg.base.journal import history_of
from faubourg.base.refusal import Refused, require
from faubourg.contracts import access
from faubourg.contracts.forms.diagnoses import SectionForm, in_words
from faubourg.contracts.forms.grids import DueForm
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Diagnosis
from faubourg.contracts.queries import diagnoses as queries
from faubourg.contracts.queries.objectives import quarters_of
from faubourg.contracts.services import diagnoses
from faubourg.contracts.services.dues import Due
from faubourg.people.views.sent_drafts import forget_draft
from faubourg.rules.diagnosis_progress import STANDING_NAMES, Standing, days_late, may_fill, standing

from .finding import asked_contract, tidy_address
from .people import actor_of
from .people import in_words as verdict_in_words

TONES = {
    Standing.AWAITED: "neutral",
    Standing.LATE: "bad",
    Standing.DELIVERED: "info",
    Standing.VALIDATED: "good",
}


def asked_diagnosis(pk: int) -> Diagnosis:
    """The diagnosis with its contract; 404 otherwise."""
    found = queries.diagnosis_by_id(pk)
    if found is None:
        raise Http404(_("Ce diagnostic n’existe pas, ou n’existe plus."))
    return found


@require_safe
def contract_diagnoses(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/diagnostics/`: completeness and delay at a glance, computed from the answers."""
    if moved := tidy_address(request, code):
        return moved
    contract = asked_contract(request, code)
    board = queries.board_of_diagnoses(contract, timezone.localdate())
    may_write = access.can_write_workings(request.user, contract)
    rows = [
        Bar(line.holder, float(line.progress.percent), f"{line.progress.percent} %") for line in board.lines
    ]
    context = {
        "contract": contract,
        "board": board,
        "lines": [(line, _tell(line.standing)) for line in board.lines],
        "chart": bars(_("Réponses obligatoires données, en %"), rows) if rows else "",
        "late": sum(line.standing == Standing.LATE for line in board.lines),
        "may_write": may_write,
        "reads": access.can_read_workings(request.user, contract),
    }
    return render(request, "contracts/project/diagnoses.html", context)


@require_safe
def diagnosis(request: HttpRequest, pk: int) -> HttpResponse:
    """`/diagnostics/<id>/`: question by question; public once validated."""
    found = asked_diagnosis(pk)
    require(access.can_read_diagnosis(request.user, found))
    may_fill_it = access.can_fill_diagnosis(request.user, found)
    contract, today = found.grid.contract, timezone.localdate()
    sections = queries.sections_of(found)
    may_write = access.can_write_workings(request.user, contract)
    required = [line for s in sections for line in s.questions if line.question.required]
    context = {
        "diagnosis": found,
        "contract": contract,
        "holder": queries.holder_of(found),
        "sections": sections,
        "missing": [line for line in required if not line.done],
        "percent": 100 if not required else sum(line.done for line in required) * 100 // len(required),
        "late": days_late(found.due_on, found.delivered_on, today),
        "standing": _tell(standing(found.due_on, found.delivered_on, found.validated_on, today)),
        "may_fill": may_fill_it,
        "may_write": may_write,
        "due_form": DueForm(initial={"due_on": found.due_on, "due_printed": found.due_printed}),
        "history": history_of(diagnoses.KIND, str(pk)) if may_fill_it.ok else [],
    }
    return render(request, "contracts/project/diagnosis.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def diagnosis_fill(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """`/diagnostics/<id>/remplir/<n>/`: one section, autosaved; two people lose nothing."""
    found = asked_diagnosis(pk)
    require(access.can_fill_diagnosis(request.user, found))
    sections = queries.sections_of(found)
    section = next((one for one in sections if one.number == step), None)
    if section is None:
        raise Http404(_("Cette grille n’a pas de rubrique de ce rang."))
    closed = may_fill(found.delivered_on)
    if not closed.ok:
        messages.info(request, verdict_in_words(closed))
        return redirect("diagnosis", pk)
    form = _form(request, found, section)
    if request.method == "POST" and form.is_valid():
        try:
            count = diagnoses.save_answers(diagnosis=found, given=form.given(), by=actor_of(request))
        except Refused as refused:
            messages.error(request, verdict_in_words(refused.verdict))
            return redirect("diagnosis", pk)
        except diagnoses.AnswersConflict as conflict:
            return _conflict(request, found, step, form, conflict.questions)
        forget_draft(request, _key(found, step))
        told = ngettext("{n} réponse enregistrée.", "{n} réponses enregistrées.", count)
        messages.success(request, told.format(n=count))
        return _onwards(request, found, sections, step)
    return _fill_page(request, found, sections, step, form)


@require_POST
def diagnosis_act(request: HttpRequest, pk: int) -> HttpResponse:
    """Deliver, validate or reopen, then back to the diagnosis."""
    found = asked_diagnosis(pk)
    act = request.POST.get("act", "")
    if act == "deliver":
        require(access.can_fill_diagnosis(request.user, found))
    else:
        require(access.can_write_workings(request.user, found.grid.contract))
    by = actor_of(request)
    try:
        if act == "deliver":
            diagnoses.deliver(diagnosis=found, by=by)
            messages.success(request, _("Le diagnostic est remis."))
        elif act == "validate":
            diagnoses.validate(diagnosis=found, by=by)
            messages.success(request, _("Le diagnostic est validé : chacun peut le lire."))
        elif act == "reopen":
            diagnoses.reopen(diagnosis=found, reason=request.POST.get("reason", "")[:300], by=by)
            messages.success(request, _("Le diagnostic est rouvert."))
        elif act == "due" and (form := DueForm(request.POST)).is_valid():
            due = Due(form.cleaned_data["due_printed"], form.cleaned_data["due_on"])
            diagnoses.set_due(diagnosis=found, due=due, by=by)
            messages.success(request, _("L’échéance est changée."))
        else:
            messages.error(request, _("Ce geste n’existe pas, ou sa date n’en est pas une."))
    except Refused as refused:
        messages.error(request, verdict_in_words(refused.verdict))
    return redirect("diagnosis", pk)


def _tell(found: Standing) -> tuple[str, str]:
    return _(STANDING_NAMES[found]), TONES[found]


def _key(found: Diagnosis, step: int) -> str:
    return f"diagnosis:{found.pk}:{step}"


def _form(request: HttpRequest, found: Diagnosis, section: queries.Section, data: Any = None) -> SectionForm:
    sent = request.POST if request.method == "POST" else None
    contract = found.grid.contract
    return SectionForm(
        data or sent, answered=section.questions, places=quarters_of(contract), themes=themes_of(found)
    )


def themes_of(found: Diagnosis) -> list[str]:
    """The themes that were named on this grid, in the spelling that came first."""
    return queries.themes_named(found.grid)


def _onwards(
    request: HttpRequest, found: Diagnosis, sections: list[queries.Section], step: int
) -> HttpResponse:
    """To the next section, or back to the whole after the last; « stay » comes back for more lines."""
    if "stay" in request.POST:
        return redirect("diagnosis_fill", found.pk, step)
    return (
        redirect("diagnosis_fill", found.pk, step + 1)
        if step < len(sections)
        else redirect("diagnosis", found.pk)
    )


def _conflict(
    request: HttpRequest, found: Diagnosis, step: int, sent: SectionForm, questions: tuple[int, ...]
) -> HttpResponse:
    """Both texts side by side; the form keeps what was sent, upon what is stored now."""
    sections = queries.sections_of(found)
    section = sections[step - 1]
    data: Any = request.POST.copy()
    fresh = _form(request, found, section)
    for key in questions:
        data[f"seen_{key}"] = diagnoses.mark_of(fresh.stored[key])
    given = sent.given()
    both = [
        {
            "label": question.text,
            "mine": in_words(given[question.pk].value, sent.places),
            "theirs": in_words(fresh.stored[question.pk], sent.places),
        }
        for question in sent.questions
        if question.pk in questions
    ]
    form = _form(request, found, section, data)
    return _fill_page(request, found, sections, step, form, both=both, status=409)


def _fill_page(
    request: HttpRequest,
    found: Diagnosis,
    sections: list[queries.Section],
    step: int,
    form: SectionForm,
    *,
    both: Any = (),
    status: int = 200,
) -> HttpResponse:
    if form.is_bound and status == 200:
        status = 422
    context = {
        "diagnosis": found,
        "contract": found.grid.contract,
        "holder": queries.holder_of(found),
        "section": sections[step - 1],
        "last": step == len(sections),
        "steps": [
            {
                "label": one.name,
                "url": "" if one.number == step else f"../{one.number}/",
                "state": "current" if one.number == step else "done" if one.done else "todo",
            }
            for one in sections
        ],
        "form": form,
        "both": both,
        "themes": list(form.themes.values()),
        "draft_key": _key(found, step),
        "draft_version": found.version,
        "board_url": contract_url(found.grid.contract, "contract_diagnoses"),
    }
    return render(request, "contracts/project/diagnosis_fill.html", context, status=status)
