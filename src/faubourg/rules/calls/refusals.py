"""Why a funder says no, and what would make it a yes: a code, a sentence that is sent, a way forward."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..verdict import mark


@dataclass(frozen=True, slots=True)
class Ground:
    """`sentence` goes into the letter; `forward` says what would improve the request."""

    sentence: str
    forward: str


GROUNDS: Mapping[str, Ground] = {
    "envelope": Ground(
        mark("L’enveloppe disponible n’a pas permis de retenir toutes les demandes."),
        mark("Le même projet peut être présenté à l’appel suivant, ou à un autre financeur."),
    ),
    "priority": Ground(
        mark("D’autres projets répondent davantage aux priorités de cet appel."),
        mark("Dites à quel objectif du contrat le projet répond, et ce qu’il change pour les habitants."),
    ),
    "rules": Ground(
        mark("Une condition de l’appel n’est pas remplie."),
        mark("Les conditions de l’appel sont publiées avec lui : vérifiez celle qui est citée."),
    ),
    "double": Ground(
        mark("L’action est déjà financée par ailleurs."),
        mark("Dites ce que l’aide demandée paie en plus de ce qui est déjà financé."),
    ),
    "ordinary": Ground(
        mark("L’action relève du droit commun de ce financeur ou d’un autre."),
        mark("Adressez-vous au service compétent ; l’équipe du contrat peut vous y accompagner."),
    ),
    "place": Ground(
        mark("L’action ne s’adresse pas assez aux habitants des quartiers prioritaires."),
        mark("Dites quels quartiers sont touchés, et comment leurs habitants viendront à l’action."),
    ),
    "cost": Ground(
        mark("Le coût est élevé au regard du public touché ou des résultats attendus."),
        mark("Détaillez les dépenses, ou réduisez ce qui n’est pas nécessaire à l’action."),
    ),
    "vague": Ground(
        mark("Le dossier ne décrit pas assez précisément l’action ou son évaluation."),
        mark("Précisez le calendrier, les moyens et les indicateurs : un échange préalable y aide."),
    ),
    "other": Ground(
        mark("Ce motif est propre au dossier."), mark("Le service instructeur peut en parler avec vous.")
    ),
}
