"""Rule sets as they are read: the list, one explained in plain words, tried live, carried away as JSON."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from faubourg.base.journal import history_of
from faubourg.base.refusal import require

from ..access import can_read_rules, can_write_rules
from ..explaining import Line, badge_of, explained
from ..forms.example import ExampleForm
from ..models import Call, RuleSetVersion
from ..queries.calls import rules_in, told_of
from ..queries.rule_sets import rule_set_by_pk, rule_sets_for, versions_of
from ..rule_set_listing import RULE_SETS, rule_set_url
from ..services.rules import may_write

PAGES = ("rule_set_edit", "rule_set_version", "rule_set_publish", "rule_set_retire", "rule_set_simulate")


def asked_rule_set(request: HttpRequest, pk: int) -> RuleSetVersion:
    """The version of this number that this person may read."""
    found = rule_set_by_pk(pk)
    if found is None:
        raise Http404(_("Aucun jeu de règles ne porte ce numéro."))
    require(can_read_rules(request.user, found))
    return found


@require_safe
def rule_sets(request: HttpRequest) -> HttpResponse:
    """`/jeux-de-regles/`"""
    context = {"may_write": can_write_rules(request.user).ok}
    return RULE_SETS.respond(request, rule_sets_for(request.user), "calls/rules/list.html", context)


@require_safe
def rule_set(request: HttpRequest, pk: int) -> HttpResponse:
    """`/jeux-de-regles/<pk>/`: each rule in a sentence; an example judged as one types."""
    found = asked_rule_set(request, pk)
    rules = rules_in(found)
    example = ExampleForm(request.GET or None, rule_set=rules)
    sections = explained(rules)
    context = {
        "rule_set": found,
        "rules": rules,
        "badge": badge_of(rules),
        "sections": sections,
        "changes": _changes(found) if found.supersedes else (),
        "versions": [(each, rule_set_url(each)) for each in versions_of(found.code)],
        "calls": [(call, call.get_absolute_url()) for call in _public_calls(found)],
        "example": example,
        "verdict": example.verdict(),
        "may_write": can_write_rules(request.user).ok,
        "may_edit": may_write(found),
        "urls": {name: rule_set_url(found, name) for name in (*PAGES, "rule_set_json")},
        "history": history_of("ruleset", str(found.pk)),
    }
    return render(request, "calls/rules/rule_set.html", context)


@require_safe
def rule_set_json(request: HttpRequest, pk: int) -> HttpResponse:
    """`/jeux-de-regles/<pk>/regles.json`: what an import reads back."""
    found = asked_rule_set(request, pk)
    name = f"{found.code}-v{found.number}.json"
    return JsonResponse(
        told_of(found),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _public_calls(version: RuleSetVersion) -> list[Call]:
    return list(version.calls.exclude(state__in=("draft", "reviewed")).order_by("-year"))


def _changes(version: RuleSetVersion) -> list[tuple[str, list[Line], list[Line]]]:
    """By part: the sentences that are gone, those that came."""
    older = version.supersedes
    if older is None:
        return []
    before = {section.id: section for section in explained(rules_in(older))}
    after = {section.id: section for section in explained(rules_in(version))}
    found = []
    for key in dict.fromkeys([*after, *before]):
        old = before[key].lines if key in before else ()
        new = after[key].lines if key in after else ()
        gone = [line for line in old if line not in new]
        came = [line for line in new if line not in old]
        if gone or came:
            found.append(((after.get(key) or before[key]).title, gone, came))
    return found
