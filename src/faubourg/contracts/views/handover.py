"""The handover pack of a contract: page, PDF, spreadsheet; complete for a suspended account."""

from datetime import date
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from faubourg.base import pdf, tables
from faubourg.base.cells import shown
from faubourg.base.refusal import require
from faubourg.contracts import access
from faubourg.contracts.agreements import agreement_of, agreement_url
from faubourg.contracts.end_words import end_kind, end_words
from faubourg.contracts.listings import contract_url
from faubourg.contracts.models import Contract
from faubourg.contracts.queries.handover import Holder, Pack, holders_of, hung_on, pack_of

from .finding import asked_contract
from .not_compiled import not_compiled

TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "agreement.typ"
Section = dict[str, Any]


@require_safe
def contract_handover(request: HttpRequest, code: str) -> HttpResponse:
    """`/contrats/<code>/passation/?personne=…`: for who writes the workings; `?format=` pdf or xlsx."""
    found = asked_contract(request, code)
    require(access.can_write_workings(request.user, found))
    key = request.GET.get("personne", "")[:200]
    hung = hung_on(found)
    holders = holders_of(found, hung)
    holder = next((each for each in holders if each.key == key), None) if key else None
    if key and holder is None:
        raise Http404(_("Rien dans ce contrat ne tient à cette personne."))
    today = timezone.localdate()
    sections = sections_of(found, pack_of(found, holder, today, hung)) if holder else []
    asked = request.GET.get("format", "")
    if holder and asked == "pdf":
        return _pdf(request, found, holder, sections, today)
    if holder and asked == "xlsx":
        return _xlsx(found, holder, sections, today)
    context = {
        "contract": found,
        "holder": holder,
        "holder_name": name_of(holder) if holder else "",
        "holders": [(each, name_of(each)) for each in holders],
        "sections": sections,
        "total": sum(len(section["rows"]) for section in sections),
        "urls": {
            "contract": contract_url(found),
            "ends": contract_url(found, "contract_ends"),
            "handover": contract_url(found, "contract_handover"),
        },
    }
    return render(request, "contracts/agreement/handover.html", context)


def name_of(holder: Holder) -> str:
    """The name, or that of a closed account, which has none left."""
    if holder.name:
        return holder.name
    return _("compte fermé %(ref)s") % {"ref": str(holder.ref)[:8]}


def sections_of(contract: Contract, pack: Pack) -> list[Section]:
    """One section an idea, the empty ones too: what is empty is known to be empty."""
    return [
        _section("decisions", _("Décisions ouvertes"), _decisions(pack)),
        _section("deliverables", _("Livrables dus"), _deliverables(pack)),
        _section("commitments", _("Engagements suivis"), _commitments(pack)),
        _section("mandates", _("Mandats et sièges"), _mandates(pack)),
        _section("posts", _("Postes"), _posts(pack)),
        _section("amendments", _("Avenants en préparation"), _amendments(pack)),
        _section("meetings", _("Réunions à venir"), _meetings(contract, pack)),
        _section("ends", _("Ce qui prend fin"), _ends(pack)),
        _section("contacts", _("Contacts"), _contacts(pack)),
        _section("drafts", _("Textes commencés, non envoyés"), _drafts(pack)),
    ]


def _section(name: str, title: str, rows: list[Section]) -> Section:
    return {"name": name, "title": title, "rows": rows}


def _row(what: str, when: date | None, detail: str, url: str = "") -> Section:
    return {"what": what, "when": when, "detail": detail, "url": url}


def _decisions(pack: Pack) -> list[Section]:
    return [_row(each.text, each.due_on, each.meeting.body.name) for each in pack.decisions]


def _deliverables(pack: Pack) -> list[Section]:
    return [_row(each.name, each.due_on, each.due_printed or each.owed_by) for each in pack.deliverables]


def _commitments(pack: Pack) -> list[Section]:
    return [
        _row(each.text, each.due_on, each.partner.name if each.partner else each.partner_printed)
        for each in pack.commitments
    ]


def _mandates(pack: Pack) -> list[Section]:
    return [
        _row(f"{each.seat.body.name} – {each.seat.title}", each.ends_on, str(each.get_rank_display()))
        for each in pack.mandates
    ]


