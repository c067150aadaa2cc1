"""Who decides together: juries, jurors and their marks, sessions, what was decided of each dossier."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from faubourg.base.models import Document
from faubourg.contracts.models import Contract
from faubourg.people.models import Organisation, Person

from .application import Application
from .budget import NATURES
from .call import Call, CallFunder


class Jury(models.Model):
    """A territorial jury, or the one that takes what a territory cannot examine (`fallback`)."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="juries")
    # The jury of the rule set.
    code = models.CharField(_("jury du règlement"), max_length=40)
    name = models.CharField(_("nom"), max_length=200)
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, blank=True, related_name="juries")
    fallback = models.BooleanField(_("prend ce qu’un territoire ne peut examiner"), default=False)
    quorum_bp = models.PositiveIntegerField(_("quorum en centièmes de pour cent"), default=5000)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("jury")
        verbose_name_plural = _("jurys")
        ordering = ["call", "fallback", "name"]
        constraints = [
            models.UniqueConstraint(fields=["call", "name"], name="jury_once"),
            models.CheckConstraint(condition=Q(quorum_bp__lte=10000), name="jury_quorum_at_most_all"),
        ]

    def __str__(self) -> str:
        return self.name


class Juror(models.Model):
    """A seat of a jury. A technician may be heard (`votes` false) but never votes."""

    jury = models.ForeignKey(Jury, on_delete=models.CASCADE, related_name="jurors")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="juror_seats")
    name = models.CharField(_("nom"), max_length=150)
    quality = models.CharField(_("qualité"), max_length=150, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="jurors"
    )
    votes = models.BooleanField(_("vote"), default=True)
    # When the declaration of interests was made, « none » included.
    declared_at = models.DateTimeField(_("a déclaré ses intérêts le"), null=True, blank=True)
    left_on = models.DateField(_("a quitté le jury le"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("juré")
        verbose_name_plural = _("jurés")
        ordering = ["jury", "order", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["jury", "person"], condition=Q(person__isnull=False), name="juror_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Review(models.Model):
    """A juror’s reading of one dossier: marks by criterion of the published grid, and a word."""

    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="reviews")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="reviews")
    # {criterion code: whole mark}; checked against the grid when it is kept.
    marks = models.JSONField(default=dict, blank=True)
    comment = models.TextField(_("commentaire"), blank=True)
    finished_at = models.DateTimeField(_("rendu le"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("lecture d’un juré")
        verbose_name_plural = _("lectures des jurés")
        ordering = ["application", "juror"]
        constraints = [models.UniqueConstraint(fields=["juror", "application"], name="one_review_a_juror")]

    def __str__(self) -> str:
        return f"{self.juror} {self.application}"


class JurySession(models.Model):
    """A sitting: opened, held on one screen, closed; its minutes are signed and no longer change."""

    class State(models.TextChoices):
        PLANNED = "planned", _("prévue")
        OPEN = "open", _("ouverte")
        CLOSED = "closed", _("close")
        SIGNED = "signed", _("procès-verbal signé")

    jury = models.ForeignKey(Jury, on_delete=models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField(_("le"))
    place = models.CharField(_("lieu"), max_length=200, blank=True)
    state = models.CharField(_("état"), max_length=8, choices=State, default=State.PLANNED)
    opened_at = models.DateTimeField(_("ouverte à"), null=True, blank=True)
    closed_at = models.DateTimeField(_("close à"), null=True, blank=True)
    invited_on = models.DateField(_("convoquée le"), null=True, blank=True)
    minutes = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    # The dossier that every screen of the session shows.
    at_hand = models.ForeignKey("calls.JuryItem", models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("séance de jury")
        verbose_name_plural = _("séances de jury")
        ordering = ["jury", "starts_at"]

    def __str__(self) -> str:
        return f"{self.jury} {self.starts_at:%Y-%m-%d}"


class JuryPresence(models.Model):
    """A juror at a session: here, away, or gone before the end; who signed the minutes, who does not."""

    class Unsigned(models.TextChoices):
        REFUSED = "refused", _("refuse de signer")
        AWAY = "away", _("ne peut pas signer")

    session = models.ForeignKey(JurySession, on_delete=models.CASCADE, related_name="presences")
    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="presences")
    # What the person said before the session: None while they did not answer.
    expected = models.BooleanField(_("annoncé·e"), null=True, blank=True)
    present = models.BooleanField(_("présent·e"), default=False)
    arrived_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(_("a signé le procès-verbal le"), null=True, blank=True)
    # Who does not sign: what the chair states of it, so that the minutes are not held back for ever.
    unsigned = models.CharField(_("ne signe pas"), max_length=8, choices=Unsigned, blank=True)
    unsigned_reason = models.CharField(_("pourquoi"), max_length=300, blank=True)
    unsigned_by_name = models.CharField(_("noté au nom de"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("présence au jury")
        verbose_name_plural = _("présences au jury")
        ordering = ["session", "juror"]
        constraints = [
            models.UniqueConstraint(fields=["session", "juror"], name="jury_presence_once"),
            models.CheckConstraint(
                condition=Q(unsigned="") | (~Q(unsigned_reason="") & ~Q(unsigned_by_name="")),
                name="not_signing_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(unsigned="") | Q(signed_at__isnull=True), name="signed_or_not_signing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.juror} {self.present}"


class JuryItem(models.Model):
    """A dossier before a session and what became of it. An override has its reason and its author."""

    class Decision(models.TextChoices):
        RETAINED = "retained", _("retenu")
        WITH_RESERVES = "retained_with_reserves", _("retenu avec réserves")
        ADJOURNED = "adjourned", _("ajourné")
        REJECTED = "rejected", _("rejeté")

    session = models.ForeignKey(JurySession, on_delete=models.CASCADE, related_name="items")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="jury_items")
    order = models.PositiveIntegerField(default=0)
    decision = models.CharField(_("décision"), max_length=24, choices=Decision, blank=True)
    reserves = models.TextField(_("réserves"), blank=True)
    # Said to the applicant: why, and what would make it better.
    reason = models.TextField(_("motif"), blank=True)
    votes_for = models.PositiveSmallIntegerField(_("pour"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("contre"), null=True, blank=True)
    abstentions = models.PositiveSmallIntegerField(_("abstentions"), null=True, blank=True)
    # Who was out of the room, and the quorum without them, as they stood when it was decided.
    recused = models.JSONField(default=list, blank=True)
    quorum = models.JSONField(default=dict, blank=True)
    override_reason = models.CharField(_("dérogation : pourquoi"), max_length=400, blank=True)
    override_by_name = models.CharField(_("dérogation décidée par"), max_length=150, blank=True)
    decided_at = models.DateTimeField(_("décidé à"), null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    decided_by_name = models.CharField(_("enregistré par"), max_length=150, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("dossier en séance")
        verbose_name_plural = _("dossiers en séance")
        ordering = ["session", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "application"], name="jury_item_once"),
            models.CheckConstraint(
                condition=~Q(decision="retained_with_reserves") | ~Q(reserves=""),
                name="reserves_are_written",
            ),
            models.CheckConstraint(
                condition=~Q(decision__in=["adjourned", "rejected"]) | ~Q(reason=""),
                name="a_no_is_motivated",
            ),
            models.CheckConstraint(
                condition=Q(override_reason="") | ~Q(override_by_name=""), name="override_has_its_author"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.decision}"


class JuryAmount(models.Model):
    """What the jury proposes that one funder gives to one dossier. Money in cents."""

    item = models.ForeignKey(JuryItem, on_delete=models.CASCADE, related_name="amounts")
    funder = models.ForeignKey(CallFunder, models.PROTECT, related_name="jury_amounts")
    nature = models.CharField(_("nature"), max_length=12, choices=NATURES)
    year = models.PositiveSmallIntegerField(_("année"))
    cents = models.BigIntegerField(_("montant en centimes"))

    class Meta:
        verbose_name = _("montant proposé par le jury")
        verbose_name_plural = _("montants proposés par le jury")
        ordering = ["item", "funder", "year", "nature"]
        constraints = [
            models.CheckConstraint(condition=Q(cents__gte=0), name="jury_amount_not_negative"),
            models.UniqueConstraint(fields=["item", "funder", "nature", "year"], name="jury_amount_once"),
        ]

    def __str__(self) -> str:
        return f"{self.funder} {self.cents}"


class AllocationProposal(models.Model):
    """An allocation computed for a call: a draft with its trace, which the jury reads and does not obey."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="proposals")
    # What was given to `rules.allocation` and what came out, whole.
    asked = models.JSONField(default=dict)
    told = models.JSONField(default=dict)
    gap = models.FloatField(_("écart prouvé"), null=True, blank=True)
    computed_at = models.DateTimeField(auto_now_add=True)
    by = models.UUIDField(null=True, blank=True)
    by_name = models.CharField(_("demandée par"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("proposition de répartition")
        verbose_name_plural = _("propositions de répartition")
        ordering = ["call", "-computed_at"]

    def __str__(self) -> str:
        return f"{self.call} {self.computed_at:%Y-%m-%d}"
