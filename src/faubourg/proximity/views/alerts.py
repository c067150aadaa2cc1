"""`/proximite/<code>/alertes/`: ask to be told; the link of a message confirms it, or ends it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from faubourg.territories.models import Territory

from ..forms.alerts import AlertForm
from ..models import Category
from ..queries.feed import alert_by_key
from ..services import alerts as services
from .finding import asked_area
from .robots import TRAP, is_robot, too_fast


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def area_alerts(request: HttpRequest, code: str) -> HttpResponse:
    """Whether an address is known is told to nobody: the answer is the same."""
    area = asked_area(code)
    categories = list(Category.objects.filter(area=area, active=True).order_by("order", "name"))
    form = AlertForm(area, categories, request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if is_robot(request) or too_fast(request):
            form.add_error(None, _("Trop de demandes à la fois : réessayez dans une heure."))
            status = 429
        elif form.is_valid():
            told = form.cleaned_data
            services.subscribe(
                area=area,
                email=told["email"],
                territory=Territory.objects.filter(kind="neighbourhood", code=told["quartier"]).first(),
                category=next((one for one in categories if one.code == told["quoi"]), None),
                at=timezone.now(),
            )
            messages.success(request, _("Un message vous est envoyé : suivez son lien pour confirmer."))
            return redirect("area_alerts", area.code)
    context = {"area": area, "form": form, "trap": TRAP}
    return render(request, "proximity/boards/alerts.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def area_alert(request: HttpRequest, key: str) -> HttpResponse:
    """`/alertes/<clé>/`: a mail program that opens links confirms nothing; a button does."""
    alert = alert_by_key(key[:40])
    if alert is None:
        raise Http404(_("Cette alerte n’existe plus : plus rien ne vous est envoyé."))
    if request.method == "POST" and request.POST.get("go") == "leave":
        services.leave(alert=alert)
        messages.success(request, _("C’est fait : plus rien ne vous est envoyé, votre adresse est effacée."))
        return redirect("area", alert.area.code)
    if request.method == "POST":
        services.confirm(alert=alert, at=timezone.now())
        messages.success(
            request, _("C’est confirmé : un message par jour au plus, quand quelque chose bouge.")
        )
        return redirect("area_alert", alert.key)
    return render(request, "proximity/boards/alert.html", {"area": alert.area, "alert": alert})
