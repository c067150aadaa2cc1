"""What a member reads and marks before the session: their pack, page by page and as a PDF; their marks."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from faubourg.base import pdf
from faubourg.base.refusal import Conflict, Refused, require
from faubourg.contracts.views.not_compiled import not_compiled

from ..access import can_follow_juries, can_review, can_run_call, seat_of
from ..forms.deliberation import ReviewForm
from ..models import Juror, JuryItem, JurySession, Review
from ..queries.juries import items_without_recused
from ..queries.marks import grid_of, marks_of_jury
from ..queries.packs import Sheet, index_of, sheet_of, sheets_of
from ..queries.sittings import items_for, narrow
from ..services import reviewing
from .finding import actor_of
from .jury_finding import asked_juror, asked_reading, asked_session, session_url
from .jury_pages import told
from .pack_document import pack

A_PAGE = 20


@require_safe
def session_pack(request: HttpRequest, pk: int) -> HttpResponse:
    """`/seances/<pk>/cahier/`: its index, one page a dossier, less what this reader stands back from."""
    session = asked_session(request, pk)
    items = items_for(session, request.user)
    index = index_of(items)
    page = Paginator(index, A_PAGE).get_page(request.GET.get("page"))
    sheets = sheets_of(items.filter(pk__in=[key for key, *_ in page.object_list]), page.start_index())
    seat = seat_of(request.user, session.jury)
    mine = _mine(seat, sheets)
    context = {
        **_about(session),
        "sheets": [(sheet, mine.get(sheet.application.pk)) for sheet in sheets],
        "page": page,
        "index": _index(index) if page.has_other_pages() else (),
        "hidden": session.items.count() - len(index),
        "may_review": can_review(seat),
        "may_run": can_run_call(request.user, session.jury.call),
        "jurors": [one for one in session.jury.jurors.all() if one.left_on is None],
    }
    return render(request, "calls/jury/pack.html", context)


def _index(found: Sequence[tuple[int, str | None, str]]) -> list[tuple[str, str, str]]:
    """(address, number, title) of each dossier, whatever the page it is on."""
    return [
        (f"?page={1 + place // A_PAGE}#d{key}", number or "", title)
        for place, (key, number, title) in enumerate(found)
    ]


@require_safe
def session_pack_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a PDF to print."""
    session = asked_session(request, pk)
    return _pdf(request, session, sheets_of(items_for(session, request.user)), str(request.user))


@require_safe
def juror_pack_pdf(request: HttpRequest, pk: int, juror: int) -> HttpResponse:
    """The pack of one member, prepared by the services: neither the member's recusals nor one's own in it."""
    session = asked_session(request, pk)
    require(can_run_call(request.user, session.jury.call))
    held = asked_juror(session.jury, juror)
    if held.declared_at is None or held.person is None:
        messages.error(request, _("%(name)s n’a pas encore déclaré ses intérêts.") % {"name": held.name})
        return redirect(session_url(session, "session_pack"))
    items = items_without_recused(items_for(session, request.user), held.person)
    return _pdf(request, session, sheets_of(items), held.name)


def _pdf(request: HttpRequest, session: JurySession, sheets: list[Sheet], reader: str) -> HttpResponse:
    title = _("Cahier de jury – %(jury)s") % {"jury": session.jury.name}
    try:
        content = pack(session, sheets, reader=reader, title=title)
    except pdf.NotCompiled:
        return not_compiled(request, title=title, back=session_url(session, "session_pack"))
    name = f"cahier-{slugify(session.jury.name)[:60]}-{session.starts_at:%Y-%m-%d}.pdf"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def _mine(seat: Juror | None, sheets: list[Sheet]) -> dict[int, Review]:
    if seat is None:
        return {}
    wanted = [sheet.application.pk for sheet in sheets]
    return {one.application_id: one for one in Review.objects.filter(juror=seat, application__in=wanted)}


