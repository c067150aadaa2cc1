"""Diagnostics en marchant and exploratory walks: the frame, the field notes, what was made of them."""

import secrets
import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from faubourg.base.models import Step
from faubourg.contracts.models import Action, Contract
from faubourg.people.models import Organisation, Person
from faubourg.territories.models import Territory

from .area import Area, Category
from .ticket import Ticket


def new_key() -> str:
    """What opens an invitation without an account: unguessable, in its address."""
    return secrets.token_urlsafe(18)


class ObservationGrid(models.Model):
    """What to look at on a walk; frozen as soon as a walk uses it. `content`: see `rules.proximity.grids`."""

    class Kind(models.TextChoices):
        GENERAL = "general", _("diagnostic en marchant")
        NIGHT = "night", _("diagnostic de nuit")
        EXPLORATORY = "exploratory", _("marche exploratoire")

    # None: shipped with Faubourg, for every area.
    area = models.ForeignKey(Area, models.CASCADE, null=True, blank=True, related_name="grids")
    code = models.SlugField(_("code"), max_length=60)
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    kind = models.CharField(_("pour"), max_length=12, choices=Kind)
    title = models.CharField(_("titre"), max_length=200)
    content = models.JSONField(default=dict)
    frozen_at = models.DateTimeField(_("figée le"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("grille d’observation")
        verbose_name_plural = _("grilles d’observation")
        ordering = ["code", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "code", "number"], name="observation_grid_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return self.title


class Walk(models.Model):
    """One walk. `state` is that of `rules.proximity.circuits.WALK`; the route is a GeoJSON LineString."""

    class Kind(models.TextChoices):
        DAY = "day", _("diagnostic en marchant, de jour")
        NIGHT = "night", _("diagnostic en marchant, de nuit")
        EXPLORATORY = "exploratory", _("marche exploratoire de femmes")

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="walks")
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, blank=True, related_name="walks")
    neighbourhood = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="proximity_walks"
    )
    kind = models.CharField(_("nature"), max_length=12, choices=Kind)
    # An exploratory walk may well be by night.
    by_night = models.BooleanField(_("de nuit"), default=False)
    title = models.CharField(_("titre"), max_length=200)
    state = models.CharField(_("état"), max_length=20, default="preparing", db_index=True)
    starts_at = models.DateTimeField(_("départ"), null=True, blank=True)
    minutes_long = models.PositiveSmallIntegerField(_("durée, en minutes"), null=True, blank=True)
    meeting_point = models.CharField(_("rendez-vous"), max_length=200, blank=True)
    grid = models.ForeignKey(ObservationGrid, models.PROTECT, null=True, blank=True, related_name="walks")
    # The frame, before anybody is invited.
    negotiable = models.TextField(_("ce qui se discute"), blank=True)
    not_negotiable = models.TextField(_("ce qui ne se discute pas"), blank=True)
    allowed = models.TextField(_("ce qui est permis"), blank=True)
    route = models.JSONField(_("itinéraire"), null=True, blank=True)
    route_words = models.TextField(_("itinéraire, en mots"), blank=True)
    # People never appear in what is public.
    summary = models.TextField(_("compte rendu"), blank=True)
    public_summary = models.TextField(_("restitution publique"), blank=True)
    people_count = models.PositiveSmallIntegerField(_("participants"), null=True, blank=True)
    restored_on = models.DateField(_("restitution le"), null=True, blank=True)
    review_due_on = models.DateField(_("bilan à six mois"), null=True, blank=True)
    review_words = models.TextField(_("bilan"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("marche")
        verbose_name_plural = _("marches")
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["area", "-starts_at"], name="walk_area_newest")]

    def __str__(self) -> str:
        return self.title


class WalkStep(Step):
    """A move of a walk."""

    walk = models.ForeignKey(Walk, on_delete=models.CASCADE, related_name="steps")

    class Meta:
        verbose_name = _("étape d’une marche")
        verbose_name_plural = _("étapes d’une marche")
        ordering = ["walk", "pk"]


