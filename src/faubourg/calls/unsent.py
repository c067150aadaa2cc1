"""Where a draft of an organisation that applies, of a summary sheet or of a dossier goes on."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from faubourg.base import unsent
from faubourg.people.models import Organisation

from .access import drafts
from .models import Application, Intent
from .queries.writing import SLUGS


def register() -> None:
    """Called once, at start-up."""
    unsent.register("applicant", _("fiche d’un porteur"), _applicant, drafts.may_write_applicant)
    unsent.register("intent", _("fiche synthétique"), _intent, drafts.may_write_intent)
    unsent.register("dossier", _("dossier"), _dossier, drafts.may_write_dossier)
    unsent.register("contact_new", _("contact préalable"), _page("contact_new"), drafts.may_follow_intent)
    unsent.register(
        "intent_opinion", _("avis sur une fiche"), _page("intent_opinion"), drafts.may_follow_intent
    )


def _applicant(rest: str) -> tuple[str, str] | None:
    found = Organisation.objects.filter(pk=_number(rest)).first()
    return (found.name, reverse("applicant_edit", args=[found.pk])) if found else None


def _intent(rest: str) -> tuple[str, str] | None:
    """Nowhere once it is deposited."""
    found = Intent.objects.filter(pk=_number(rest), state="draft").first()
    return (found.title, reverse("intent_write", args=[found.pk])) if found else None


def _dossier(rest: str) -> tuple[str, str] | None:
    """« 12:budget », the step that was typed; nowhere once the dossier is in."""
    pk, _colon, step = rest.partition(":")
    found = Application.objects.filter(pk=_number(pk), state="draft").first()
    if found is None or step not in SLUGS:
        return None
    return found.title, reverse("application_step", args=[found.pk, SLUGS[step]])


def _page(name: str) -> unsent.Locate:
    def locate(rest: str) -> tuple[str, str] | None:
        found = Intent.objects.filter(pk=_number(rest)).first()
        return (found.title, reverse(name, args=[found.pk])) if found else None

    return locate


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