def _about(session: JurySession) -> dict[str, Any]:
    return {"call": session.jury.call, "jury": session.jury, "session": session}


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """`/seances/<pk>/dossiers/<item>/`: the page of one dossier, and one's marks kept as they are typed."""
    session = asked_session(request, pk)
    found, reader = asked_reading(request, session, item)
    seat = seat_of(request.user, session.jury)
    may = can_review(seat)
    may = reader.impartial if may.ok else may
    grid = grid_of(session.jury.call)
    kept = Review.objects.filter(juror=seat, application=found.application_id).first() if seat else None
    form = ReviewForm(grid, initial=ReviewForm.values_of(kept)) if grid else None
    status, notice = 200, ""
    if request.method == "POST":
        require(may)
        if grid is None or seat is None:
            messages.error(request, _("Cet appel n’a pas de grille de notation."))
            return redirect(session_url(session, "session_pack"))
        form = ReviewForm(grid, request.POST)
        status, notice = _write(request, found, seat, form)
        if status == 302:
            return redirect(
                session_url(session, "session_marks" if "finish" in request.POST else "session_pack")
            )
        kept = Review.objects.filter(juror=seat, application=found.application_id).first()
    context = {
        **_about(session),
        "sheet": sheet_of(found),
        "item": found,
        "form": form,
        "criteria": [form[name] for name in form.criteria] if form else [],
        "review": kept,
        "may_review": may,
        "notice": notice,
        "version": kept.version if kept else 0,
    }
    if "HX-Request" in request.headers:
        return render(request, "calls/jury/parts/review_state.html", context)
    return render(request, "calls/jury/review.html", context, status=status)


def _write(request: HttpRequest, found: JuryItem, seat: Juror, form: ReviewForm) -> tuple[int, str]:
    """302 once it is saved for good, else the status and what to say; htmx keeps typing."""
    if not form.is_valid():
        return 422, _("Une note n’est pas sur la grille.")
    by, version = actor_of(request), form.cleaned_data["version"] or 0
    try:
        saved = reviewing.save_review(
            item=found,
            juror=seat,
            marks=form.marks(),
            comment=form.cleaned_data["comment"],
            base_version=version,
            by=by,
        )
        if "finish" in request.POST:
            reviewing.finish_review(item=found, juror=seat, base_version=saved.version, by=by)
    except Refused as refused:
        form.add_error(None, str(refused))
        return 422, str(refused)
    except Conflict:
        return 409, _(
            "Vous avez noté ce dossier dans une autre fenêtre : rien n’est écrasé. Rechargez pour la voir, "
            "ou enregistrez de nouveau pour la remplacer."
        )
    if "HX-Request" in request.headers:
        return 200, ""
    done = _("Votre lecture est rendue.") if "finish" in request.POST else _("Vos notes sont gardées.")
    told(request, lambda: None, done)
    return 302, ""


@require_safe
def session_marks(request: HttpRequest, pk: int) -> HttpResponse:
    """`/seances/<pk>/notes/`: marks beside one another; a member sees those of dossiers they handed in."""
    session = asked_session(request, pk)
    seat = seat_of(request.user, session.jury)
    staff = seat is None and can_follow_juries(request.user, session.jury.call).ok is True
    items = narrow(items_for(session, request.user))
    finished = set(
        Review.objects.filter(juror=seat, finished_at__isnull=False).values_list("application", flat=True)
    )
    marks = marks_of_jury(session.jury)
    rows = [
        (item, marks.by_application.get(item.application_id), item.application_id in finished)
        for item in items
        if staff or item.application_id in finished
    ]
    rows.sort(key=lambda row: -(row[1].quality if row[1] else -1))
    context = {
        **_about(session),
        "rows": rows,
        "waiting": len(items) - len(rows),
        "marks": marks,
        "alpha": None if marks.alpha is None else float(marks.alpha),
        "staff": staff,
    }
    return render(request, "calls/jury/marks.html", context)