class WalkGuest(models.Model):
    """Somebody invited to a walk: a resident, an élu, a referent; personal, never public."""

    class Role(models.TextChoices):
        RESIDENT = "resident", _("habitant·e")
        RELAY = "relay", _("habitant·e-relais")
        ELECTED = "elected", _("élu·e")
        TECHNICIAN = "technician", _("technicien·ne")
        REFERENT = "referent", _("référent·e")
        GUIDE = "guide", _("anime la marche")

    class Answer(models.TextChoices):
        AWAITED = "awaited", _("attendue")
        YES = "yes", _("vient")
        NO = "no", _("ne vient pas")

    walk = models.ForeignKey(Walk, on_delete=models.CASCADE, related_name="guests")
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="walk_invitations"
    )
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="walk_invitations"
    )
    key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    name = models.CharField(_("nom"), max_length=150)
    email = models.EmailField(_("adresse électronique"), blank=True)
    role = models.CharField(_("en tant que"), max_length=10, choices=Role)
    takes_notes = models.BooleanField(_("prend des notes"), default=False)
    invited_at = models.DateTimeField(_("invitation envoyée le"), null=True, blank=True)
    answer = models.CharField(_("réponse"), max_length=7, choices=Answer, default=Answer.AWAITED)
    came = models.BooleanField(_("venu·e"), null=True, blank=True)

    class Meta:
        verbose_name = _("personne invitée")
        verbose_name_plural = _("personnes invitées")
        ordering = ["walk", "role", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["walk", "person"], condition=Q(person__isnull=False), name="walk_guest_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class WalkStop(models.Model):
    """A halt of the itinerary, planned or added on the way."""

    walk = models.ForeignKey(Walk, on_delete=models.CASCADE, related_name="stops")
    order = models.PositiveSmallIntegerField(_("rang"))
    name = models.CharField(_("lieu"), max_length=150)
    words = models.CharField(_("à regarder"), max_length=300, blank=True)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)

    class Meta:
        verbose_name = _("halte")
        verbose_name_plural = _("haltes")
        ordering = ["walk", "order"]
        constraints = [models.UniqueConstraint(fields=["walk", "order"], name="walk_stop_rank_once")]

    def __str__(self) -> str:
        return self.name


class Observation(models.Model):
    """What one note-taker saw at one place. `client_id` is made on the phone: sent twice, it is one."""

    class Nature(models.TextChoices):
        ASSET = "asset", _("atout")
        DYSFUNCTION = "dysfunction", _("dysfonctionnement")

    walk = models.ForeignKey(Walk, on_delete=models.CASCADE, related_name="observations")
    stop = models.ForeignKey(WalkStop, models.SET_NULL, null=True, blank=True, related_name="observations")
    client_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    # Which wording of the phone is kept, and its hash: what the phone waits for before it forgets it.
    client_revision = models.PositiveIntegerField(default=0, editable=False)
    client_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    # A code of the grid of the walk.
    criterion = models.CharField(_("ce qu’on regarde"), max_length=60, blank=True)
    # On an exploratory walk, the one of the six principles that it is about.
    principle = models.CharField(_("principe"), max_length=60, blank=True)
    theme = models.CharField(_("thème"), max_length=16, choices=Category.Theme, default="other")
    nature = models.CharField(_("nature"), max_length=12, choices=Nature, default=Nature.DYSFUNCTION)
    severity = models.PositiveSmallIntegerField(_("gravité (1 à 4)"), null=True, blank=True)
    text = models.TextField(_("observation"), max_length=4000, blank=True)
    proposal = models.TextField(_("proposition"), max_length=2000, blank=True)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    accuracy_m = models.PositiveIntegerField(_("précision, en mètres"), null=True, blank=True)
    seen_at = models.DateTimeField(_("vu à"))
    # Names in the field: for the team, never public.
    taken_by = models.UUIDField(null=True, blank=True)
    taken_by_name = models.CharField(_("noté par"), max_length=150, blank=True)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="merged")
    ticket = models.ForeignKey(Ticket, models.SET_NULL, null=True, blank=True, related_name="observations")
    public_text = models.CharField(_("texte public"), max_length=500, blank=True)
    public = models.BooleanField(_("dans la restitution"), default=False)
    # Somebody read it again and chose: shown with `public_text`, or kept for the team.
    reread_at = models.DateTimeField(_("relue le"), null=True, blank=True)
    # What became of it, or why nothing will: read at the six-month review.
    outcome = models.CharField(_("suite donnée, ou motif"), max_length=300, blank=True)
    received_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        ordering = ["walk", "seen_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lon__isnull=True, lat__isnull=True) | Q(lon__isnull=False, lat__isnull=False),
                name="observation_point_whole",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="observation_not_merged_into_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Proposal(models.Model):
    """What the group of a walk asks for, voted by show of hands; may become an action or go to a budget."""

    class Fate(models.TextChoices):
        OPEN = "open", _("à examiner")
        ACTION = "action", _("devient une action")
        BUDGET = "budget", _("va au budget participatif")
        DROPPED = "dropped", _("n’est pas retenue")

    walk = models.ForeignKey(Walk, on_delete=models.CASCADE, related_name="proposals")
    observations = models.ManyToManyField(Observation, blank=True, related_name="proposals")
    title = models.CharField(_("proposition"), max_length=200)
    text = models.TextField(_("précision"), blank=True)
    voices = models.PositiveSmallIntegerField(_("voix"), null=True, blank=True)
    fate = models.CharField(_("suite"), max_length=7, choices=Fate, default=Fate.OPEN)
    reason = models.CharField(_("motif"), max_length=300, blank=True)
    action = models.ForeignKey(Action, models.SET_NULL, null=True, blank=True, related_name="walk_proposals")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("proposition d’une marche")
        verbose_name_plural = _("propositions d’une marche")
        ordering = ["walk", "-voices", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(fate="dropped") | ~Q(reason=""), name="dropped_proposal_says_why"
            )
        ]

    def __str__(self) -> str:
        return self.title
