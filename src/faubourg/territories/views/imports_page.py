"""The page of one import: its state, its findings in the reader's language, what can be done next."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext

from ..models import FigureImport, Indicator
from ..services.import_figures import undoable

_PAGE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One finding: the cell as the spreadsheet names it, and what is wrong in words."""

    cell: str
    severity: str
    sentence: str


def page_of(request: HttpRequest, brought: FigureImport) -> dict[str, Any]:
    """What the template reads; `state` is trial, done or undone."""
    report = brought.report
    asked = request.GET.get("page", "1")
    findings = Paginator(report["findings"], _PAGE).get_page(asked)
    names = dict(Indicator.objects.filter(code__in=report["indicators"]).values_list("code", "name_fr"))
    state = "undone" if brought.undone_at else "done" if brought.confirmed_at else "trial"
    return {
        "brought": brought,
        "report": report,
        "state": state,
        "ready": state == "trial" and not report["errors"] and not report["lacks"] and report["figures"],
        "page": findings,
        "lines": [_line(found) for found in findings.object_list],
        "lacks": [_sentence(lack) for lack in report["lacks"]],
        "indicators": [(names.get(code, code), count) for code, count in report["indicators"].items()],
        "undoable": undoable(brought) if state == "done" else None,
        "cut": report["errors"] + report["warnings"] + report["infos"] > len(report["findings"]),
    }


def _line(found: dict[str, Any]) -> Line:
    return Line(found["cell"], found["severity"], _sentence(found))


def _sentence(found: dict[str, Any]) -> str:
    template: str = found["template"]
    return gettext(template).format(**found["params"])
