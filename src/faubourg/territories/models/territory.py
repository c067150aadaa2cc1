"""Every place that can carry a figure: regions down to neighbourhoods, one table, one proxy a kind.

One table because a figure, an alias, a perimeter, a role's scope and a search result point to *a place*
whatever its kind (docs/adr/0006); the proxies give each kind its name and its own manager.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from faubourg.base.text import sort_key


class Territory(models.Model):
    """One place in one period. A successor of another legal form is another row (see `Lineage`)."""

    class Kind(models.TextChoices):
        REGION = "region", _("région")
        DEPARTEMENT = "departement", _("département")
        EPCI = "epci", _("intercommunalité")
        EPT = "ept", _("établissement public territorial")
        COMMUNE = "commune", _("commune")
        URBAN_UNIT = "urban_unit", _("unité urbaine")
        NEIGHBOURHOOD = "neighbourhood", _("quartier")

    class CodeOrigin(models.TextChoices):
        OFFICIAL = "official", _("code officiel")
        LOCAL = "local", _("code local, donné par Faubourg")

    kind = models.CharField(_("nature"), max_length=20, choices=Kind)
    # INSEE code, SIREN or QPV code as text: leading zeros matter.
    code = models.CharField(_("code"), max_length=40)
    code_origin = models.CharField(max_length=10, choices=CodeOrigin, default=CodeOrigin.OFFICIAL)
    name = models.CharField(_("nom"), max_length=200)
    sort_key = models.CharField(max_length=300, editable=False, db_index=True)
    # CC, CA, CU, METRO for an EPCI; arrondissement-municipal, com… for a commune; empty otherwise.
    category = models.CharField(_("catégorie"), max_length=30, blank=True)
    zone = models.CharField(_("zone"), max_length=10, blank=True)  # metro, drom, com
    valid_from = models.DateField(_("existe depuis le"), null=True, blank=True)
    valid_to = models.DateField(_("a existé jusqu’au"), null=True, blank=True)
    description = models.TextField(_("présentation"), blank=True)
    # What the tables sort and the search ranks by; the sourced figure itself is a `Figure`.
    headcount = models.PositiveIntegerField(_("ordre de grandeur"), null=True, blank=True)

    region = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="in_region")
    departement = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="in_departement"
    )
    epci = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="members")
    ept = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="ept_members")
    urban_unit = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="in_urban_unit"
    )
    # For a neighbourhood only: it may stretch over several communes.
    communes = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="neighbourhoods")
    postal_codes = models.CharField(_("codes postaux"), max_length=200, blank=True)

    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    # What the point is: the place's own contour, a named point, or that of its commune.
    point_basis = models.CharField(max_length=20, blank=True)
    # Optimistic check: two people who edit the same sheet do not overwrite each other.
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Territory"]] = models.Manager()

    class Meta:
        verbose_name = _("territoire")
        verbose_name_plural = _("territoires")
        ordering = ["sort_key", "code"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="territory_code_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="territory_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(lon__isnull=True, lat__isnull=True) | Q(lon__isnull=False, lat__isnull=False),
                name="territory_point_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "sort_key"], name="territory_kind_name"),
            models.Index(fields=["kind", "lon", "lat"], name="territory_kind_point"),
            # The lists: what they count and order by is read from the index alone, however deep the page.
            models.Index(fields=["kind", "valid_to", "sort_key", "code"], name="territory_list_name"),
            models.Index(fields=["kind", "valid_to", "headcount"], name="territory_list_size"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.sort_key = sort_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        """The sheet of this place; each kind names its address."""
        return reverse(self.kind, args=[self.code])


class KindManager(models.Manager[Territory]):
    """The places of one kind. Without a kind (Django copies managers for relations) it is the whole table."""

    def __init__(self, kind: Territory.Kind | None = None) -> None:
        super().__init__()
        self.kind = kind

    def get_queryset(self) -> models.QuerySet[Territory]:
        places = super().get_queryset()
        return places.filter(kind=self.kind) if self.kind else places

    def create(self, **fields: Any) -> Territory:
        return super().create(**({"kind": self.kind} if self.kind else {}) | fields)


class Region(Territory):
    """Région, code INSEE."""

    objects: ClassVar[KindManager] = KindManager(Territory.Kind.REGION)

    class Meta:
        proxy = True


class Departement(Territory):
    """Département, code INSEE (2A, 971…)."""

    objects: ClassVar[KindManager] = KindManager(Territory.Kind.DEPARTEMENT)

    class Meta:
        proxy = True


class Epci(Territory):
    """EPCI à fiscalité propre, SIREN."""

    objects: ClassVar[KindManager] = KindManager(Territory.Kind.EPCI)

    class Meta:
        proxy = True


class Ept(Territory):
    """Établissement public territorial of the Grand Paris, SIREN."""

    objects: ClassVar[KindManager] = KindManager(Territory.Kind.EPT)

    class Meta:
        proxy = True


class Commune(Territory):
    """Commune, code INSEE."""

    objects: ClassVar[KindManager] = KindManager(Territory.Kind.COMMUNE)

    class Meta:
        proxy = True


class UrbanUnit(Territory):
    """Unité urbaine 2020 (INSEE)."""

    objects: ClassVar[KindManager] = KindManager(Territory.Kind.URBAN_UNIT)

    class Meta:
        proxy = True


class Neighbourhood(Territory):
    """A neighbourhood, priority or not: what it is at a date is told by its perimeters."""

    objects: ClassVar[KindManager] = KindManager(Territory.Kind.NEIGHBOURHOOD)

    class Meta:
        proxy = True
