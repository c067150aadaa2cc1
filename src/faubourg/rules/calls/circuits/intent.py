"""A « fiche synthétique », from its draft to the opinion of the intercommunalité and the full dossier."""

from ...circuit import REASON, Circuit, Transition
from ...verdict import mark

INTENT = Circuit(
    "intent",
    {
        "": mark("pas encore commencée"),
        "draft": mark("brouillon"),
        "submitted": mark("déposée"),
        "late": mark("déposée hors délai"),
        "conforming": mark("conforme"),
        "with_reserves": mark("conforme avec réserves"),
        "not_conforming": mark("non conforme"),
        "converted": mark("devenue un dossier"),
    },
    (
        Transition("start", mark("Commencer une fiche"), ("",), "draft",
                   mark("Cette fiche existe déjà : elle est {state}.")),
        Transition("submit", mark("Déposer la fiche"), ("draft",), "submitted",
                   mark("Seul un brouillon se dépose ; cette fiche est {state}."), ("filled", "in-time")),
        Transition("submit-late", mark("Déposer la fiche hors délai"), ("draft",), "late",
                   mark("Seul un brouillon se dépose ; cette fiche est {state}."), ("filled", "late-allowed"),
                   follows=True),
        Transition("conform", mark("Juger conforme"), ("submitted", "late"), "conforming",
                   mark("Seule une fiche déposée reçoit un avis ; celle-ci est {state}.")),
        Transition("reserve", mark("Juger conforme avec réserves"), ("submitted", "late"), "with_reserves",
                   mark("Seule une fiche déposée reçoit un avis ; celle-ci est {state}."), (REASON,)),
        Transition("refuse", mark("Juger non conforme"), ("submitted", "late"), "not_conforming",
                   mark("Seule une fiche déposée reçoit un avis ; celle-ci est {state}."), (REASON,)),
        Transition("revise", mark("Revoir l’avis"), ("conforming", "with_reserves", "not_conforming"),
                   "submitted", mark("Seul un avis rendu se revoit ; cette fiche est {state}."), (REASON,)),
        Transition("convert", mark("En faire un dossier complet"),
                   ("submitted", "late", "conforming", "with_reserves"), "converted",
                   mark("Une fiche déposée, et non refusée, devient un dossier ; celle-ci est {state}."),
                   ("opinion",)),
    ),
    {
        "filled": mark("La fiche n’est pas remplie : il y manque au moins une réponse obligatoire."),
        "in-time": mark("La date limite des fiches est passée."),
        "late-allowed": mark("Cet appel ne reçoit pas de fiche hors délai."),
        "opinion": mark("Cet appel demande l’avis de l’intercommunalité avant le dossier complet."),
    },
)  # fmt: skip
