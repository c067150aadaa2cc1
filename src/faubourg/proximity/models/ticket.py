"""A report of something that does not work, from a resident’s tap to its verified repair (signalement)."""

import secrets
import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from faubourg.base.models import Document, Step
from faubourg.contracts.models import Action
from faubourg.people.models import Person
from faubourg.territories.models import Territory

from .area import Area, Category
from .partner import Partner, Spot


def new_key() -> str:
    """What lets somebody without an account come back to a report: unguessable, in its address."""
    return secrets.token_urlsafe(18)


class Ticket(models.Model):
    """One report. `state` is that of `rules.proximity.circuits.REPORT`; positions in WGS 84, metres.

    What a resident wrote (`text`, `place_words`) is never public: `public_text` is what somebody of the area
    wrote after reading it. Contact columns are emptied on schedule (`purged_on`).
    """

    class Channel(models.TextChoices):
        WEB = "web", _("page publique")
        QR = "qr", _("code QR")
        PHONE = "phone", _("numéro vert")
        DESK = "desk", _("guichet ou courrier")
        WALK = "walk", _("diagnostic en marchant")
        OPEN311 = "open311", _("application de la ville (Open311)")
        AGENT = "agent", _("agent de terrain")

    class Answer(models.TextChoices):
        NONE = "none", _("aucune nouvelle")
        EMAIL = "email", _("courriel")
        SMS = "sms", _("SMS")
        LETTER = "letter", _("lettre")
        PHONE = "phone", _("appel téléphonique")

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="tickets")
    # Made by whoever sends it, before sending: the same report sent twice is one report.
    client_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    # Short, said on the phone; the key is the reporter's own address.
    reference = models.CharField(_("référence"), max_length=12, unique=True)
    key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    category = models.ForeignKey(Category, models.PROTECT, related_name="tickets")
    state = models.CharField(_("état"), max_length=16, default="new")
    text = models.TextField(_("ce qui ne va pas"), max_length=4000, blank=True)
    public_text = models.CharField(_("texte public"), max_length=500, blank=True)
    attributes = models.JSONField(_("réponses de plus"), default=dict, blank=True)
    severity = models.PositiveSmallIntegerField(_("gravité (1 à 4)"), null=True, blank=True)
    by_night = models.BooleanField(_("de nuit"), default=False)
    channel = models.CharField(_("arrivé par"), max_length=8, choices=Channel)
    language = models.CharField(_("langue"), max_length=12, default="fr")
    # Where.
    lon = models.FloatField(_("longitude"))
    lat = models.FloatField(_("latitude"))
    accuracy_m = models.PositiveIntegerField(_("précision, en mètres"), null=True, blank=True)
    place_words = models.CharField(_("lieu, en mots"), max_length=300, blank=True)
    spot = models.ForeignKey(Spot, models.SET_NULL, null=True, blank=True, related_name="tickets")
    neighbourhood = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="proximity_tickets"
    )
    # Who answers, and until when; `routing` keeps the explained verdict that chose.
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, blank=True, related_name="tickets")
    routing = models.JSONField(default=dict, blank=True)
    due_on = models.DateField(_("à traiter avant le"), null=True, blank=True)
    planned_on = models.DateField(_("prévu le"), null=True, blank=True)
    declared_done_at = models.DateTimeField(_("déclaré fait le"), null=True, blank=True)
    closed_at = models.DateTimeField(_("clos le"), null=True, blank=True)
    reopened = models.PositiveSmallIntegerField(_("réouvertures"), default=0)
    original = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="duplicates")
    # Read by everybody: why it was refused, to which desk it went.
    public_reason = models.CharField(_("motif public"), max_length=500, blank=True)
    # By value: the action that repairs it hangs in `contracts`.
    action = models.ForeignKey(
        Action, models.SET_NULL, null=True, blank=True, related_name="proximity_tickets"
    )
    # Who reported: personal, never public.
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="tickets")
    answer_by = models.CharField(_("être prévenu par"), max_length=6, choices=Answer, default=Answer.NONE)
    contact_name = models.CharField(_("nom"), max_length=150, blank=True)
    contact = models.CharField(_("courriel ou téléphone"), max_length=254, blank=True)
    contact_address = models.TextField(_("adresse postale"), blank=True)
    referral_consent = models.BooleanField(_("accord pour transmettre"), default=False)
    purged_on = models.DateField(_("coordonnées effacées le"), null=True, blank=True)
    taken_by = models.UUIDField(null=True, blank=True)
    taken_by_name = models.CharField(_("saisi par"), max_length=150, blank=True)
    created_at = models.DateTimeField(_("signalé le"), default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("signalement")
        verbose_name_plural = _("signalements")
        ordering = ["-created_at", "-pk"]
        indexes = [
            # Read backwards, the newest first, ties too; what was seen by night without reading a row.
            models.Index(fields=["area", "created_at", "id", "by_night"], name="ticket_area_came"),
            # Words are looked for in the index alone: a row is wide.
            models.Index(fields=["area", "created_at", "public_text", "reference"], name="ticket_area_words"),
            models.Index(fields=["area", "neighbourhood", "id"], name="ticket_area_place"),
            models.Index(fields=["area", "partner", "due_on", "state"], name="ticket_area_partner"),
            # All that the map asks of a report.
            models.Index(
                fields=["area", "state", "closed_at", "lat", "lon", "accuracy_m", "category"],
                name="ticket_area_map",
            ),
            models.Index(fields=["area", "state", "due_on"], name="ticket_area_state"),
            models.Index(fields=["partner", "state", "due_on"], name="ticket_partner_state"),
            models.Index(fields=["lat", "lon"], name="ticket_point"),
            models.Index(fields=["area", "category", "lat"], name="ticket_alike"),
            models.Index(fields=["area", "updated_at"], name="ticket_area_updated"),
            models.Index(fields=["area", "-closed_at"], name="ticket_area_closed"),
            models.Index(fields=["area", "reference"], name="ticket_area_reference"),
            models.Index(fields=["area", "due_on"], name="ticket_area_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(lon__gte=-180, lon__lte=180, lat__gte=-90, lat__lte=90), name="ticket_on_earth"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "referred"]) | ~Q(public_reason=""),
                name="ticket_refusal_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="duplicate") | Q(original__isnull=False), name="ticket_duplicate_of_one"
            ),
            models.CheckConstraint(
                condition=Q(original__isnull=True) | ~Q(original=F("id")), name="ticket_not_its_own_duplicate"
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class TicketStep(Step):
    """A move of a report. `public`: the sentence is read by everybody, otherwise by the area's people."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="steps")
    public = models.BooleanField(default=False)
    partner = models.ForeignKey(Partner, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("étape d’un signalement")
        verbose_name_plural = _("étapes d’un signalement")
        ordering = ["ticket", "pk"]
        indexes = [
            models.Index(fields=["on", "after"], name="ticket_step_on"),
            models.Index(fields=["recorded_at"], name="ticket_step_recorded"),
        ]


class TicketPartner(models.Model):
    """Another partner asked to act on the same report, beside the one that leads."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="shares")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="ticket_shares")
    words = models.CharField(_("ce qui lui est demandé"), max_length=300, blank=True)
    done_on = models.DateField(_("fait le"), null=True, blank=True)
    done_words = models.CharField(_("ce qui a été fait"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("partenaire associé à un signalement")
        verbose_name_plural = _("partenaires associés à un signalement")
        ordering = ["ticket", "pk"]
        constraints = [models.UniqueConstraint(fields=["ticket", "partner"], name="ticket_partner_once")]

    def __str__(self) -> str:
        return f"{self.ticket} {self.partner}"


class Arbitration(models.Model):
    """A place that nobody owns, or that a partner says is not its own: decided within ten days."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="arbitrations")
    opened_on = models.DateField(_("ouvert le"))
    due_on = models.DateField(_("à trancher avant le"))
    contested_by = models.ForeignKey(Partner, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(_("pourquoi"), max_length=500)
    decided_on = models.DateField(_("tranché le"), null=True, blank=True)
    decided_for = models.ForeignKey(Partner, models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.CharField(_("décision"), max_length=500, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    decided_by_name = models.CharField(_("tranché par"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("arbitrage")
        verbose_name_plural = _("arbitrages")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"], condition=Q(decided_on__isnull=True), name="one_open_arbitration"
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | ~Q(decision=""), name="arbitration_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ticket} {self.opened_on}"


class Check(models.Model):
    """« Is it done? »: what a resident, a relay or the reporter says of a repair declared done."""

    class Who(models.TextChoices):
        REPORTER = "reporter", _("la personne qui a signalé")
        RELAY = "relay", _("un·e habitant·e-relais")
        RESIDENT = "resident", _("un·e habitant·e")
        TEAM = "team", _("l’équipe de proximité, sur place")

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="checks")
    who = models.CharField(_("vérifié par"), max_length=8, choices=Who)
    repaired = models.BooleanField(_("réparé"))
    text = models.TextField(_("un mot"), max_length=2000, blank=True)
    by = models.UUIDField(null=True, blank=True)
    by_name = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("vérification")
        verbose_name_plural = _("vérifications")
        ordering = ["ticket", "pk"]

    def __str__(self) -> str:
        return f"{self.ticket} {self.repaired}"


class TicketNote(models.Model):
    """A message between the area's people about a report; never public."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(_("message"), max_length=2000)
    by = models.UUIDField(null=True, blank=True)
    by_name = models.CharField(_("écrit par"), max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("échange sur un signalement")
        verbose_name_plural = _("échanges sur un signalement")
        ordering = ["ticket", "pk"]

    def __str__(self) -> str:
        return f"{self.ticket} {self.by_name}"


class News(models.Model):
    """What somebody must be told of a report or a walk, by the channel they chose: once for ever."""

    class State(models.TextChoices):
        WAITING = "waiting", _("à envoyer")
        SENT = "sent", _("envoyé")
        TO_PRINT = "to_print", _("lettre à imprimer")
        TO_CALL = "to_call", _("appel à passer")
        FAILED = "failed", _("échec")

    # What it tells, by value: `ticket-step:12:reporter`, `walk:3:invitation:7`. Once for ever.
    cause = models.CharField(max_length=120, unique=True)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="news")
    ticket = models.ForeignKey(Ticket, models.CASCADE, null=True, blank=True, related_name="news")
    channel = models.CharField(_("par"), max_length=6, choices=Ticket.Answer)
    # Personal, emptied with the report's contact.
    to = models.CharField(_("à"), max_length=400, blank=True)
    language = models.CharField(max_length=12, default="fr")
    subject = models.CharField(_("objet"), max_length=200, blank=True)
    text = models.TextField(_("message"))
    state = models.CharField(_("état"), max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(_("envoyé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("nouvelle à donner")
        verbose_name_plural = _("nouvelles à donner")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["area", "state"], name="news_waiting"),
            # Asked every few seconds: a handful among all that was ever sent.
            models.Index(fields=["created_at"], name="news_to_send", condition=models.Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return self.cause
