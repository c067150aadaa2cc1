"""Letters: those of a call, one being written, its PDF, its sending; those that an applicant received."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base import pdf
from faubourg.base.models import Job
from faubourg.base.numbers import whole_number
from faubourg.base.refusal import require
from faubourg.base.views.kept import handed
from faubourg.people.models import Person

from ..access import acts_for, can_run_call
from ..access.calls import needs
from ..access.dossiers import can_list_dossiers
from ..access.letters import can_read_letter, can_write_letter
from ..forms.decisions import LetterForm
from ..letter_pdf import letter_pdf as pdf_of
from ..models import Letter
from ..money_listings import LETTERS
from ..queries.letters import letter_by_pk, letter_works, letters_of_call, letters_to
from ..services import letters as services
from ..services.letters_in_bulk import ask_to_draft, ask_to_send
from .acting import ActPage, answer, do, sent
from .finding import actor_of, asked_call, asked_reader


@require_safe
def call_letters(request: HttpRequest, code: str) -> HttpResponse:
    """`/appels/<code>/courriers/`: drafts, sent ones, who read them."""
    call = asked_call(request, code)
    require(can_list_dossiers(request.user, call))
    rows = letters_of_call(call, request.user)
    context = {
        "call": call,
        "may_run": can_run_call(request.user, call),
        "works": list(letter_works(call, request.user)),
        "drafts": rows.filter(sent_at=None).count(),
    }
    return LETTERS.respond(request, rows, "calls/money/letters.html", context)


@require_POST
def call_letters_draft(request: HttpRequest, code: str) -> HttpResponse:
    """`/appels/<code>/courriers/preparer/`: a draft for each dossier that has something to hear."""
    call = asked_call(request, code)
    require(can_run_call(request.user, call))
    made = ask_to_draft(call=call, person=request.user, by=actor_of(request))
    if isinstance(made, Job):
        return redirect("job", made.pk)
    said = ngettext("%(n)d courrier est à relire.", "%(n)d courriers sont à relire.", made) % {"n": made}
    messages.success(request, said)
    return redirect("call_letters", call.code)


@require_POST
def call_letters_send(request: HttpRequest, code: str) -> HttpResponse:
    """`/appels/<code>/courriers/envoyer/`: every draft that was read again, each on its own."""
    call = asked_call(request, code)
    require(can_run_call(request.user, call))
    sent_now = ask_to_send(call=call, person=request.user, by=actor_of(request))
    if isinstance(sent_now, Job):
        return redirect("job", sent_now.pk)
    gone, kept = sent_now
    said = ngettext("%(n)d courrier est parti.", "%(n)d courriers sont partis.", gone) % {"n": gone}
    messages.success(request, said)
    if kept:
        messages.warning(
            request,
            ngettext(
                "%(n)d brouillon reste : sa décision a changé, refaites-le.",
                "%(n)d brouillons restent : leur décision a changé, refaites-les.",
                kept,
            )
            % {"n": kept},
        )
    return redirect("call_letters", call.code)


@require_POST
def letter_new(request: HttpRequest, pk: int) -> HttpResponse:
    """`/dossiers/<pk>/courriers/nouveau/`: a draft from the decisions as they are."""
    reader = asked_reader(request, pk)
    application = reader.application
    asked = request.POST.get("funder", "")
    funder = application.call.funders.filter(pk=whole_number(asked, -1)).first()
    if asked and funder is None:
        raise Http404(_("Ce financeur n’est pas de cet appel."))
    require(can_write_letter(request.user, application, funder))
    return do(
        request,
        lambda: services.draft_letter(application=application, funder=funder, by=actor_of(request)),
        reverse("application_money", args=[application.pk]),
        _("Le courrier est prêt à relire."),
    )


def asked_letter(request: HttpRequest, pk: int) -> Letter:
    """A letter that this person may read; 404 that says what to do."""
    found = letter_by_pk(pk)
    if found is None:
        raise Http404(_("Ce courrier n’existe pas, ou son brouillon a été refait : rouvrez la liste."))
    require(can_read_letter(request.user, found))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """`/courriers/<pk>/`: written by the service as long as it is a draft, read by the organisation after."""
    found = asked_letter(request, pk)
    application = found.application
    if found.sent_at:
        if isinstance(request.user, Person) and acts_for(request.user, application.organisation):
            services.read_letter(letter=found, name=request.user.name)
        context = {"letter": found, "application": application, "call": application.call}
        status = 409 if request.method == "POST" else 200
        return render(request, "calls/money/letter.html", context, status=status)
    may = can_write_letter(request.user, application, found.funder)
    require(may)
    start = {"subject": found.subject, "body": found.body, "version": found.version}
    form = LetterForm(sent(request), initial=start)
    back = reverse("letter", args=[found.pk])
    page = ActPage(
        heading=_("Relire le courrier"),
        back=back,
        done=_("Le courrier est enregistré ; il n’est pas encore parti."),
        lead=f"{application.organisation.name} – {application.title}",
        overline=application.call.title,
        crumbs=[
            (application.call.title, application.call.get_absolute_url()),
            (_("Courriers"), reverse("call_letters", args=[application.call.code])),
        ],
        draft_key=f"letter:{found.pk}",
        draft_version=found.version,
    )

    def write() -> None:
        said = form.cleaned_data
        services.edit_letter(
            letter=found,
            subject=said["subject"],
            body=said["body"],
            base_version=said["version"],
            by=actor_of(request),
        )

    return answer(request, form, write, page, "calls/money/letter_form.html", letter=found)


@require_POST
def letter_send(request: HttpRequest, pk: int) -> HttpResponse:
    """`/courriers/<pk>/envoyer/`: kept as it is, shown in the applicant's space, decisions notified."""
    found = asked_letter(request, pk)
    require(can_write_letter(request.user, found.application, found.funder))
    version = whole_number(request.POST.get("version", ""), -1)
    return do(
        request,
        lambda: services.send_letter(letter=found, base_version=version, by=actor_of(request)),
        reverse("letter", args=[found.pk]),
        _("Le courrier est dans l’espace de l’organisme ; sa lecture sera notée ici."),
    )


@require_safe
def letter_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """`/courriers/<pk>/courrier.pdf`: what was kept once sent, a preview before."""
    found = asked_letter(request, pk)
    if found.document:
        return handed(found.document)
    try:
        content = pdf_of(found)
    except pdf.NotCompiled:
        messages.error(request, _("Ce texte ne peut pas être mis en page : retirez-en les signes rares."))
        return redirect("letter", found.pk)
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="projet-{found.pk}.pdf"',
            "Content-Language": "fr",
        },
    )


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """`/courriers/`: what the organisations for which one acts have received."""
    require(needs(request.user, True, "", ""))
    assert isinstance(request.user, Person)
    return LETTERS.respond(request, letters_to(request.user), "calls/money/my_letters.html")
