"""What the group of a walk asks for: written, counted by show of hands, and given a future."""

from collections.abc import Callable, Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from faubourg.base.actor import Actor
from faubourg.base.refusal import Refused, require
from faubourg.base.text import printable
from faubourg.rules.verdict import Verdict, mark

from ..access.walks import can_prepare_walk
from ..forms.walk_notes import ProposalForm
from ..forms.walks import tidy
from ..models import Proposal
from ..queries.walks import proposal_by_pk
from ..services import walk_proposals as services
from .finding import actor_of
from .walk_pages import FormPage, answer, prepared_walk, sent, told, version_in

READ = ["GET", "HEAD", "POST"]


@require_http_methods(READ)
def proposal_new(request: HttpRequest, pk: int) -> HttpResponse:
    """`/marches/<pk>/propositions/nouvelle/`."""
    found = prepared_walk(request, pk)
    form = ProposalForm(sent(request), walk=found)
    page = FormPage(
        area=found.area,
        walk=found,
        heading=_("Écrire une proposition"),
        lead=_("Celle du groupe, avec ses mots. Elle sera publique."),
        back=reverse("walk", args=[pk]),
        done=_("La proposition est gardée."),
        key=f"walk-proposal:{pk}",
    )

    def write() -> object:
        data = form.cleaned_data
        return services.propose(
            walk=found,
            title=tidy(data["title"]),
            text=tidy(data["text"]),
            observations=data["observations"],
            by=actor_of(request),
        )

    return answer(request, form, write, page)


def _asked(request: HttpRequest, pk: int) -> Proposal:
    found = proposal_by_pk(pk)
    if found is None:
        raise Http404(_("Aucune proposition ne porte ce numéro."))
    require(can_prepare_walk(request.user, found.walk))
    return found


@require_http_methods(READ)
def proposal_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """`/marches/propositions/<pk>/modifier/`."""
    found = _asked(request, pk)
    form = ProposalForm(sent(request), walk=found.walk, initial=ProposalForm.values_of(found))
    page = FormPage(
        area=found.walk.area,
        walk=found.walk,
        heading=_("Modifier une proposition"),
        back=reverse("walk", args=[found.walk_id]),
        done=_("La proposition est enregistrée."),
        key=f"walk-asked:{pk}",
        theirs=lambda: ProposalForm.values_of(proposal_by_pk(pk) or found),
    )

    def write() -> object:
        data = form.cleaned_data
        return services.edit_proposal(
            proposal=found,
            title=tidy(data["title"]),
            text=tidy(data["text"]),
            observations=data["observations"],
            base_version=data["version"] or 0,
            by=actor_of(request),
        )

    return answer(request, form, write, page)


Act = Callable[[Proposal, HttpRequest, Actor], object]


def _vote(proposal: Proposal, request: HttpRequest, by: Actor) -> object:
    typed = request.POST.get("voices", "").strip()
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 5):
        raise Refused(Verdict.no("voices", mark("Comptez les mains levées : un nombre entier.")))
    return services.count_voices(
        proposal=proposal, voices=int(typed), base_version=version_in(request), by=by
    )


def _action(proposal: Proposal, request: HttpRequest, by: Actor) -> object:
    walk = proposal.walk
    contracts = list(walk.area.contracts.order_by("pk"))
    asked = request.POST.get("contract", "")
    chosen = next((one for one in contracts if str(one.pk) == asked), None) or walk.contract
    if chosen is None and len(contracts) == 1:
        chosen = contracts[0]
    if chosen is None:
        sentence = mark("Dites dans quel contrat de ville naît l’action : choisissez-le pour cette marche.")
        raise Refused(Verdict.no("contract", sentence))
    return services.become_action(proposal=proposal, contract=chosen, by=by)


def _budget(proposal: Proposal, request: HttpRequest, by: Actor) -> object:
    return services.send_to_budget(proposal=proposal, base_version=version_in(request), by=by)


def _drop(proposal: Proposal, request: HttpRequest, by: Actor) -> object:
    reason = printable(request.POST.get("reason", "")).strip()[:300]
    return services.drop_proposal(proposal=proposal, reason=reason, base_version=version_in(request), by=by)


def _reopen(proposal: Proposal, request: HttpRequest, by: Actor) -> object:
    return services.reopen_proposal(proposal=proposal, base_version=version_in(request), by=by)


ACTS: Mapping[str, Act] = {
    "voix": _vote,
    "action": _action,
    "budget": _budget,
    "ecarter": _drop,
    "reprendre": _reopen,
}


@require_POST
def proposal_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """One act on a proposal: its voices, what becomes of it."""
    found = _asked(request, pk)
    if act not in ACTS:
        raise Http404(_("Cet acte n’existe pas."))
    by = actor_of(request)
    told(request, lambda: ACTS[act](found, request, by), _("C’est enregistré."))
    return redirect(f"{reverse('walk', args=[found.walk_id])}#propositions")
