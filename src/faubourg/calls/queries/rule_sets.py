"""Rule sets as they are listed, and one with what came before and after it."""

from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef

from faubourg.people.access import Visitor

from ..access import can_run_call, can_write_rules
from ..models import Application, Call, RuleSetVersion
from .rights import rights_through

if TYPE_CHECKING:
    from django.db.models import QuerySet

Status = RuleSetVersion.Status


def rule_sets_for(person: Visitor) -> "QuerySet[RuleSetVersion]":
    """What everybody may read; drafts too for whoever writes rules."""
    found = RuleSetVersion.objects.annotate(used=Count("calls"))
    return found if can_write_rules(person).ok else found.exclude(status=Status.DRAFT)


def rule_set_by_pk(pk: int) -> RuleSetVersion | None:
    """One version with the one that it replaces."""
    return RuleSetVersion.objects.select_related("supersedes").filter(pk=pk).first()


def versions_of(code: str) -> "QuerySet[RuleSetVersion]":
    """All versions of a set, the newest first."""
    return RuleSetVersion.objects.filter(code=code).order_by("-number")


def usable_rule_sets() -> "QuerySet[RuleSetVersion]":
    """What a call may take: drafts to prepare it, published and frozen ones."""
    return RuleSetVersion.objects.exclude(status=Status.RETIRED).order_by("name", "-number")


def calls_with_dossiers(person: Visitor) -> "QuerySet[Call]":
    """The calls that this person runs and that received at least one dossier."""
    received = Application.objects.filter(call=OuterRef("pk"), submitted_at__isnull=False)
    with_rules = Call.objects.filter(Exists(received), rule_set__isnull=False)
    held = with_rules.select_related("lead", "territory").prefetch_related(*rights_through())
    return Call.objects.filter(pk__in=[call.pk for call in held if can_run_call(person, call).ok])
