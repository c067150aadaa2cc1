"""The parts of a rule set as somebody fills them in: their order, their words, what each box holds."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Word = str | Promise
Options = tuple[tuple[str, Word], ...]


class Kind(StrEnum):
    """How a value is typed. WHEN is a day and an hour of Paris; LINES, one word a line."""

    TEXT = "text"
    LONG = "long"
    EUROS = "euros"
    PERCENT = "percent"
    NUMBER = "number"
    DAY = "day"
    WHEN = "when"
    CHOICE = "choice"
    CHOICES = "choices"
    MEASURES = "measures"
    LINES = "lines"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Ask:
    """One box of the form: its key in the set; `default` is what a flag is when nobody says."""

    key: str
    label: Word
    kind: Kind = Kind.TEXT
    help: Word = ""
    options: Options = ()
    default: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Boxes under a title; `many`: as many as wanted. A part left blank is not in the set."""

    key: str
    title: Word
    asks: tuple[Ask, ...]
    parts: tuple["Part", ...] = ()
    many: bool = False
    add: Word = ""
    help: Word = ""
    # Sums by a name that the set gives: its known names are the boxes, others are kept.
    free: bool = False


SANCTIONS: Options = (
    ("block", _("refuser : irrecevable")),
    ("late_flag", _("recevoir et signaler « hors délai »")),
    ("warn", _("recevoir et avertir")),
)
NATURES: Options = (("operating", _("fonctionnement")), ("investment", _("investissement")))
LEVELS: Options = (
    ("commune", _("commune")),
    ("epci", _("intercommunalité")),
    ("departement", _("Département")),
)
BASES: Options = (
    ("total_budget", _("le budget total de l’action")),
    ("eligible_cost", _("les dépenses éligibles")),
    ("public_funding", _("les financements publics")),
)
CONDITIONS: Options = (
    ("priority_geography", _("se déroule dans la géographie prioritaire")),
    ("shared_diagnosis", _("suit un diagnostic partagé")),
    ("epci_ranked", _("est priorisé par l’intercommunalité (décide au jury)")),
    ("objective_linked", _("sert un objectif du contrat de ville")),
)
STEPS: Options = (("intent", _("fiche synthétique")), ("application", _("dossier complet")))
PLACES: Options = (
    ("region", _("Région")),
    ("departement", _("Département")),
    ("epci", _("intercommunalité")),
    ("commune", _("commune")),
    ("contract", _("contrat de ville")),
)
OPEN = Ask(
    "to_confirm", _("Ce que le texte laisse ouvert"), Kind.LONG, _("Montré « à confirmer », jamais deviné.")
)
CODE = Ask("code", _("Code"), help=_("Court, sans espace : f1, jury-1. Il ne change plus ensuite."))
NAME = Ask("name", _("Nom"))
BEARS_ON = Ask("measures", _("Mesures concernées"), Kind.MEASURES, _("Aucune cochée : toutes."))

