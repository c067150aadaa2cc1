"""`/marches/<pk>/carnet/`: a colleague brings the file of a notebook, without JavaScript."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from faubourg.base.refusal import Refused, require
from faubourg.people.views.refusals import show_refusal

from ..access.notebook import can_take_notes
from ..forms.notebook import NotebookFileForm
from ..queries.notebook import notebook_walk
from ..services.notebook_file import Account, bring
from .finding import actor_of

FIELDS = dict.fromkeys(("file_unreadable", "file_format", "file_notes"), "file")


@require_http_methods(["GET", "HEAD", "POST"])
def notebook_import(request: HttpRequest, pk: int) -> HttpResponse:
    """The form, then the account of what was kept and what was not."""
    walk = notebook_walk(pk)
    if walk is None:
        raise Http404(_("Cette marche n’existe pas."))
    require(can_take_notes(request.user, walk))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = NotebookFileForm(*sent)
    account: Account | None = None
    if request.method == "POST" and form.is_valid():
        try:
            account = bring(walk=walk, content=form.cleaned_data["file"].read(), by=actor_of(request))
        except Refused as refused:
            show_refusal(form, refused, FIELDS)
    status = 422 if form.is_bound and not form.is_valid() else 200
    context = {"walk": walk, "area": walk.area, "form": form, "account": account}
    return render(request, "proximity/notebook/import.html", context, status=status)
