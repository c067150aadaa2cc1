"""How allauth meets `Person`: one e-mail, one name, rights read once a request."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .models import Person, RoleGrant
from .services.accounts import join_by_siret, note_sign_up


class PersonBackend(AuthenticationBackend):
    """The signed-in person comes with their roles, so that a page asks for them once."""

    def get_user(self, user_id: int) -> Person | None:
        mine, theirs = (_columns(model) for model in (Person, RoleGrant))
        found = Person.objects.filter(pk=user_id, is_active=True).order_by()
        rows = list(found.values_list(*mine, *(f"role_grants__{name}" for name in theirs)))
        if not rows:
            return None
        person = Person.from_db(found.db, mine, rows[0][: len(mine)])
        # What prefetch_related would do, in one query instead of two; no grant: one row, its half empty.
        grants = [RoleGrant.from_db(found.db, theirs, row[len(mine) :]) for row in rows if row[len(mine)]]
        held = person.role_grants.all()
        held._result_cache, held._prefetch_done = grants, True  # type: ignore[attr-defined]
        person._prefetched_objects_cache = {"role_grants": held}  # type: ignore[attr-defined]
        return person


def _columns(model: type[Model]) -> list[str]:
    """Its columns, the key first."""
    return [field.attname for field in model._meta.concrete_fields]


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up is open and gives no right."""

    def clean_email(self, email: str) -> str:
        """E-mails are kept in lower case: one person, one account."""
        return super().clean_email(email).lower()

    def save_user(self, request: HttpRequest, user: Person, form: Any, commit: bool = True) -> Person:
        user.name = form.cleaned_data.get("name", "")
        saved: Person = super().save_user(request, user, form, commit=commit)
        if commit:
            note_sign_up(person=saved)
        return saved


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """ProConnect brings a name, and a SIRET that links to the organisation we know under it."""

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Person:
        person: Person = super().populate_user(request, sociallogin, data)
        person.name = str(data.get("name") or "")[:150]
        person.email = person.email.lower()
        return person

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> Person:
        person: Person = super().save_user(request, sociallogin, form)
        note_sign_up(person=person)
        self._join(request, person, sociallogin)
        return person

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.is_existing:
            self._join(request, sociallogin.user, sociallogin)

    @staticmethod
    def _join(request: HttpRequest, person: Person, sociallogin: SocialLogin) -> None:
        siret = str(sociallogin.account.extra_data.get("siret") or "")
        if siret and join_by_siret(person=person, siret=siret, by=person.actor) is None:
            messages.info(
                request,
                _(
                    "Aucune organisation n’est enregistrée ici sous le SIRET %(siret)s. "
                    "Demandez à la chargée ou au chargé de mission de votre contrat de l’ajouter."
                )
                % {"siret": siret},
            )
