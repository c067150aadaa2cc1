"""Forms of the text: an article, an amendment, what it makes of an article, its signature."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from faubourg.contracts.models import AmendedArticle, Amendment, Article
from faubourg.people.fields import DayField

# Some twenty pages; what is longer belongs in an annex of its own.
LONGEST_BODY = 60_000


class ArticleForm(forms.Form):
    """One article or annex."""

    annex = forms.BooleanField(label=_("C’est une annexe"), required=False)
    number = forms.CharField(
        label=_("Numéro"), max_length=20, help_text=_("Il donne sa place à l’article : 2, 3, 3 bis, 10.")
    )
    title = forms.CharField(label=_("Titre"), max_length=200)
    body = forms.CharField(
        label=_("Texte"),
        required=False,
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("Une ligne vide sépare deux paragraphes."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @staticmethod
    def values_of(article: Article | None) -> dict[str, Any]:
        """What the form starts from; version 0 for a new article."""
        if article is None:
            return {"version": 0}
        return {
            "annex": article.annex,
            "number": article.number,
            "title": article.title,
            "body": article.body,
            "version": article.version,
        }


class AmendmentForm(forms.Form):
    """What an amendment is about; its articles come after."""

    kind = forms.ChoiceField(label=_("Nature"), choices=Amendment.Kind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("Objet"), max_length=200)
    reason = forms.CharField(label=_("Motif"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}))
    effective_on = DayField(
        label=_("Effet au"), required=False, help_text=_("Le jour de la signature si rien n’est dit.")
    )
    new_end = DayField(
        label=_("Nouvelle échéance"),
        required=False,
        help_text=_("Pour une prorogation ou un avenant-pont : le nouveau dernier jour."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @staticmethod
    def values_of(amendment: Amendment | None) -> dict[str, Any]:
        """What the form starts from; version 0 for a new amendment."""
        if amendment is None:
            return {"version": 0, "kind": Amendment.Kind.CHANGE}
        names = ("kind", "title", "reason", "effective_on", "new_end", "version")
        return {name: getattr(amendment, name) for name in names}


class ChangeForm(forms.Form):
    """What an amendment makes of one article."""

    number = forms.CharField(label=_("Numéro"), max_length=20)
    title = forms.CharField(label=_("Titre"), max_length=200)
    body = forms.CharField(
        label=_("Nouveau texte"),
        required=False,
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 16}),
    )
    removed = forms.BooleanField(label=_("L’article est supprimé"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @staticmethod
    def values_of(change: AmendedArticle | None, start: dict[str, Any], version: int) -> dict[str, Any]:
        """What was already said of the article, else the article as it stands."""
        if change is None:
            return start | {"version": version}
        names = ("number", "title", "body", "removed")
        return {name: getattr(change, name) for name in names} | {"version": version}


class SignAmendmentForm(forms.Form):
    """The day on which all parties signed."""

    signed_on = DayField(
        label=_("Signé le"),
        initial=timezone.localdate,
        error_messages={"required": _("Dites quel jour.")},
    )
    effective_on = DayField(
        label=_("Effet au"), required=False, help_text=_("Le jour de la signature si rien n’est dit.")
    )


class AsOfForm(forms.Form):
    """Which day the text is read at."""

    au = DayField(label=_("Texte en vigueur au"), required=False)