def _posts(pack: Pack) -> list[Section]:
    rows = [(each, agreement_of(each)) for each in pack.posts]
    return [
        _row(each.title, each.ends_on, str(of), agreement_url(of, "post_edit", each.pk)) for each, of in rows
    ]


def _amendments(pack: Pack) -> list[Section]:
    rows = [(each, agreement_of(each)) for each in pack.amendments]
    return [
        _row(each.title, each.new_end, str(of), agreement_url(of, "amendment", each.pk)) for each, of in rows
    ]


def _meetings(contract: Contract, pack: Pack) -> list[Section]:
    return [
        _row(
            each.title,
            timezone.localtime(each.starts_at).date(),
            " · ".join(part for part in (each.body.name, each.place) if part),
            contract_url(contract, "meeting", each.pk),
        )
        for each in pack.meetings
    ]


def _ends(pack: Pack) -> list[Section]:
    return [_row(f"{end_kind(each)} · {each.label}", each.ends_on, end_words(each)) for each in pack.ends]


def _contacts(pack: Pack) -> list[Section]:
    return [
        _row(each.name, None, " · ".join(part for part in (each.part, each.where) if part))
        for each in pack.contacts
    ]


def _drafts(pack: Pack) -> list[Section]:
    if not pack.drafts:
        return []
    detail = _("Ils n’appartiennent qu’à leur auteur·e : demandez qu’ils soient envoyés ou effacés.")
    return [_row(_("Textes commencés : %(n)s") % {"n": pack.drafts}, None, detail)]


def _title(contract: Contract, holder: Holder) -> str:
    return _("Passation – %(contract)s – %(who)s") % {"contract": contract.name, "who": name_of(holder)}


def _xlsx(contract: Contract, holder: Holder, sections: list[Section], on: date) -> HttpResponse:
    rows = [
        [section["title"], row["what"], row["when"], row["detail"]]
        for section in sections
        for row in section["rows"]
    ]
    title = _title(contract, holder)
    content = tables.write(
        "xlsx",
        title=title,
        headers=[_("Rubrique"), _("Quoi"), _("Pour le"), _("Précision")],
        rows=rows,
        caption_lines=[_("Extrait de Faubourg le %(day)s.") % {"day": date_format(on, "DATE_FORMAT")}],
    )
    return _file(content, contract, on, "xlsx")


def _pdf(
    request: HttpRequest, contract: Contract, holder: Holder, sections: list[Section], on: date
) -> HttpResponse:
    data = document_data(contract, holder, sections, on)
    try:
        content = pdf.compile(TEMPLATE, data, lang=data["lang"], title=data["title"])
    except pdf.NotCompiled:
        back = contract_url(contract, "contract_handover")
        return not_compiled(request, title=data["title"], back=back)
    return _file(content, contract, on, "pdf")


def document_data(contract: Contract, holder: Holder, sections: list[Section], on: date) -> dict[str, Any]:
    """The pack as `typst/agreement.typ` shows it: a table a section, or that nothing is there."""
    headers = [_("Quoi"), _("Pour le"), _("Précision")]
    return {
        "lang": (get_language() or "fr")[:2],
        "title": _title(contract, holder),
        "publisher": "Faubourg",
        "kind": _("Dossier de passation"),
        "name": name_of(holder),
        "lead": contract.name,
        "draft": _("Document de travail : il nomme des personnes, ne le diffusez pas."),
        "contents": _("Sommaire"),
        "edition": _("Passation au %(day)s, éditée par Faubourg.") % {"day": date_format(on, "DATE_FORMAT")},
        "sections": [
            {
                "title": section["title"],
                "blocks": [
                    {
                        "kind": "table",
                        "title": "",
                        "headers": headers,
                        "rows": [
                            [row["what"], str(shown(row["when"])), row["detail"] or "–"]
                            for row in section["rows"]
                        ],
                    }
                    if section["rows"]
                    else {"kind": "note", "text": _("Rien.")}
                ],
            }
            for section in sections
        ],
    }


def _file(content: bytes, contract: Contract, on: date, extension: str) -> HttpResponse:
    response = HttpResponse(content, content_type=tables.MEDIA_TYPES[extension])
    name = f"passation-{contract.code}-{on:%Y-%m-%d}.{extension}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
