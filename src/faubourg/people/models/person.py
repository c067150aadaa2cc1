"""A person who signs in by e-mail."""

import uuid
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from faubourg.base.actor import Actor


class PersonManager(BaseUserManager["Person"]):
    """Creates accounts; rights come from `RoleGrant`, never from a flag on the account."""

    def create_user(self, email: str, password: str | None = None, *, name: str = "") -> "Person":
        """An account; without a password it can only sign in through a reset or ProConnect."""
        person = self.model(email=self.normalize_email(email).lower(), name=name)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """`ref` is how lower rooms and the journal point to a person, by value."""

    ref = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("adresse électronique"), unique=True)
    name = models.CharField(_("nom"), max_length=150, blank=True)
    is_active = models.BooleanField(_("compte ouvert"), default=True)
    joined_at = models.DateTimeField(_("inscrit le"), auto_now_add=True)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("personne")
        verbose_name_plural = _("personnes")
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_any_case")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def actor(self) -> Actor:
        """How the journal and the lower rooms know this person."""
        return Actor(ref=self.ref, name=str(self))
