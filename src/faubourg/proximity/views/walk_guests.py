"""Who is invited to a walk; the page that an invitation opens by its key, without an account."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.base.numbers import whole_number
from faubourg.base.refusal import Refused
from faubourg.people.models import Organisation, Person
from faubourg.people.views.refusals import show_refusal

from ..forms.walks import GuestForm
from ..models import Walk, WalkGuest
from ..queries.walks import guest_by_key, guest_by_pk
from ..services import walk_guests as services
from ..walk_paper import facts_of
from ..walk_svg import Drawn, draw
from .finding import actor_of
from .walk_pages import prepared_walk, sent, told
from .walk_papers import handed_paper

MOST_ORGANISATIONS = 500


@require_http_methods(["GET", "HEAD", "POST"])
def walk_guests(request: HttpRequest, pk: int) -> HttpResponse:
    """`/marches/<pk>/invites/`: who is invited, who takes notes, who answered."""
    found = prepared_walk(request, pk)
    form = GuestForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.add_guest(walk=found, words=form.told(), by=actor_of(request))
        except Refused as refused:
            show_refusal(form, refused, {})
        else:
            messages.success(request, _("La personne est sur la liste."))
            return redirect("walk_guests", pk)
    guests = list(found.guests.select_related("organisation"))
    context = {
        "walk": found,
        "area": found.area,
        "form": form,
        "guests": guests,
        "unsent": sum(1 for guest in guests if guest.email and guest.invited_at is None),
        "open": found.state in ("preparing", "confirmed"),
        "organisations": Organisation.objects.order_by("sort_key")[:MOST_ORGANISATIONS],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "proximity/walks/guests.html", context, status=status)


@require_POST
def walk_note_takers(request: HttpRequest, pk: int) -> HttpResponse:
    """Who takes notes, all at once."""
    found = prepared_walk(request, pk)
    chosen = {whole_number(each) for each in request.POST.getlist("guest")}
    told(
        request,
        lambda: services.choose_note_takers(walk=found, guests=chosen, by=actor_of(request)),
        _("Les preneurs de notes sont choisis."),
    )
    return redirect("walk_guests", pk)


@require_POST
def walk_guest_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody is not invited after all."""
    guest = guest_by_pk(pk)
    if guest is None:
        raise Http404(_("Cette invitation n’existe pas."))
    walk = prepared_walk(request, guest.walk_id)
    told(
        request,
        lambda: services.remove_guest(guest=guest, by=actor_of(request)),
        _("La personne n’est plus sur la liste."),
    )
    return redirect("walk_guests", walk.pk)


@require_POST
def walk_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """The invitations that were not sent yet go out."""
    found = prepared_walk(request, pk)

    def address(guest: WalkGuest) -> str:
        return f"{settings.SITE_URL}{reverse('walk_invitation', args=[guest.key])}"

    try:
        sent_now = services.send_invitations(walk=found, address_of=address, by=actor_of(request))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        said = ngettext("%(n)s invitation est partie.", "%(n)s invitations sont parties.", sent_now)
        messages.success(request, said % {"n": sent_now})
    return redirect("walk_guests", pk)


def own_invitation(key: str) -> WalkGuest:
    """The invitation that this key opens; 404 for any other, which says nothing more."""
    found = guest_by_key(key)
    if found is None:
        raise Http404(_("Cette adresse n’ouvre aucune invitation : reprenez celle du message reçu."))
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def walk_invitation(request: HttpRequest, key: str) -> HttpResponse:
    """`/marches/invitation/<clé>/`: when, where, the frame, the itinerary; yes or no."""
    guest = own_invitation(key)
    if request.method == "POST":
        said = request.POST.get("reponse", "")
        if said not in ("oui", "non"):
            messages.error(request, _("Dites si vous venez ou non."))
            return redirect("walk_invitation", key)
        comes = said == "oui"
        done = (
            _("Merci, nous vous attendons. Vous pouvez encore changer d’avis ici.")
            if comes
            else _("C’est noté : vous ne venez pas. Vous pouvez encore changer d’avis ici.")
        )
        person = request.user if isinstance(request.user, Person) else None
        told(request, lambda: services.answer_invitation(guest=guest, comes=comes, person=person), done)
        return redirect("walk_invitation", key)
    walk = guest.walk
    stops = list(walk.stops.order_by("order"))
    context = {
        "guest": guest,
        "walk": walk,
        "area": walk.area,
        "facts": facts_of(walk),
        "stops": stops,
        "map_svg": draw(walk, Drawn(stops)),
        "open": walk.state in ("preparing", "confirmed"),
        "changing": walk.state == "preparing",
    }
    page = render(request, "proximity/walks/invitation.html", context)
    page["X-Robots-Tag"] = "noindex"
    return page


@never_cache
@require_safe
def walk_invitation_paper(request: HttpRequest, key: str) -> HttpResponse:
    """The paper itinerary, for whoever holds the key."""
    walk: Walk = own_invitation(key).walk
    return handed_paper(request, walk, back=reverse("walk_invitation", args=[key]))
