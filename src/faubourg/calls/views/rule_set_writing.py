"""Writing a rule set: begun from another or from a file, then in a form that judges an example as it goes."""

import json
from collections.abc import Iterator
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from faubourg.base import drafts
from faubourg.base.numbers import whole_number
from faubourg.base.refusal import Conflict, Refused, require
from faubourg.base.sentences import in_words, refusals_in_words
from faubourg.people.models import Person
from faubourg.people.views.sent_drafts import forget_draft
from faubourg.rules.calls import read, read_json
from faubourg.rules.verdict import Reason

from ..access import can_write_rules
from ..forms.example import ExampleForm
from ..forms.rule_set_acts import ImportForm, NewRuleSetForm
from ..forms.rule_sets import Block, Typed, fields_of, page_of, typed
from ..models import RuleSetVersion
from ..queries.calls import rules_in
from ..queries.rule_sets import rule_sets_for
from ..rule_set_listing import rule_set_url
from ..services import rules as services
from .finding import actor_of
from .rule_sets import asked_rule_set

# Hidden rows of a draft come back through the box that each row surely has.
ROW_BOXES = ("-code", "-step")


@require_http_methods(["GET", "HEAD", "POST"])
def rule_set_new(request: HttpRequest) -> HttpResponse:
    """`/jeux-de-regles/nouveau/`"""
    require(can_write_rules(request.user))
    sent = request.POST if request.method == "POST" else None
    form = NewRuleSetForm(sent, sets=rule_sets_for(request.user), initial=request.GET.dict())
    if sent is None or not form.is_valid():
        return _page_of_form(request, form, sent, _("Nouveau jeu de règles"), submit=_("Commencer"))
    try:
        made = services.create_rule_set(
            code=form.cleaned_data["code"], told=form.told(), by=actor_of(request)
        )
    except Refused as refused:
        for reason in refused.verdict.refusals():
            form.add_error(reason.code if reason.code in form.fields else None, in_words(reason))
        return _page_of_form(request, form, sent, _("Nouveau jeu de règles"), submit=_("Commencer"))
    messages.success(request, _("Le jeu de règles est commencé : c’est un brouillon, tout se modifie."))
    return redirect(rule_set_url(made, "rule_set_edit"))


@require_http_methods(["GET", "HEAD", "POST"])
def rule_set_import(request: HttpRequest) -> HttpResponse:
    """`/jeux-de-regles/importer/`: every mistake of the file at once, each with its path."""
    require(can_write_rules(request.user))
    sent = request.POST if request.method == "POST" else None
    form = ImportForm(sent, request.FILES or None)
    heading, submit = _("Importer un jeu de règles"), _("Importer")
    if sent is None or not form.is_valid():
        return _page_of_form(request, form, sent, heading, submit=submit)
    found = read_json(form.cleaned_data["json"])
    try:
        if found.rule_set is None:
            return _page_of_form(request, form, sent, heading, submit=submit, problems=found.problems)
        told = json.loads(form.cleaned_data["json"])
        code = slugify(found.rule_set.id)[:60] or "regles"
        made = services.bring_rule_set(
            code=code, told=told, why=form.cleaned_data["why"], by=actor_of(request)
        )
    except Refused as refused:
        for reason in refused.verdict.refusals():
            form.add_error(reason.code if reason.code in form.fields else None, in_words(reason))
        return _page_of_form(request, form, sent, heading, submit=submit)
    messages.success(request, _("Le fichier est lu sans erreur : il est devenu un brouillon."))
    return redirect(rule_set_url(made))


