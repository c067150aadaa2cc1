"""Residents’ funds (FPH, PIC, FTU, FLIP): a two-page request, a committee’s vote, an advance, receipts."""

import secrets

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from faubourg.base.models import Document, Step
from faubourg.contracts.models import Contract
from faubourg.people.models import Organisation, Person
from faubourg.territories.models import Territory


def new_key() -> str:
    """What lets a collective without an account come back to its request: unguessable, in its address."""
    return secrets.token_urlsafe(24)


class ResidentFund(models.Model):
    """One fund for one year, held by a managing association. Money in cents."""

    class Kind(models.TextChoices):
        FPH = "fph", _("fonds de participation des habitants")
        PIC = "pic", _("projets d’initiative citoyenne")
        FTU = "ftu", _("fonds de travaux urbains")
        FLIP = "flip", _("fonds local d’initiatives du Pays")

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("nom"), max_length=200)
    kind = models.CharField(_("nature"), max_length=4, choices=Kind)
    year = models.PositiveSmallIntegerField(_("année"))
    manager = models.ForeignKey(Organisation, models.PROTECT, related_name="resident_funds")
    contract = models.ForeignKey(
        Contract, models.PROTECT, null=True, blank=True, related_name="resident_funds"
    )
    territories = models.ManyToManyField(Territory, related_name="resident_funds", blank=True)
    envelope_cents = models.BigIntegerField(_("enveloppe en centimes"))
    ceiling_cents = models.BigIntegerField(_("plafond par projet en centimes"), null=True, blank=True)
    operating_only = models.BooleanField(_("fonctionnement seulement"), default=True)
    quorum = models.PositiveSmallIntegerField(_("quorum du comité, en membres"), default=3)
    advance_days = models.PositiveSmallIntegerField(_("avance sous, en jours"), default=5)
    report_days = models.PositiveSmallIntegerField(_("justificatifs sous, en jours"), default=30)
    words = models.TextField(_("règlement en mots simples"), blank=True)
    open = models.BooleanField(_("ouvert aux demandes"), default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("fonds d’habitants")
        verbose_name_plural = _("fonds d’habitants")
        ordering = ["-year", "name"]
        constraints = [
            models.CheckConstraint(condition=Q(envelope_cents__gte=0), name="fund_not_negative"),
            models.CheckConstraint(condition=Q(quorum__gte=1), name="fund_quorum_of_somebody"),
        ]

    def __str__(self) -> str:
        return self.name


class FundMember(models.Model):
    """A resident, or somebody else, who sits on the committee of a fund."""

    fund = models.ForeignKey(ResidentFund, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="fund_seats")
    name = models.CharField(_("nom"), max_length=150)
    resident = models.BooleanField(_("habitant·e"), default=True)
    since = models.DateField(_("depuis le"))
    until = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("membre du comité")
        verbose_name_plural = _("membres du comité")
        ordering = ["fund", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="fund_member_dates_in_order"
            ),
            models.UniqueConstraint(
                fields=["fund", "person"],
                condition=Q(person__isnull=False, until__isnull=True),
                name="fund_member_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Committee(models.Model):
    """A sitting of the committee, in a room or on phones until `closes_at`."""

    class State(models.TextChoices):
        OPEN = "open", _("vote ouvert")
        CLOSED = "closed", _("vote clos")

    fund = models.ForeignKey(ResidentFund, on_delete=models.CASCADE, related_name="committees")
    opens_at = models.DateTimeField(_("vote ouvert le"))
    closes_at = models.DateTimeField(_("vote clos le"))
    state = models.CharField(_("état"), max_length=6, choices=State, default=State.OPEN)
    # Quorum and counts as they stood when it was closed.
    result = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("comité d’habitants")
        verbose_name_plural = _("comités d’habitants")
        ordering = ["fund", "-opens_at"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="committee_closes_after")
        ]

    def __str__(self) -> str:
        return f"{self.fund} {self.opens_at:%Y-%m-%d}"


class Microproject(models.Model):
    """A request of a few residents. `state` is that of `rules.calls.circuits.MICROPROJECT`; cents."""

    fund = models.ForeignKey(ResidentFund, on_delete=models.PROTECT, related_name="microprojects")
    number = models.CharField(_("numéro"), max_length=30, unique=True)
    key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    title = models.CharField(_("titre"), max_length=200)
    collective = models.CharField(_("collectif ou association"), max_length=200)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="microprojects"
    )
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="microprojects")
    # Personal: never public, purged with the fund's retention.
    contact_name = models.CharField(_("votre nom"), max_length=150, blank=True)
    contact = models.CharField(_("téléphone ou adresse électronique"), max_length=200, blank=True)
    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="microprojects"
    )
    what = models.TextField(_("que voulez-vous faire ?"))
    who = models.TextField(_("avec qui et pour qui ?"), blank=True)
    on = models.DateField(_("quand ?"), null=True, blank=True)
    nature = models.CharField(_("nature"), max_length=12, default="operating")
    # [{"label": …, "cents": …}]: what will be bought.
    costs = models.JSONField(_("dépenses"), default=list, blank=True)
    asked_cents = models.BigIntegerField(_("demandé, en centimes"))
    granted_cents = models.BigIntegerField(_("accordé, en centimes"), null=True, blank=True)
    state = models.CharField(_("état"), max_length=24, default="requested", db_index=True)
    committee = models.ForeignKey(
        Committee, models.SET_NULL, null=True, blank=True, related_name="microprojects"
    )
    accompanied_by_name = models.CharField(_("accompagné par"), max_length=150, blank=True)
    reason = models.TextField(_("motif"), blank=True)
    decided_on = models.DateField(_("décidé le"), null=True, blank=True)
    advanced_on = models.DateField(_("avance versée le"), null=True, blank=True)
    advanced_cents = models.BigIntegerField(_("avance, en centimes"), null=True, blank=True)
    story = models.TextField(_("comment cela s’est passé"), blank=True)
    people_count = models.PositiveIntegerField(_("personnes venues"), null=True, blank=True)
    closed_on = models.DateField(_("clos le"), null=True, blank=True)
    refund_cents = models.BigIntegerField(_("à rendre, en centimes"), null=True, blank=True)
    purged_on = models.DateField(_("coordonnées effacées le"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("micro-projet")
        verbose_name_plural = _("micro-projets")
        ordering = ["fund", "-created_at", "pk"]
        indexes = [models.Index(fields=["fund", "state"], name="microproject_fund_state")]
        constraints = [
            models.CheckConstraint(condition=Q(asked_cents__gt=0), name="microproject_asks_something"),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="microproject_refusal_is_motivated"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MicroprojectStep(Step):
    """A move of a micro-project."""

    microproject = models.ForeignKey(Microproject, on_delete=models.CASCADE, related_name="steps")

    class Meta:
        verbose_name = _("étape d’un micro-projet")
        verbose_name_plural = _("étapes d’un micro-projet")
        ordering = ["microproject", "pk"]


class CommitteeVote(models.Model):
    """One member’s voice on one micro-project; somebody concerned stands back and does not count."""

    class Voice(models.TextChoices):
        YES = "yes", _("pour")
        NO = "no", _("contre")
        ABSTAIN = "abstain", _("abstention")
        STANDS_BACK = "stands_back", _("se retire : concerné·e")

    member = models.ForeignKey(FundMember, on_delete=models.CASCADE, related_name="votes")
    microproject = models.ForeignKey(Microproject, on_delete=models.CASCADE, related_name="votes")
    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="votes")
    voice = models.CharField(_("voix"), max_length=12, choices=Voice)
    amount_cents = models.BigIntegerField(_("montant proposé, en centimes"), null=True, blank=True)
    comment = models.CharField(_("un mot"), max_length=300, blank=True)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("voix au comité")
        verbose_name_plural = _("voix au comité")
        ordering = ["committee", "microproject", "member"]
        constraints = [
            models.UniqueConstraint(fields=["member", "microproject", "committee"], name="one_voice_a_member")
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.voice}"


class FundReceipt(models.Model):
    """A photographed receipt of a micro-project. Money in cents."""

    microproject = models.ForeignKey(Microproject, on_delete=models.CASCADE, related_name="receipts")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    label = models.CharField(_("quoi"), max_length=200)
    cents = models.BigIntegerField(_("montant en centimes"))
    spent_on = models.DateField(_("payé le"), null=True, blank=True)
    accepted = models.BooleanField(_("accepté"), null=True, blank=True)
    remark = models.CharField(_("remarque"), max_length=300, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("justificatif")
        verbose_name_plural = _("justificatifs")
        ordering = ["microproject", "pk"]
        constraints = [models.CheckConstraint(condition=Q(cents__gt=0), name="receipt_of_something")]

    def __str__(self) -> str:
        return self.label
