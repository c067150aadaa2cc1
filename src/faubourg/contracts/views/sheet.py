"""The fiche d'identité: the page, the PDF, and the form of what it says beyond figures."""

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from faubourg.base import pdf
from faubourg.base.refusal import Conflict, Refused, require
from faubourg.contracts import access, queries
from faubourg.contracts.forms import SheetForm
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Contract
from faubourg.contracts.services import sheets
from faubourg.people.views.sent_drafts import forget_draft

from .finding import asked_contract, tidy_address
from .not_compiled import not_compiled
from .people import actor_of
from .sheet_document import sheet_data, sheet_title
from .wording import map_note, map_picture

TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "sheet.typ"


@require_safe
def contract_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/fiche/`: the same words as the PDF."""
    if moved := tidy_address(request, code):
        return moved
    found = asked_contract(request, code)
    identity = queries.sheet_of(found)
    context = {
        "contract": found,
        "identity": identity,
        "sheet": sheet_data(identity),
        "map_svg": map_picture(identity, 320),
        "map_note": map_note(identity),
        "may_edit": access.can_edit_sheet(request.user, found),
        "urls": {
            name: contract_url(found, name)
            for name in ("contract", "contract_sheet_pdf", "contract_sheet_edit")
        },
    }
    return render(request, "contracts/sheet.html", context)


@require_safe
def contract_sheet_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/fiche.pdf`: one page of A4, PDF/A-3a and PDF/UA-1."""
    if moved := tidy_address(request, code):
        return moved
    identity = queries.sheet_of(asked_contract(request, code))
    contract, title = identity.contract, sheet_title(identity)
    lang = (get_language() or "fr")[:2]
    try:
        content = pdf.compile(TEMPLATE, sheet_data(identity), lang=lang, title=title)
    except pdf.NotCompiled:
        return not_compiled(request, title=title, back=contract_url(contract, "contract_sheet"))
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="fiche-{contract.code}-{contract.generation}.pdf"',
            "Content-Language": lang,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def contract_sheet_edit(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/fiche/modifier/`: nothing typed is lost, nothing of somebody else is overwritten."""
    found = asked_contract(request, code)
    require(access.can_edit_sheet(request.user, found))
    key = f"contract-sheet:{found.generation}:{found.code}"
    identity = queries.sheet_of(found, with_map=False)
    start = SheetForm.values_of(identity.sheet)
    if request.method != "POST":
        return _edit_page(request, found, SheetForm(initial=start), key=key)
    form = SheetForm(request.POST)
    if not form.is_valid():
        return _edit_page(request, found, form, key=key, status=422)
    try:
        sheets.update_sheet(
            contract=found,
            changes=form.changes(),
            base_version=form.cleaned_data["version"],
            by=actor_of(request),
        )
    except Refused as refused:
        for reason in refused.verdict.refusals():
            form.add_error(reason.code, _(reason.template).format(**reason.params))
        return _edit_page(request, found, form, key=key, status=422)
    except Conflict:
        return _conflict(request, found, form, start, key)
    forget_draft(request, key)
    messages.success(request, _("La fiche est enregistrée."))
    return redirect(contract_url(found, "contract_sheet"))


def _conflict(
    request: HttpRequest, contract: Contract, form: SheetForm, theirs: dict[str, Any], key: str
) -> HttpResponse:
    """Both texts side by side; sending again, with the new version, is a choice and no accident."""
    mine = dict(form.data.items())
    mine["version"] = str(theirs["version"])
    both = [
        {
            "label": field.label,
            "mine": mine.get(name, ""),
            "theirs": "" if theirs[name] is None else theirs[name],
        }
        for name, field in form.fields.items()
        if name != "version" and str(mine.get(name, "")) != str("" if theirs[name] is None else theirs[name])
    ]
    return _edit_page(request, contract, SheetForm(mine), key=key, both=both, status=409)


def _edit_page(
    request: HttpRequest, contract: Contract, form: SheetForm, *, key: str, status: int = 200, both: Any = ()
) -> HttpResponse:
    context = {
        "contract": contract,
        "form": form,
        "draft_key": key,
        "draft_version": form["version"].value() or 0,
        "both": both,
        "cancel_url": contract_url(contract, "contract_sheet"),
        "contract_url": contract_url(contract),
    }
    return render(request, "contracts/sheet_form.html", context, status=status)
