"""Writing a dossier: one short page a step, saved as it is typed, nobody's text over another's."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base.refusal import Conflict, Refused
from faubourg.base.sentences import in_words
from faubourg.people.views.refusals import show_refusal
from faubourg.people.views.sent_drafts import forget_draft
from faubourg.rules.calls.accounts import Side
from faubourg.rules.calls.budget import Budget, Line
from faubourg.rules.calls.budget import judge as judge_budget

from ..forms.dossier import (
    CalendarForm,
    IndicatorsForm,
    PlacesForm,
    ProjectForm,
    StepForm,
    shown_value,
)
from ..forms.dossier_conditions import ConditionsForm, ContactForm
from ..forms.dossier_money import BudgetForm, FundersForm
from ..queries.facts import contacts_of, lines_of
from ..queries.writing import mark_of, values_of
from ..services.writing import log_contact, save_step
from .dossier_check import check_page
from .dossier_finding import LABELS, STEP_BY_SLUG, Writing, asked_writing
from .dossier_papers import papers_page
from .finding import actor_of

FORMS: dict[str, type[StepForm]] = {
    form.step: form
    for form in (
        ProjectForm, PlacesForm, CalendarForm, ConditionsForm, IndicatorsForm, BudgetForm, FundersForm,
    )
}  # fmt: skip
FIELDS = {"ends_on": "ends_on", "years": "years"}


@require_safe
def application_write(request: HttpRequest, pk: int) -> HttpResponse:
    """`/dossiers/<pk>/ecrire/`: the first step that is to mend, or the papers that are asked for."""
    writing = asked_writing(request, pk)
    if writing.application.state == "to_complete":
        return redirect(writing.url("pieces"))
    steps = [step for step in FORMS if writing.judged.to_mend(step)]
    return redirect(writing.url(steps[0] if steps else "check"))


@require_http_methods(["GET", "HEAD", "POST"])
def application_step(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """`/dossiers/<pk>/ecrire/<étape>/`"""
    writing = asked_writing(request, pk)
    step = STEP_BY_SLUG.get(slug)
    if step is None:
        raise Http404(_("Le formulaire n’a pas cette étape."))
    if writing.application.state == "to_complete" and step != "pieces":
        return redirect(writing.url("pieces"))
    if step == "pieces":
        return papers_page(request, writing)
    if step == "check":
        return check_page(request, writing)
    form = _form(writing, step, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, writing, form)
    return _save(request, writing, form)


@require_POST
def application_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """`/dossiers/<pk>/contacts/`: a talk that came before the dossier."""
    writing = asked_writing(request, pk)
    form = ContactForm(request.POST)
    if not form.is_valid():
        return _page(request, writing, _form(writing, "conditions", None), contact=form, status=422)
    log_contact(application=writing.application, by=actor_of(request), **form.cleaned_data)
    messages.success(request, _("Le contact est noté."))
    return redirect(writing.url("conditions") + "#contacts")


@require_POST
def application_balance(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """`/dossiers/<pk>/solde/<étape>/`: what the rules say of the budget being typed; saves nothing."""
    writing = asked_writing(request, pk)
    step = STEP_BY_SLUG.get(slug, "")
    if step not in ("budget", "funders"):
        raise Http404(_("Le formulaire n’a pas cette étape."))
    form: Any = _form(writing, step, request.POST)
    form.is_valid()
    return render(request, "calls/dossier/balance.html", balance_of(form.lines()))


def balance_of(lines: list[Line]) -> dict[str, Any]:
    """The totals of both sides and what the form asks of them."""
    budget = Budget(tuple(lines))
    return {
        "totals": {side.name.lower(): budget.total(side) for side in Side},
        "balance": [r for r in judge_budget(lines).reasons if r.code in ("budget-balance", "budget-in-kind")],
    }


def _key(writing: Writing, step: str) -> str:
    return f"dossier:{writing.application.pk}:{step}"


def _form(writing: Writing, step: str, data: Any) -> StepForm:
    form = FORMS[step]
    start = form.start(writing.application) | {"version": mark_of(writing.application, step)}
    return form(data, initial=start, application=writing.application, rule_set=writing.judged.rule_set)


def _save(request: HttpRequest, writing: Writing, form: StepForm) -> HttpResponse:
    step = form.step
    try:
        save_step(
            application=writing.application,
            step=step,
            changes=form.changes(),
            seen=form.cleaned_data["version"],
            by=actor_of(request),
            assisting=writing.assisting,
        )
    except Refused as refused:
        show_refusal(form, refused, FIELDS)
        return _page(request, writing, form)
    except Conflict:
        return _conflict(request, writing, form)
    forget_draft(request, _key(writing, step))
    if "stay" in request.POST:
        messages.success(request, _("C’est enregistré."))
        return redirect(writing.url(step))
    saved = asked_writing(request, writing.application.pk)
    return redirect(saved.url(saved.after(step)))


def _conflict(request: HttpRequest, writing: Writing, form: StepForm) -> HttpResponse:
    """Both texts side by side; sending again is a choice and no accident."""
    now = asked_writing(request, writing.application.pk)
    mine, theirs = form.changes(), values_of(now.application, form.step)
    both = [
        {
            "label": str(form.fields[name].label if name in form.fields else LABELS[form.step]),
            "mine": shown_value(form, name, mine),
            "theirs": shown_value(form, name, theirs),
        }
        for name in theirs
        if shown_value(form, name, mine) != shown_value(form, name, theirs)
    ]
    data: Any = request.POST.copy()
    data["version"] = mark_of(now.application, form.step)
    return _page(request, now, _form(now, form.step, data), both=both, status=409)


def _page(
    request: HttpRequest, writing: Writing, form: StepForm, *, status: int = 200, **extra: Any
) -> HttpResponse:
    step, application = form.step, writing.application
    if form.is_bound and form.errors and status == 200:
        status = 422
    context: dict[str, Any] = {
        "writing": writing,
        "application": application,
        "form": form,
        "step": step,
        "steps": writing.steps(step),
        "label": LABELS[step],
        "reasons": [(reason, in_words(reason)) for reason in writing.judged.of(step)],
        "draft_key": _key(writing, step),
        "draft_version": application.version,
    }
    if step in ("budget", "funders"):
        context |= balance_of(lines_of(application)) | {"sides": Side}
    if step == "budget":
        context["parts"] = _parts(form)
    if step == "conditions":
        context |= {"contacts": contacts_of(application), "contact": ContactForm()}
    return render(request, f"calls/dossier/{step}.html", context | extra, status=status)


def _parts(form: Any) -> list[tuple[str, list[Any]]]:
    return [
        (_("Charges"), list(form.chapters(Side.CHARGES))),
        (_("Produits, hors subventions"), list(form.chapters(Side.PRODUCTS))),
        (
            _("Contributions volontaires en nature"),
            list(form.chapters(Side.IN_KIND_USE, Side.IN_KIND_SOURCE)),
        ),
    ]
