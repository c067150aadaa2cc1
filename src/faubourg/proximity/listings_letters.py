"""The list of letters to post and calls to make; no address leaves with its files."""

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from faubourg.base.listing import Column, Listing

from .models import News

STATES = [
    ("", _("Tout")),
    (News.State.TO_PRINT, _("lettres à imprimer")),
    (News.State.TO_CALL, _("appels à passer")),
    (News.State.FAILED, _("envois en échec")),
]


class LetterFilter(forms.Form):
    """The number of a report, and what is to be done."""

    q = forms.CharField(label=_("Référence du signalement"), required=False, max_length=20)
    faire = forms.ChoiceField(label=_("À faire"), required=False, choices=STATES)

    def apply(self, queryset: "QuerySet[News]") -> "QuerySet[News]":
        """What answers each filter that was given."""
        if self.cleaned_data["q"]:
            queryset = queryset.filter(ticket__reference__istartswith=self.cleaned_data["q"].strip())
        return queryset.filter(state=self.cleaned_data["faire"]) if self.cleaned_data["faire"] else queryset


def _url(news: News) -> str:
    return reverse("ticket", args=[news.ticket.reference]) if news.ticket else ""


COLUMNS = [
    Column(
        name="reference",
        label=_("Signalement"),
        value=lambda news: news.ticket.reference if news.ticket else "",
        sort=("ticket__reference", "pk"),
        url=_url,
    ),
    Column(name="objet", label=_("Objet"), value="subject", sort=("subject", "pk")),
    Column(
        name="faire",
        label=_("À faire"),
        value=lambda news: str(news.get_state_display()),
        sort=("state", "pk"),
    ),
    Column(
        name="depuis",
        label=_("Depuis le"),
        value=lambda news: timezone.localtime(news.created_at).date(),
        sort=("created_at", "pk"),
    ),
    Column(name="echec", label=_("Échec"), value="error"),
]

LETTERS = Listing(
    title=_("Lettres et appels à faire"),
    columns=COLUMNS,
    default_sort="depuis",
    filter_form=LetterFilter,
    page_size=25,
)
