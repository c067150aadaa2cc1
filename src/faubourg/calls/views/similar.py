"""What a dossier is set beside: projects that look like it, what its organisation already has, its claims."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from faubourg.base.refusal import Refused, require
from faubourg.base.sentences import in_words

from ..forms.examination import ClaimForm
from ..queries.calls import rules_of
from ..queries.similar import invoked, near, published_grants, readable, same_organisation
from ..services.claims import decide_claim
from .finding import actor_of, asked_reader
from .sheet import sheet_page


@require_safe
def application_similar(request: HttpRequest, pk: int) -> HttpResponse:
    """`/dossiers/<pk>/comparer/`: similar and already funded projects, exceptions to decide."""
    reader = asked_reader(request, pk)
    require(reader.may_read_workings)
    found, rows = reader.application, readable(reader)
    rules = rules_of(found.call)
    named = {each.code: each for each in rules.exclusions} if rules else {}
    return sheet_page(
        request,
        reader,
        "application_similar",
        near=near(reader, rows),
        own=same_organisation(reader, rows),
        grants=published_grants(found),
        claims=[
            {"claim": claim, "rule": named.get(claim.exclusion)}
            for claim in found.claims.all()
            if invoked(found, claim)
        ],
        claim_form=ClaimForm() if reader.may_run.ok else None,
    )


@require_POST
def application_claim(request: HttpRequest, pk: int, claim: int) -> HttpResponse:
    """`/dossiers/<pk>/exceptions/<claim>/`: accepted or refused, with the reason."""
    reader = asked_reader(request, pk)
    require(reader.may_run)
    row = reader.application.claims.select_related("application").filter(pk=claim).first()
    if row is None or not invoked(reader.application, row):
        raise Http404(_("Cette exception n’est pas dans ce dossier."))
    form = ClaimForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(str(error) for error in errors))
        return redirect("application_similar", pk)
    try:
        decide_claim(
            claim=row,
            accepted=form.cleaned_data["accepted"] == "yes",
            reason=form.cleaned_data["reason"],
            by=actor_of(request),
        )
    except Refused as refused:
        for reason in refused.verdict.refusals():
            messages.error(request, in_words(reason))
    else:
        messages.success(request, _("La décision sur l’exception est enregistrée."))
    return redirect("application_similar", pk)
