"""What an area opens with, so that nothing has to be set before the first report: our own choices, no text.

Names in the languages of the reporting page are first drafts, shown « à relire » until somebody validates
them. Degraded housing is never treated as litter: it goes to the State's desk.
"""

from dataclasses import dataclass

from .models import Category

Theme = Category.Theme
DESK = "Signal Logement"
DESK_ADDRESS = "https://signal-logement.beta.gouv.fr/"
EMERGENCY = (
    "En cas de danger, n’attendez pas : appelez le 112. Pour une personne sourde ou malentendante, écrivez "
    "au 114 par SMS."
)


@dataclass(frozen=True, slots=True)
class Preset:
    """One category; `easy` in easy French, `english`, `arabic` and `turkish` say the same."""

    code: str
    name: str
    theme: str
    easy: str
    english: str
    arabic: str
    turkish: str
    working_days: int
    radius_m: int
    age_days: int
    glyph: str
    keywords: str
    desk: str = ""
    desk_address: str = ""

    def columns(self, order: int) -> dict[str, object]:
        """The same as columns of `Category`."""
        same = (
            "age_days",
            "code",
            "name",
            "theme",
            "easy",
            "working_days",
            "radius_m",
            "glyph",
            "keywords",
            "desk",
        )
        return {name: getattr(self, name) for name in same} | {
            "desk_address": self.desk_address,
            "order": order,
        }

    def words(self) -> dict[str, str]:
        """Language → the category in it."""
        return {"en": self.english, "ar": self.arabic, "tr": self.turkish}


CATEGORIES = (
    Preset(
        "proprete", "Propreté, dépôt sauvage", Theme.CLEANLINESS, "C’est sale. Des déchets sont par terre.",
        "Litter, dumped rubbish", "أوساخ ونفايات على الأرض", "Çöp, kirlilik", 3, 30, 14, "trash-2",
        "ordures, sacs, verre, tag, graffiti, rats, seringue",
    ),
    Preset(
        "encombrants", "Encombrants", Theme.BULKY,
        "Un gros objet est abandonné : un matelas, un meuble, un frigo.",
        "Bulky waste", "أغراض كبيرة متروكة", "Atılmış büyük eşya", 5, 30, 30, "trash-2",
        "matelas, meuble, frigo, électroménager, gravats",
    ),
    Preset(
        "eclairage", "Éclairage", Theme.LIGHTING, "La lumière de la rue ne marche pas.",
        "Street lighting", "إنارة الشارع لا تعمل", "Sokak lambası yanmıyor", 5, 40, 60, "lightbulb",
        "lampadaire, lumière, ampoule, nuit, noir",
    ),
    Preset(
        "voirie", "Rue et trottoir", Theme.STREETS, "La rue ou le trottoir est cassé.",
        "Street and pavement", "الشارع أو الرصيف متضرر", "Bozuk yol veya kaldırım", 10, 30, 180, "route",
        "trou, nid-de-poule, trottoir, panneau, passage piéton, égout",
    ),
    Preset(
        "espaces-verts", "Espaces verts et jeux", Theme.GREEN,
        "Le parc, un arbre, un banc ou les jeux sont abîmés.",
        "Green spaces and playgrounds", "الحدائق وألعاب الأطفال", "Park, ağaç ve oyun alanı", 10, 50, 90,
        "trees", "arbre, branche, pelouse, banc, toboggan, jeux, haie",
    ),
    Preset(
        "halls", "Hall et parties communes", Theme.BUILDINGS,
        "Dans mon immeuble, l’entrée, l’escalier ou l’ascenseur ne va pas.",
        "Entrance hall and common parts", "مدخل البناية والدرج والمصعد", "Bina girişi ve ortak alanlar",
        5, 20, 60, "building-2", "hall, porte, interphone, boîte aux lettres, ascenseur, escalier, cave",
    ),
    Preset(
        "vehicules", "Véhicule abandonné", Theme.VEHICLES, "Une voiture ou un scooter est abandonné.",
        "Abandoned vehicle", "سيارة متروكة", "Terk edilmiş araç", 15, 20, 60, "bus",
        "voiture, épave, scooter, moto, stationnement",
    ),
    Preset(
        "tranquillite", "Tranquillité", Theme.TRANQUILLITY, "Il y a trop de bruit, ou des tensions.",
        "Noise and disturbance", "ضجيج أو إزعاج", "Gürültü ve huzursuzluk", 10, 50, 30, "message-square",
        "bruit, rodéo, tapage, voisinage, tensions",
    ),
    Preset(
        "accessibilite", "Accessibilité", Theme.ACCESS,
        "On ne peut pas passer avec un fauteuil, une canne ou une poussette.",
        "Accessibility", "صعوبة المرور بكرسي متحرك أو عربة أطفال", "Erişilebilirlik engeli", 10, 30, 180,
        "accessibility", "fauteuil, poussette, canne, rampe, bateau, bande podotactile",
    ),
    Preset(
        "logement", "Logement dégradé", Theme.HOUSING, "Mon logement est en mauvais état.",
        "Home in bad condition", "سكن في حالة سيئة", "Kötü durumda konut", 10, 20, 90, "house",
        "humidité, moisissure, chauffage, insalubre, fuite, nuisibles", DESK, DESK_ADDRESS,
    ),
    Preset(
        "autre", "Autre chose", Theme.OTHER, "C’est autre chose.",
        "Something else", "أمر آخر", "Başka bir şey", 10, 30, 30, "circle-help", "",
    ),
)  # fmt: skip
