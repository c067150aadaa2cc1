"""Where proximity is organised: a town or an agglomeration, its categories, its words in other languages."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from faubourg.contracts.models import Contract
from faubourg.people.models import Person
from faubourg.territories.models import Territory


class Area(models.Model):
    """One commune or intercommunalité that looks after its places together, and its settings.

    Delays that the categories do not give are working days; silence and arbitration are those of the
    shared rules (`rules.proximity.deadlines`), kept here because a convention may choose others.
    """

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("nom"), max_length=200)
    territory = models.OneToOneField(Territory, models.PROTECT, related_name="proximity_area")
    # Whoever runs one of these contracts runs the area too.
    contracts = models.ManyToManyField(Contract, related_name="proximity_areas", blank=True)
    # GeoReport v2: what a client of several towns names.
    jurisdiction_id = models.CharField(_("jurisdiction_id (Open311)"), max_length=100, unique=True)
    hotline = models.CharField(_("numéro vert"), max_length=20, blank=True)
    hotline_hours = models.CharField(_("horaires du numéro vert"), max_length=200, blank=True)
    emergency_words = models.CharField(_("en cas d’urgence"), max_length=300, blank=True)
    silence_days = models.PositiveSmallIntegerField(_("clos sans réponse après, en jours"), default=15)
    arbitration_days = models.PositiveSmallIntegerField(_("arbitrage sous, en jours"), default=10)
    alsace_moselle = models.BooleanField(_("jours fériés d’Alsace-Moselle"), default=False)
    retention_months = models.PositiveSmallIntegerField(_("coordonnées gardées, en mois"), default=12)
    open = models.BooleanField(_("ouvert aux signalements"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("territoire de proximité")
        verbose_name_plural = _("territoires de proximité")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(silence_days__gte=1), name="area_waits_for_an_answer"),
            models.CheckConstraint(condition=Q(retention_months__gte=1), name="area_retention_of_a_month"),
        ]

    def __str__(self) -> str:
        return self.name


class Category(models.Model):
    """What a resident may report. `working_days`: the delay promised; `radius_m`: « the same place »;
    `age_days`: beyond, what is seen there is another problem.
    """

    class Theme(models.TextChoices):
        CLEANLINESS = "cleanliness", _("propreté")
        BULKY = "bulky", _("déchets et encombrants")
        LIGHTING = "lighting", _("éclairage")
        STREETS = "streets", _("voirie et circulation")
        GREEN = "green", _("espaces verts et jeux")
        BUILDINGS = "buildings", _("halls et parties communes")
        VEHICLES = "vehicles", _("véhicules")
        TRANQUILLITY = "tranquillity", _("tranquillité")
        ACCESS = "access", _("accessibilité")
        HOUSING = "housing", _("logement dégradé")
        OTHER = "other", _("autre")

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="categories")
    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("nom"), max_length=80)
    # In easy French: what one sees, without a service's words.
    easy = models.CharField(_("en mots simples"), max_length=120, blank=True)
    theme = models.CharField(_("thème"), max_length=16, choices=Theme)
    description = models.CharField(_("précision"), max_length=300, blank=True)
    glyph = models.CharField(_("pictogramme"), max_length=40, blank=True)
    keywords = models.CharField(_("mots-clés"), max_length=200, blank=True)
    radius_m = models.PositiveSmallIntegerField(_("même endroit à moins de, en mètres"), default=50)
    age_days = models.PositiveSmallIntegerField(_("même problème pendant, en jours"), default=60)
    working_days = models.PositiveSmallIntegerField(_("délai, en jours ouvrés"), default=10)
    # Never treated here: the desk that must know (degraded housing).
    desk = models.CharField(_("guichet"), max_length=200, blank=True)
    desk_address = models.URLField(_("adresse du guichet"), blank=True)
    # GeoReport v2 attributes: [{"code", "datatype", "required", "order", "description", "values": […]}].
    attributes = models.JSONField(_("questions de plus"), default=list, blank=True)
    order = models.PositiveSmallIntegerField(_("rang"), default=0)
    active = models.BooleanField(_("proposée"), default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("catégorie de signalement")
        verbose_name_plural = _("catégories de signalement")
        ordering = ["area", "order", "name"]
        constraints = [
            models.UniqueConstraint(fields=["area", "code"], name="category_code_once"),
            models.CheckConstraint(
                condition=Q(radius_m__gte=5, radius_m__lte=500), name="category_radius_of_a_place"
            ),
            models.CheckConstraint(
                condition=Q(age_days__gte=1, age_days__lte=730), name="category_age_of_a_problem"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Translation(models.Model):
    """One sentence for residents in another language: shown « à relire » until somebody validates it."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="translations")
    # fr-easy, en, ar, tr…: BCP 47.
    language = models.CharField(_("langue"), max_length=12)
    # A key of the shipped catalogue, or `category.<code>`.
    key = models.CharField(_("phrase"), max_length=80)
    text = models.TextField(_("traduction"))
    validated_at = models.DateTimeField(_("relue le"), null=True, blank=True)
    validated_by = models.UUIDField(null=True, blank=True)
    validated_by_name = models.CharField(_("relue par"), max_length=150, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("traduction pour les habitants")
        verbose_name_plural = _("traductions pour les habitants")
        ordering = ["area", "language", "key"]
        constraints = [models.UniqueConstraint(fields=["area", "language", "key"], name="translation_once")]

    def __str__(self) -> str:
        return f"{self.language} {self.key}"


class AreaSeat(models.Model):
    """Who holds a task of the area: coordinates, answers the hotline, relays a quarter, follows as an élu."""

    class Task(models.TextChoices):
        COORDINATOR = "coordinator", _("coordonnateur·rice de la GUP")
        AGENT = "agent", _("agent du numéro vert")
        RELAY = "relay", _("habitant·e-relais")
        ELECTED = "elected", _("élu·e référent·e")

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="proximity_seats")
    task = models.CharField(_("tâche"), max_length=12, choices=Task)
    # A relay's quarter; everywhere without one.
    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="proximity_seats"
    )
    words = models.CharField(_("précision"), max_length=200, blank=True)
    since = models.DateField(_("depuis le"))
    until = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("tâche de proximité")
        verbose_name_plural = _("tâches de proximité")
        ordering = ["area", "task", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="area_seat_dates_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.task}"


class AreaAlert(models.Model):
    """Somebody told by e-mail what is reported or repaired here. `key` stands in each message."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="alerts")
    territory = models.ForeignKey(Territory, models.CASCADE, null=True, blank=True, related_name="+")
    category = models.ForeignKey(Category, models.CASCADE, null=True, blank=True, related_name="+")
    email = models.EmailField(_("adresse électronique"))
    key = models.CharField(max_length=40, unique=True, editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    # What was already told: nothing is told twice.
    told_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("alerte d’un territoire")
        verbose_name_plural = _("alertes d’un territoire")
        ordering = ["area", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "email", "territory", "category"],
                name="area_alert_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.pk}"