CEILINGS = Part(
    "ceilings_cents",
    _("Plafonds de la demande, par nature"),
    tuple(Ask(code, label, Kind.EUROS) for code, label in NATURES),
    free=True,
)
LOCAL_SHARE = Part(
    "local_share",
    _("Part des collectivités locales"),
    (
        Ask("least_bp", _("Au moins, en %"), Kind.PERCENT),
        Ask("base", _("De quoi"), Kind.CHOICE, options=BASES),
        Ask("payers", _("Qui peut l’apporter"), Kind.CHOICES, options=LEVELS),
        OPEN,
    ),
)
MEASURE = Part(
    "measures",
    _("Mesures"),
    (
        CODE,
        NAME,
        Ask("article", _("Article ou fiche")),
        Ask(
            "floor_cents",
            _("Plancher de la demande, en euros"),
            Kind.EUROS,
            _("Porte sur ce qui est demandé."),
        ),
        Ask(
            "natures",
            _("Natures de dépense financées"),
            Kind.CHOICES,
            _("Aucune cochée : toutes."),
            NATURES,
        ),
        Ask(
            "applicants",
            _("Qui peut demander"),
            Kind.LINES,
            _("Un genre par ligne : association… Vide : tous."),
        ),
        Ask("conditions", _("Le projet"), Kind.CHOICES, options=CONDITIONS),
        Ask("themes_required", _("Un thème au moins est exigé"), Kind.FLAG),
        Ask("content_review", _("Le contenu est examiné"), Kind.FLAG, default=True),
        OPEN,
    ),
    (CEILINGS, LOCAL_SHARE, Part("themes", _("Thèmes"), (CODE, NAME), many=True, add=_("Ajouter un thème"))),
    many=True,
    add=_("Ajouter une mesure"),
)
WINDOW = Part(
    "windows",
    _("Fenêtres de dépôt"),
    (
        Ask("step", _("Étape"), Kind.CHOICE, options=STEPS),
        Ask("opens", _("Ouvre le"), Kind.WHEN, _("Vide : dès que l’étape d’avant est finie.")),
        Ask("closes", _("Ferme le"), Kind.WHEN, _("Cette seconde comprise, heure de Paris.")),
        Ask("sanction", _("Passé ce moment"), Kind.CHOICE, options=SANCTIONS),
        OPEN,
    ),
    many=True,
    add=_("Ajouter une fenêtre"),
)
EXCLUSION = Part(
    "exclusions",
    _("Exclusions"),
    (
        CODE,
        Ask("name", _("Situation qui exclut")),
        Ask("exception", _("Exception possible"), help=_("Vide : le texte n’en prévoit pas.")),
        BEARS_ON,
        OPEN,
    ),
    many=True,
    add=_("Ajouter une exclusion"),
)
JURY = Part(
    "juries",
    _("Jurys"),
    (
        CODE,
        NAME,
        Ask("members", _("Qui y siège"), Kind.LINES, _("Un collège par ligne.")),
        Ask("fallback", _("Prend ce qu’un territoire ne peut examiner"), Kind.FLAG),
        OPEN,
    ),
    many=True,
    add=_("Ajouter un jury"),
)
PIECE = Part("pieces", _("Pièces à joindre"), (CODE, NAME, BEARS_ON), many=True, add=_("Ajouter une pièce"))
CRITERION = Part(
    "criteria",
    _("Critères"),
    (CODE, NAME, Ask("weight_bp", _("Poids, en %"), Kind.PERCENT)),
    many=True,
    add=_("Ajouter un critère"),
)
GRID = Part(
    "grid",
    _("Grille d’analyse"),
    (Ask("most", _("Chaque critère est noté de 0 à"), Kind.NUMBER), OPEN),
    (CRITERION,),
    help=_("Les poids font 100 %. La grille est publiée avec l’appel."),
)
RULES = Part(
    "",
    _("Identité"),
    (
        Ask("name", _("Nom du jeu de règles")),
        Ask("instrument", _("Dispositif"), help=_("Le même mot d’une année à l’autre : aap_dsdt…")),
        Ask("authority", _("Autorité")),
        Ask("valid_from", _("Valable du"), Kind.DAY),
        Ask("valid_to", _("au"), Kind.DAY),
        OPEN,
    ),
    (
        Part(
            "source",
            _("Texte de référence"),
            (
                Ask("text", _("Texte")),
                Ask("article", _("Article")),
                Ask("since", _("En vigueur depuis le"), Kind.DAY),
            ),
        ),
        Part(
            "scope",
            _("Territoire"),
            (
                Ask("kind", _("Genre"), Kind.CHOICE, options=PLACES),
                Ask("codes", _("Codes"), Kind.LINES, _("Un code officiel par ligne.")),
            ),
        ),
        WINDOW,
        Part(
            "",
            _("Avant le dossier"),
            (
                Ask("prior_contacts", _("Contacts préalables"), Kind.LINES, _("Avec qui, un par ligne.")),
                Ask(
                    "intent_opinion",
                    _("Sans avis de conformité sur la fiche"),
                    Kind.CHOICE,
                    _("Vide : aucun avis n’est demandé."),
                    SANCTIONS,
                ),
            ),
        ),
        MEASURE,
        EXCLUSION,
        PIECE,
        JURY,
        GRID,
    ),
)
