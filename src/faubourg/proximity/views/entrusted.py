"""Tasks that residents take on in an area: their agreement, who insures, what it spares on charges."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from faubourg.base.refusal import require

from .. import access
from ..forms.gup import TaskForm
from ..models import EntrustedTask
from ..queries.partners import known_organisations
from ..services.gup import entrust
from .finding import actor_of, asked_area
from .gup import FORM, READ
from .walk_pages import FormPage, answer, sent


@require_safe
def area_entrusted(request: HttpRequest, code: str) -> HttpResponse:
    """`/proximite/<code>/taches-confiees/`: public, groups and never persons."""
    area = asked_area(code)
    tasks = area.entrusted_tasks.select_related("organisation").order_by("title", "pk")
    runs = access.can_run_area(request.user, area).ok
    return render(request, "proximity/gup/entrusted.html", {"area": area, "tasks": tasks, "runs": runs})


@require_http_methods(READ)
def entrusted_task(request: HttpRequest, code: str, pk: int = 0) -> HttpResponse:
    """`…/taches-confiees/nouvelle/` and `…/taches-confiees/<pk>/`."""
    area = asked_area(code)
    require(access.can_run_area(request.user, area))
    task = area.entrusted_tasks.filter(pk=pk).first() if pk else EntrustedTask(area=area)
    if task is None:
        raise Http404(_("Cette tâche n’est pas de ce territoire."))
    form = TaskForm(sent(request), initial=TaskForm.values_of(task) if pk else {})
    page = FormPage(
        area=area,
        heading=_("Modifier la tâche") if pk else _("Confier une tâche à des habitants"),
        lead=_("Un petit jardin, un hall : qui s’en charge, qui assure, ce que cela épargne."),
        back=reverse("area_entrusted", args=[code]),
        done=_("La tâche est enregistrée."),
        template=FORM,
        more={"organisations": known_organisations()},
    )
    return answer(
        request,
        form,
        lambda: entrust(
            task=task,
            values=form.told(),
            base_version=form.base_version if pk else None,
            by=actor_of(request),
        ),
        page,
    )
