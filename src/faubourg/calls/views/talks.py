"""What is said and done about a dossier: its messages and its steps, on one thread."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from faubourg.base.refusal import Refused, require
from faubourg.people.views.refusals import show_refusal

from ..access.readers import Reader
from ..forms.examination import CommentForm
from ..models import Comment
from ..services.talks import comment
from .finding import actor_of, asked_reader
from .sheet import sheet_page

MOST = 200


@require_http_methods(["GET", "HEAD", "POST"])
def application_thread(request: HttpRequest, pk: int) -> HttpResponse:
    """`/dossiers/<pk>/echanges/`: the applicant reads and writes what is shared, the services all of it."""
    reader = asked_reader(request, pk)
    inside = reader.may_examine.ok is True
    form = CommentForm(request.POST if request.method == "POST" else None, initial={"shared": True})
    if not inside:
        del form.fields["shared"]
    if request.method == "POST":
        if not reader.applies:
            require(reader.may_examine)
        if form.is_valid():
            try:
                comment(
                    application=reader.application,
                    text=form.cleaned_data["text"],
                    shared=form.cleaned_data.get("shared", True),
                    by=actor_of(request),
                )
            except Refused as refused:
                show_refusal(form, refused, {"text": "text"})
            else:
                messages.success(request, _("Le message est envoyé."))
                return redirect("application_thread", pk)
    return sheet_page(
        request,
        reader,
        "application_thread",
        status=422 if form.is_bound and form.errors else 200,
        form=form if inside or reader.applies else None,
        comments=list(_comments(reader)[:MOST]),
        steps=list(reader.application.steps.order_by("-pk")[:MOST]),
    )


def _comments(reader: Reader) -> "QuerySet[Comment]":
    rows = reader.application.comments.order_by("-at", "-pk")
    return rows if reader.may_read_workings.ok else rows.filter(shared=True)
