"""The sheet of an organisation that applies: what it says of itself once, and writing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from faubourg.base import journal
from faubourg.base.refusal import Conflict, require
from faubourg.contracts.views.conflict import again, both_of
from faubourg.people.models import Organisation
from faubourg.people.views.sent_drafts import forget_draft

from ..access import can_write_for
from ..forms.applicants import ApplicantForm
from ..models import Applicant
from ..queries.applicants import charter_of, organisation_by_pk, people_of, sheet_of, vault_of
from ..queries.intents import intents_of
from ..services.applicant_journal import KIND, headings_of
from ..services.applicants import write_applicant
from .applicant_finding import actor_for, asked_applicant, frame

# What the form 12156*06 asks of everybody: what is still empty is said.
EXPECTED = ("purpose", "address", "city", "head_name", "head_title", "email")


@require_safe
def applicant(request: HttpRequest, pk: int) -> HttpResponse:
    """`/porteurs/<pk>/`: for who acts for it."""
    organisation = asked_applicant(request, pk)
    sheet = sheet_of(organisation)
    missing = headings_of(Applicant, [name for name in EXPECTED if not getattr(sheet, name)])
    context = {
        **frame(request, organisation, "applicant"),
        "sheet": sheet,
        "missing": missing,
        "people": people_of(organisation),
        "charter": charter_of(organisation),
        "pieces": vault_of(organisation).filter(replaced_by=None),
        "intents": intents_of(organisation)[:20],
        "dossiers": organisation.applications.select_related("call").order_by("-created_at")[:20],
        "history": journal.entries_for(KIND, str(organisation.pk))[:20],
    }
    return render(request, "calls/applicants/sheet.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def applicant_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Autosaved; nothing of somebody else is overwritten."""
    organisation = asked_applicant(request, pk)
    require(can_write_for(request.user, organisation))
    start = ApplicantForm.values_of(sheet_of(organisation))
    if request.method != "POST":
        return _edit_page(request, organisation, ApplicantForm(initial=start))
    form = ApplicantForm(request.POST)
    if not form.is_valid():
        return _edit_page(request, organisation, form, status=422)
    try:
        write_applicant(
            organisation=organisation,
            changes=form.changes(),
            base_version=form.cleaned_data["version"],
            by=actor_for(request, organisation),
        )
    except Conflict:
        fresh = organisation_by_pk(pk)
        theirs = ApplicantForm.values_of(sheet_of(fresh or organisation))
        both = both_of(form, theirs)
        resent = ApplicantForm(again(form, theirs["version"]))
        return _edit_page(request, organisation, resent, both=both, status=409)
    forget_draft(request, draft_key(organisation))
    messages.success(request, _("La fiche est enregistrée : chaque dossier la reprendra."))
    return redirect("applicant", pk)


def draft_key(organisation: Organisation) -> str:
    """Under which its text is autosaved."""
    return f"applicant:{organisation.pk}"


def _edit_page(
    request: HttpRequest,
    organisation: Organisation,
    form: ApplicantForm,
    *,
    both: object = (),
    status: int = 200,
) -> HttpResponse:
    context = {
        **frame(request, organisation, "applicant"),
        "form": form,
        "both": both,
        "draft_key": draft_key(organisation),
        "draft_version": form["version"].value() or 0,
        "cancel_url": reverse("applicant", args=[organisation.pk]),
    }
    return render(request, "calls/applicants/edit.html", context, status=status)
