"""Fields by which a person or an organisation is named: typed, suggested, recognised when it is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from faubourg.base.text import fold, printable, sort_key
from faubourg.people.models import Organisation, Person

PEOPLE_LIST, ORGANISATIONS_LIST = "personnes-connues", "organisations-connues"


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody as they were named; `ref` is their account when there is one."""

    name: str
    ref: UUID | None = None


class OrganisationField(forms.CharField):
    """An organisation by its name, whatever its case and accents; cleans to it, or to None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Organisation"))
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"list": ORGANISATIONS_LIST, "autocomplete": "off"})
        )
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.name if isinstance(value, Organisation) else value

    def clean(self, value: Any) -> Any:
        typed = printable(super().clean(value)).strip()
        if not typed:
            return None
        found = list(
            Organisation.objects.filter(sort_key__startswith=sort_key(typed).split(" ~")[0] + " ~")[:2]
        )
        exact = [each for each in found if each.name == typed] or found
        if len(exact) == 1:
            return exact[0]
        raise forms.ValidationError(
            _("« %(name)s » n’est pas dans la liste des organisations : ajoutez-la d’abord, puis revenez.")
            if not exact
            else _("Plusieurs organisations s’appellent « %(name)s » : renommez-en une pour les distinguer."),
            code="unknown",
            params={"name": typed},
        )


class PersonField(forms.CharField):
    """Somebody by their name, or by the address of their account; cleans to `Named`, or to None.

    `people` are the accounts that are recognised; any other name is kept as it was typed.
    """

    people: Sequence[Person] = ()

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 150)
        kwargs.setdefault("widget", forms.TextInput(attrs={"list": PEOPLE_LIST, "autocomplete": "off"}))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.name if isinstance(value, Named) else value

    def clean(self, value: Any) -> Any:
        typed = printable(super().clean(value)).strip()
        if not typed:
            return None
        same = [
            person
            for person in self.people
            if fold(str(person)) == fold(typed) or person.email == typed.lower()
        ]
        if len(same) > 1:
            raise forms.ValidationError(
                _("Plusieurs comptes s’appellent « %(name)s » : écrivez l’adresse électronique du bon."),
                code="several",
                params={"name": typed},
            )
        return Named(str(same[0]), same[0].ref) if same else Named(typed)
