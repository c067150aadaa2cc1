"""What residents report, as a town starts with it: the delay, how far a duplicate is looked for, which desk.

Each line is a common rule that the town changes; what has a desk is never treated as a matter of upkeep.
"""

from dataclasses import dataclass

from ..routing import Category as Routed
from ..verdict import mark
from .deadlines import Delay
from .grids import Strand
from .likeness import Reach

HOUSING_DESK = "housing"
DESK_NAMES = {HOUSING_DESK: mark("service d’hygiène et de lutte contre l’habitat indigne")}


@dataclass(frozen=True, slots=True)
class Preset:
    """`family` gathers what people take one for the other."""

    code: str
    name: str
    strand: Strand
    family: str
    working_days: int
    radius_m: int
    age_days: int
    desk: str = ""

    @property
    def routed(self) -> Routed:
        """As the table of routing reads it."""
        return Routed(self.code, self.desk)

    @property
    def delay(self) -> Delay:
        """As deadlines read it."""
        return Delay(self.code, self.working_days)

    @property
    def reach(self) -> Reach:
        """As duplicates are looked for."""
        return Reach(self.radius_m, self.age_days)


_T, _S = Strand.TECHNICAL, Strand.SOCIAL
PRESETS = (
    Preset("litter", mark("Saleté, déchets au sol"), _T, "waste", 2, 50, 14),
    Preset("bulky", mark("Encombrants, dépôt sauvage"), _T, "waste", 3, 50, 30),
    Preset("bins", mark("Poubelles, tri, conteneurs"), _T, "waste", 3, 30, 30),
    Preset("lighting", mark("Éclairage en panne"), _T, "lighting", 5, 30, 60),
    Preset("roads", mark("Chaussée, trottoir abîmé"), _T, "roads", 15, 30, 180),
    Preset("vehicles", mark("Épave, stationnement gênant"), _T, "vehicles", 10, 50, 60),
    Preset("greenery", mark("Espaces verts, arbre"), _T, "greenery", 10, 50, 90),
    Preset("equipment", mark("Jeux, bancs, mobilier cassé"), _T, "equipment", 10, 30, 90),
    Preset("graffiti", mark("Inscriptions, affichage sauvage"), _T, "fronts", 5, 30, 60),
    Preset("hall", mark("Hall, porte d’entrée, boîtes aux lettres"), _T, "building", 5, 30, 60),
    Preset("lift", mark("Ascenseur en panne"), _T, "building", 1, 30, 14),
    Preset("leak", mark("Fuite d’eau, canalisation"), _T, "water", 1, 50, 14),
    Preset("pests", mark("Rats, cafards, punaises"), _T, "pests", 5, 100, 60),
    Preset("noise", mark("Bruit, regroupements"), _S, "tranquillity", 5, 100, 30),
    Preset("safety", mark("Lieu où l’on ne se sent pas en sûreté"), _S, "tranquillity", 10, 100, 90),
    Preset("presence", mark("Personne à l’accueil, gardien absent"), _S, "service", 5, 100, 30),
    Preset("other", mark("Autre chose"), _S, "other", 5, 50, 30),
    Preset("degraded_housing", mark("Logement dégradé ou dangereux"), _S, "housing", 2, 30, 90, HOUSING_DESK),
)
FAMILIES = {preset.code: preset.family for preset in PRESETS}