@require_http_methods(["GET", "HEAD", "POST"])
def rule_set_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """`/jeux-de-regles/<pk>/modifier/`: one form, autosaved; adding a row or trying saves nothing."""
    found = asked_rule_set(request, pk)
    require(can_write_rules(request.user))
    require(services.may_write(found))
    if request.method != "POST":
        fields = _with_rows_of_draft(request, found, fields_of(found.told))
        return _edit_page(request, found, fields, typed(fields, about=_about(found)), version=found.version)
    fields = {name: [str(one) for one in values] for name, values in request.POST.lists()}
    told = typed(fields, about=_about(found))
    version = whole_number(request.POST.get("version", ""))
    if request.POST.get("ajouter") or request.POST.get("essayer"):
        add = request.POST.get("ajouter", "")
        return _edit_page(request, found, fields, told, add=add, version=version)
    if told.problems:
        return _edit_page(request, found, fields, told, version=version, status=422)
    try:
        services.write_rule_set(rule_set=found, told=told.told, base_version=version, by=actor_of(request))
    except Refused as refused:
        messages.error(request, refusals_in_words(refused.verdict))
        return redirect(rule_set_url(found))
    except Conflict:
        return _conflict(request, found, fields, told)
    forget_draft(request, _key(found))
    messages.success(request, _("Le jeu de règles est enregistré."))
    return redirect(rule_set_url(found))


def _conflict(
    request: HttpRequest, found: RuleSetVersion, fields: dict[str, list[str]], told: Typed
) -> HttpResponse:
    """Both sides by box; sending again, with the new version, is a choice and no accident."""
    found.refresh_from_db()
    theirs = fields_of(found.told)
    both = [
        {"label": label, "mine": ", ".join(mine), "theirs": ", ".join(others)}
        for name, label in _labels(page_of({**theirs, **fields}))
        if (mine := [one for one in fields.get(name, []) if one]) != (others := theirs.get(name, []))
    ]
    return _edit_page(request, found, fields, told, version=found.version, both=both, status=409)


def _labels(block: Block, before: str = "") -> Iterator[tuple[str, str]]:
    """Each box with the titles above it."""
    here = " · ".join(part for part in (before, str(block.title), str(block.number or "")) if part)
    for box in block.boxes:
        label = f"{here} · {box.label}"
        if box.kind == "when":
            yield from ((f"{box.name}-day", label), (f"{box.name}-hour", label))
        else:
            yield box.name, label
    for inner in (*block.blocks, *block.rows):
        yield from _labels(inner, "" if not block.name else here)


def _edit_page(
    request: HttpRequest,
    found: RuleSetVersion,
    fields: dict[str, list[str]],
    told: Typed,
    *,
    version: int,
    add: str = "",
    both: Any = (),
    status: int = 200,
) -> HttpResponse:
    # The example is judged by the boxes as they are; by what was last saved while they do not read.
    rules = read({**told.told, **_about(found)}).rule_set or rules_in(found)
    example = ExampleForm(
        request.POST if request.method == "POST" else None, rule_set=rules, form_id="regles"
    )
    shown = told if request.method == "POST" and not add else None
    context = {
        "rule_set": found,
        "page": page_of(fields, shown, add=add),
        "problems": [(in_words(one), told.box_of(one)) for one in told.problems] if shown else (),
        "readable": not told.problems,
        "example": example,
        "verdict": example.verdict(),
        "both": both,
        "version": version,
        "draft_key": _key(found),
        "draft_version": version,
        "url": rule_set_url(found),
    }
    return render(request, "calls/rules/edit.html", context, status=status)


def _page_of_form(
    request: HttpRequest,
    form: Any,
    sent: Any,
    heading: str,
    *,
    submit: str,
    problems: tuple[Reason, ...] = (),
) -> HttpResponse:
    context = {"form": form, "heading": heading, "submit_label": submit, "problems": problems}
    return render(request, "calls/rules/step.html", context, status=200 if sent is None else 422)


def _with_rows_of_draft(
    request: HttpRequest, found: RuleSetVersion, fields: dict[str, list[str]]
) -> dict[str, list[str]]:
    """The rows that a draft not sent yet has besides, blank: what was typed can then be taken back."""
    kept = drafts.load(person_ref=cast(Person, request.user).ref, form_key=_key(found))
    for name in kept.content if kept else ():
        if name.endswith(ROW_BOXES) and name not in fields:
            fields[name] = [""]
    return fields


def _about(found: RuleSetVersion) -> dict[str, Any]:
    return {"id": found.code, "version": found.number}


def _key(found: RuleSetVersion) -> str:
    return f"rule-set:{found.pk}"
