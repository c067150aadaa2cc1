"""The partners of an area and those who speak for them; the area's own tasks."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..forms.partners import EndForm, PartnerForm, ReferentForm, SeatForm
from ..models import Area, Partner
from ..queries.attribution import attribution_of
from ..queries.partners import known_organisations, partners_with_posts, quarters_of, referents_of, seats_of
from ..services import partners as services
from .finding import actor_of
from .settings_page import form_page, set_area, try_to


@require_safe
def area_partners(request: HttpRequest, code: str) -> HttpResponse:
    """`…/reglages/partenaires/`: who answers for places, and which posts are empty."""
    area = set_area(request, code)
    found = attribution_of(area, timezone.localdate())
    lines = [
        (one, found.referents.get(one.pk, ()), one.pk in found.vacant) for one in partners_with_posts(area)
    ]
    return render(request, "proximity/areas/partners.html", {"area": area, "lines": lines})


def _partner(area: Area, pk: int) -> Partner:
    found = partners_with_posts(area).filter(pk=pk).first()
    if found is None:
        raise Http404(_("Ce partenaire n’est pas de ce territoire."))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def area_partner(request: HttpRequest, code: str, pk: int = 0) -> HttpResponse:
    """`…/partenaires/nouveau/` and `…/partenaires/<pk>/`: the service, then who speaks for it."""
    area = set_area(request, code)
    partner = _partner(area, pk) if pk else Partner(area=area)
    initial = PartnerForm.values_of(partner) if pk else {}
    form = PartnerForm(request.POST or None, initial=initial, area=area, partner=partner if pk else None)
    status = 200
    if request.method == "POST":
        status = 422
        kept: list[Partner] = []
        if form.is_valid():
            status = try_to(
                form,
                lambda: kept.append(
                    services.write_partner(
                        partner=partner,
                        values=form.told(),
                        base_version=form.base_version if pk else None,
                        by=actor_of(request),
                    )
                ),
            )
        if kept:
            messages.success(request, _("Le partenaire est enregistré."))
            return redirect("area_partner", area.code, kept[0].pk)
    return _partner_page(request, partner, form, ReferentForm(), status)


def _partner_page(
    request: HttpRequest, partner: Partner, form: PartnerForm, post: ReferentForm, status: int
) -> HttpResponse:
    return form_page(
        request,
        partner.area,
        form,
        title=partner.name if partner.pk else _("Nouveau partenaire"),
        back=("area_partners", _("Partenaires")),
        status=status,
        template="proximity/areas/partner.html",
        partner=partner,
        post=post,
        referents=referents_of(partner) if partner.pk else [],
        today=timezone.localdate(),
        organisations=known_organisations(),
    )


@require_POST
def area_referent_new(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`…/partenaires/<pk>/referents/`: somebody takes the post."""
    area = set_area(request, code)
    partner = _partner(area, pk)
    post = ReferentForm(request.POST)
    status = 422
    if post.is_valid():
        status = try_to(
            post,
            lambda: services.name_referent(
                partner=partner, post=post.post(), since=post.cleaned_data["since"], by=actor_of(request)
            ),
        )
    if status == 302:
        messages.success(request, _("La personne référente est enregistrée."))
        return redirect("area_partner", area.code, partner.pk)
    form = PartnerForm(initial=PartnerForm.values_of(partner), area=area, partner=partner)
    return _partner_page(request, partner, form, post, status)


@require_POST
def area_referent_end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`…/referents/<pk>/fin/`: the post ends; it is then seen as vacant."""
    area = set_area(request, code)
    referent = referents_of(area).filter(pk=pk).first()
    if referent is None:
        raise Http404(_("Cette personne n’est pas référente ici."))
    form = EndForm(request.POST)
    if form.is_valid():
        services.end_referent(referent=referent, on=form.cleaned_data["on"], by=actor_of(request))
        messages.success(request, _("La fin de poste est enregistrée."))
    else:
        messages.error(request, _("Donnez le dernier jour, par exemple 31/03/2026."))
    return redirect("area_partner", area.code, referent.partner_id)


@require_http_methods(["GET", "HEAD", "POST"])
def area_seats(request: HttpRequest, code: str) -> HttpResponse:
    """`…/reglages/taches/`: who coordinates, answers the telephone, relays, follows as an élu."""
    area = set_area(request, code)
    form = SeatForm(request.POST or None, quarters=quarters_of(area))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            status = try_to(
                form,
                lambda: services.seat_person(
                    area=area,
                    person=data["account"],
                    task=data["task"],
                    since=data["since"],
                    territory=data["territory"],
                    words=data["words"],
                    by=actor_of(request),
                ),
            )
        if status == 302:
            messages.success(request, _("La tâche est confiée."))
            return redirect("area_seats", area.code)
    context = {"area": area, "form": form, "seats": seats_of(area), "today": timezone.localdate()}
    return render(request, "proximity/areas/seats.html", context, status=status)


@require_POST
def area_seat_end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """`…/taches/<pk>/fin/`: from tomorrow, somebody else's."""
    area = set_area(request, code)
    seat = area.seats.filter(pk=pk).first()
    if seat is None:
        raise Http404(_("Personne ne tient cette tâche ici."))
    services.end_seat(seat=seat, on=timezone.localdate(), by=actor_of(request))
    return redirect("area_seats", area.code)
