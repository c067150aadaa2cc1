"""Who answers for what: partners and their referents, land responsibility, the ordered table of routes."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.people.models import Organisation, Person
from faubourg.territories.models import Source

from .area import Area, Category


class Partner(models.Model):
    """One service of an organisation that answers for places: voirie, propreté, a landlord, an operator."""

    class Kind(models.TextChoices):
        TOWN = "town", _("service de la commune")
        EPCI = "epci", _("service de l’intercommunalité")
        LANDLORD = "landlord", _("bailleur social")
        PRIVATE = "private", _("copropriété ou syndic")
        OPERATOR = "operator", _("délégataire ou concessionnaire")
        STATE = "state", _("service de l’État")
        OTHER = "other", _("autre partenaire")

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="proximity_services")
    name = models.CharField(_("service"), max_length=150)
    kind = models.CharField(_("nature"), max_length=10, choices=Kind)
    email = models.EmailField(_("adresse du service"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    # Who is told when the referent is late.
    chief_name = models.CharField(_("hiérarchie : nom"), max_length=150, blank=True)
    chief_email = models.EmailField(_("hiérarchie : adresse"), blank=True)
    # One referent may speak for several landlords.
    answers_for = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="answered_by")
    active = models.BooleanField(_("en activité"), default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("partenaire de proximité")
        verbose_name_plural = _("partenaires de proximité")
        ordering = ["area", "name"]
        constraints = [models.UniqueConstraint(fields=["area", "name"], name="partner_once")]

    def __str__(self) -> str:
        return self.name


class Referent(models.Model):
    """The person of a partner who answers, from when to when; with an account, acts in Faubourg."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="referents")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="referent_of")
    name = models.CharField(_("nom"), max_length=150)
    title = models.CharField(_("fonction"), max_length=150, blank=True)
    email = models.EmailField(_("adresse électronique"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    since = models.DateField(_("depuis le"))
    until = models.DateField(_("jusqu’au"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("référent·e")
        verbose_name_plural = _("référent·e·s")
        ordering = ["partner", "-since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="referent_dates_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.shown

    @property
    def shown(self) -> str:
        """Their name; « compte fermé » once they closed the account that went with it."""
        return self.name or gettext("compte fermé")


class Land(models.Model):
    """A piece of ground and who answers for it (domanialité). Polygons may overlap."""

    class Use(models.TextChoices):
        STREET = "street", _("voirie")
        GREEN = "green", _("espace vert")
        FOOT = "foot", _("pied d’immeuble")
        BUILDING = "building", _("immeuble et parties communes")
        PARKING = "parking", _("stationnement")
        PLAY = "play", _("aire de jeux ou de sport")
        SCHOOL = "school", _("établissement scolaire")
        WASTE = "waste", _("point de collecte")
        OTHER = "other", _("autre")

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="lands")
    # Who looks after it; none: known to be nobody's.
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, blank=True, related_name="lands")
    name = models.CharField(_("lieu"), max_length=150)
    owner_name = models.CharField(_("propriétaire"), max_length=150, blank=True)
    use = models.CharField(_("usage"), max_length=10, choices=Use, default=Use.OTHER)
    # GeoJSON Polygon or MultiPolygon, WGS 84; the box that holds it.
    geometry = models.JSONField(_("contour"))
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="proximity_lands")
    source_words = models.CharField(_("d’après"), max_length=200, blank=True)
    since = models.DateField(_("depuis le"), null=True, blank=True)
    until = models.DateField(_("jusqu’au"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("responsabilité de sol")
        verbose_name_plural = _("responsabilités de sol")
        ordering = ["area", "name", "pk"]
        indexes = [models.Index(fields=["area", "west", "south"], name="land_box")]
        constraints = [
            models.CheckConstraint(
                condition=Q(west__lte=F("east"), south__lte=F("north")), name="land_box_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Route(models.Model):
    """One line of the table of routes; the first that fits decides, `rules.routing` says how and why."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="routes")
    order = models.PositiveSmallIntegerField(_("rang"))
    # Empty: any.
    category = models.ForeignKey(Category, models.CASCADE, null=True, blank=True, related_name="routes")
    theme = models.CharField(_("thème"), max_length=16, choices=Category.Theme, blank=True)
    use = models.CharField(_("usage du sol"), max_length=10, choices=Land.Use, blank=True)
    # Whoever answers for the ground, whatever its name.
    owner_kind = models.CharField(
        _("nature du responsable du sol"), max_length=10, choices=Partner.Kind, blank=True
    )
    # ISO weekdays as « 12345 »; empty: every day. Minutes since midnight, Paris; `to` may be before `from`.
    weekdays = models.CharField(_("jours"), max_length=7, blank=True)
    from_minute = models.PositiveSmallIntegerField(_("à partir de"), null=True, blank=True)
    to_minute = models.PositiveSmallIntegerField(_("jusqu’à"), null=True, blank=True)
    # None: whoever answers for the ground.
    partner = models.ForeignKey(Partner, models.CASCADE, null=True, blank=True, related_name="routes")
    also = models.ManyToManyField(Partner, blank=True, related_name="shared_routes")
    words = models.CharField(_("pourquoi"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("règle d’attribution")
        verbose_name_plural = _("règles d’attribution")
        ordering = ["area", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_minute__isnull=True, to_minute__isnull=True)
                | Q(from_minute__lt=1440, to_minute__lte=1440),
                name="route_hours_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.order}"


class Spot(models.Model):
    """A place with its own QR code: a hall, a square. Scanning it tells where one stands."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="spots")
    # In the printed address: short, never reused.
    key = models.CharField(max_length=12, unique=True, editable=False)
    name = models.CharField(_("lieu"), max_length=150)
    partner = models.ForeignKey(Partner, models.SET_NULL, null=True, blank=True, related_name="spots")
    lon = models.FloatField(_("longitude"))
    lat = models.FloatField(_("latitude"))
    indoors = models.BooleanField(_("dans un bâtiment"), default=False)
    active = models.BooleanField(_("affiché"), default=True)
    printed_at = models.DateTimeField(_("imprimé le"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("point de signalement")
        verbose_name_plural = _("points de signalement")
        ordering = ["area", "name"]

    def __str__(self) -> str:
        return self.name
