"""A contrat de ville, keyed on (generation, code): 45 codes occur in both generations."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from faubourg.base.text import sort_key
from faubourg.territories.models import Source, Territory


class Contract(models.Model):
    """One contract. `printed_name` is the source's own wording, `name` what we show."""

    class Generation(models.TextChoices):
        G2015 = "2015-2023", _("contrats de ville 2015-2023")
        G2024 = "2024-2030", _("Engagements Quartiers 2030, 2024-2030")

    class State(models.TextChoices):
        PREFIGURATION = "prefiguration", _("préfiguration")
        DIAGNOSIS = "diagnosis", _("diagnostic")
        PROJECT = "project", _("projet")
        CONCERTATION = "concertation", _("concertation")
        VALIDATED_EPCI = "validated_epci", _("validé par l’intercommunalité")
        VALIDATED_COMMUNES = "validated_communes", _("validé par les communes")
        VALIDATED_STEERING = "validated_steering", _("validé par le comité de pilotage")
        PARTLY_SIGNED = "partly_signed", _("signature partielle")
        SIGNED = "signed", _("signé")
        IN_FORCE = "in_force", _("en vigueur")
        MID_TERM = "mid_term", _("évaluation à mi-parcours")
        FINAL_REVIEW = "final_review", _("évaluation finale")
        EXTENDED = "extended", _("prorogé")
        EXPIRED = "expired", _("échu")
        REPLACED = "replaced", _("remplacé")

    class Template(models.TextChoices):
        T2014 = "2014", _("2014-2020, trois piliers")
        T2024 = "2024", _("Engagements Quartiers 2030, sans pilier")

    generation = models.CharField(_("génération"), max_length=9, choices=Generation)
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("nom"), max_length=200)
    sort_key = models.CharField(max_length=300, editable=False, db_index=True)
    printed_name = models.CharField(_("nom imprimé"), max_length=200)
    departement = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="contracts_here"
    )
    # As printed by the source; null when the source gives none.
    printed_population = models.PositiveIntegerField(_("population en QPV"), null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="contracts")
    # What follows is empty for a contract that is only known from a published list.
    template = models.CharField(_("modèle"), max_length=4, choices=Template, blank=True)
    state = models.CharField(_("état"), max_length=24, choices=State, blank=True)
    planned_signature_on = models.DateField(_("signature prévue le"), null=True, blank=True)
    signed_on = models.DateField(_("signé le"), null=True, blank=True)
    in_force_on = models.DateField(_("en vigueur le"), null=True, blank=True)
    ends_on = models.DateField(_("échéance"), null=True, blank=True, db_index=True)
    predecessor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="successors")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("contrat de ville")
        verbose_name_plural = _("contrats de ville")
        ordering = ["-generation", "sort_key", "code"]
        constraints = [models.UniqueConstraint(fields=["generation", "code"], name="contract_code_once")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.sort_key = sort_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class ContractBearer(models.Model):
    """A territory that bears the contract. Unresolved when the printed code is no known territory."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="bearers")
    printed_code = models.CharField(_("code imprimé"), max_length=20)
    printed_departement = models.CharField(max_length=3, blank=True)
    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="borne_contracts"
    )
    # How the territory was found: same code, or the successor of a merged EPCI.
    note = models.CharField(_("remarque"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("porteur du contrat")
        verbose_name_plural = _("porteurs du contrat")
        ordering = ["contract", "printed_code"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "printed_code", "printed_departement"], name="contract_bearer_once"
            )
        ]

    def __str__(self) -> str:
        return self.printed_code


class ContractNeighbourhood(models.Model):
    """A neighbourhood of a contract. No published file links them: derived links say how, and from what.

    A rejected link stays, with the name of whoever set it aside: the next load must not bring it back.
    """

    class Basis(models.TextChoices):
        EPCI = "epci", _("déduit de l’intercommunalité")
        EPT = "ept", _("déduit de l’établissement public territorial")
        COMMUNE = "commune", _("déduit de la commune")
        DOCUMENT = "document", _("document cité")
        DECIDED = "decided", _("confirmé par une personne habilitée")

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="neighbourhood_links")
    neighbourhood = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="contract_links")
    basis = models.CharField(_("fondement"), max_length=10, choices=Basis)
    # Several contracts could claim this neighbourhood: all are shown, none is chosen for the reader.
    ambiguous = models.BooleanField(_("ambigu"), default=False)
    rejected = models.BooleanField(_("écarté"), default=False)
    decided_by = models.UUIDField(null=True, blank=True)
    # Name frozen at the time: an account may go, the decision stays attributed.
    decided_by_name = models.CharField(_("décidé par"), max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(_("motif"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("quartier du contrat")
        verbose_name_plural = _("quartiers du contrat")
        constraints = [
            models.UniqueConstraint(fields=["contract", "neighbourhood"], name="contract_neighbourhood_once"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="link_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(rejected=False) | Q(decided_by__isnull=False), name="link_rejected_by_someone"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} – {self.neighbourhood_id}"


class ContractSheet(models.Model):
    """What a fiche d'identité says beyond figures: centre, engineering, governance, priorities, renewal.

    An empty field is « non publié », never invented. ETP is full-time equivalents.
    """

    contract = models.OneToOneField(Contract, on_delete=models.CASCADE, related_name="sheet")
    central_commune = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="centre_of"
    )
    etp_pv = models.DecimalField(
        _("ETP politique de la ville"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    etp_pru = models.DecimalField(
        _("ETP renouvellement urbain"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    etp_note = models.CharField(_("précision sur les ETP"), max_length=200, blank=True)
    renewal = models.TextField(_("renouvellement urbain"), blank=True)
    governance = models.TextField(_("gouvernance et ingénierie"), blank=True)
    priorities = models.TextField(_("priorités"), blank=True)
    signatories = models.TextField(_("signataires"), blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="contract_sheets")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("fiche d’identité")
        verbose_name_plural = _("fiches d’identité")

    def __str__(self) -> str:
        return f"{self.contract}"
