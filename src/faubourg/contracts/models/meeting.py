"""Meetings of a body: convocation, agenda in parts, attendance, minutes, decisions followed until closed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from faubourg.base.models import Document
from faubourg.people.models import Organisation

from .governance import Body, Seat


class Meeting(models.Model):
    """One meeting. The quorum is computed from attendance and kept as it was when the meeting was held."""

    class State(models.TextChoices):
        PLANNED = "planned", _("prévue")
        CONVENED = "convened", _("convoquée")
        HELD = "held", _("tenue")
        CANCELLED = "cancelled", _("annulée")

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="meetings")
    title = models.CharField(_("objet"), max_length=200)
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.PLANNED)
    starts_at = models.DateTimeField(_("début"))
    ends_at = models.DateTimeField(_("fin"))
    # The document gives a day and no hour: the page shows the day alone.
    hour_known = models.BooleanField(_("heure connue"), default=True)
    place = models.CharField(_("lieu"), max_length=200, blank=True)
    convened_at = models.DateTimeField(_("convoquée le"), null=True, blank=True)
    # « une cinquantaine de personnes »: a count that a document prints without names.
    printed_attendance = models.CharField(_("présence imprimée"), max_length=100, blank=True)
    present_count = models.PositiveIntegerField(_("présents"), null=True, blank=True)
    # Evaluated when held: threshold, operand, sentence.
    quorum = models.JSONField(default=dict, blank=True)
    minutes = models.TextField(_("compte rendu"), blank=True)
    minutes_validated_on = models.DateField(_("compte rendu validé le"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("réunion")
        verbose_name_plural = _("réunions")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="meeting_ends_after")
        ]
        indexes = [models.Index(fields=["body", "starts_at"], name="meeting_by_body")]

    def __str__(self) -> str:
        return self.title


class AgendaItem(models.Model):
    """One timed point: the technical strand first, then the social strand."""

    class Part(models.TextChoices):
        TECHNICAL = "technical", _("volet technique")
        SOCIAL = "social", _("volet social")
        OTHER = "other", _("autre point")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    part = models.CharField(_("volet"), max_length=10, choices=Part)
    order = models.PositiveSmallIntegerField(_("rang"))
    title = models.CharField(_("point"), max_length=300)
    minutes_planned = models.PositiveSmallIntegerField(_("durée en minutes"), null=True, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("point à l’ordre du jour")
        verbose_name_plural = _("points à l’ordre du jour")
        ordering = ["meeting", "order", "pk"]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """Who came, for which seat; somebody without a seat may come too."""

    class Status(models.TextChoices):
        INVITED = "invited", _("convoqué·e")
        PRESENT = "present", _("présent·e")
        REPRESENTED = "represented", _("représenté·e")
        EXCUSED = "excused", _("excusé·e")
        ABSENT = "absent", _("absent·e")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="attendances")
    person_ref = models.UUIDField(null=True, blank=True, db_index=True)
    person_name = models.CharField(_("personne"), max_length=150, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="attendances"
    )
    status = models.CharField(_("présence"), max_length=12, choices=Status, default=Status.INVITED)

    class Meta:
        verbose_name = _("présence")
        verbose_name_plural = _("présences")
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "seat"], condition=Q(seat__isnull=False), name="one_presence_a_seat"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_name} ({self.status})"


class DecisionItem(models.Model):
    """What a meeting decided, who does it and by when; it follows its owner until somebody closes it."""

    class State(models.TextChoices):
        OPEN = "open", _("à faire")
        DONE = "done", _("fait")
        DROPPED = "dropped", _("abandonné")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, blank=True, related_name="decisions")
    order = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(_("décision"))
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.OPEN)
    owner_ref = models.UUIDField(null=True, blank=True)
    owner_name = models.CharField(_("responsable"), max_length=150, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="decision_items"
    )
    due_on = models.DateField(_("pour le"), null=True, blank=True)
    closed_on = models.DateField(_("close le"), null=True, blank=True)
    closed_by = models.UUIDField(null=True, blank=True)
    closed_by_name = models.CharField(_("close par"), max_length=150, blank=True)
    evidence = models.CharField(_("preuve ou motif"), max_length=300, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("décision de réunion")
        verbose_name_plural = _("décisions de réunion")
        ordering = ["meeting", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_on__isnull=True)
                | (~Q(state="open") & Q(closed_on__isnull=False)),
                name="decision_closed_with_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(evidence=""), name="dropped_decision_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on"], name="decision_open_by_due"),
            # Without those of nobody, the database sees how few are those of somebody.
            models.Index(
                fields=["owner_ref", "state", "due_on"],
                condition=Q(owner_ref__isnull=False),
                name="decision_of_owner",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class DecisionNote(models.Model):
    """What was said of an open decision at a later meeting, or between two."""

    decision = models.ForeignKey(DecisionItem, on_delete=models.CASCADE, related_name="notes")
    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="decision_notes"
    )
    text = models.TextField(_("suivi"))
    on = models.DateField(_("le"))
    by = models.UUIDField(null=True, blank=True)
    by_name = models.CharField(_("par"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("suivi de décision")
        verbose_name_plural = _("suivis de décision")
        ordering = ["decision", "on", "pk"]

    def __str__(self) -> str:
        return self.text[:80]
