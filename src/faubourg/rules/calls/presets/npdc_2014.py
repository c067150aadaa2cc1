"""Nord-Pas-de-Calais, 2014-2015: « Développement social durable du territoire », its four « fiches ».

From the call's leaflet and its four sheets; what they leave open is flagged, not guessed in silence.
"""

from typing import Any

from ..rule_set import Base, Condition, Sanction, Status, Step

_SHARE: dict[str, Any] = {
    "least_bp": 3_000,
    "base": Base.TOTAL_BUDGET,
    "payers": ["commune", "epci", "departement"],
    "to_confirm": "Le texte ne dit pas de quoi les 30 % sont une part, ni si le Département y compte.",
}
_RANKED = [Condition.OBJECTIVE_LINKED, Condition.EPCI_RANKED]

NPDC_2014: dict[str, Any] = {
    "id": "npdc-2014",
    "name": "Appel à projets politique de la ville 2015, Région Nord-Pas-de-Calais",
    "instrument": "aap_dsdt",
    "authority": "Région Nord-Pas-de-Calais",
    "scope": {"kind": "region", "codes": ["31"]},
    "valid_from": "2014-09-01",
    "valid_to": "2015-12-31",
    "status": Status.FROZEN,
    "source": {"text": "Région Nord-Pas-de-Calais, appel à projets 2015", "since": "2014-09-01"},
    "windows": [
        {
            "step": Step.INTENT,
            "closes": "2014-12-01T23:59:59+01:00",
            "sanction": Sanction.LATE_FLAG,
            "to_confirm": "Le texte dit « 1er décembre » sans année ni sanction ; 2014 est déduit.",
        },
        {"step": Step.APPLICATION, "closes": "2015-01-23T23:59:59+01:00", "sanction": Sanction.BLOCK},
    ],
    "intent_opinion": Sanction.WARN,
    "prior_contacts": ["commune", "epci"],
    "measures": [
        {
            "code": "f1",
            "name": "Mobiliser tous les publics",
            "article": "fiche 1",
            "floor_cents": 200_000,
            "local_share": _SHARE,
            "conditions": [Condition.OBJECTIVE_LINKED],
            "content_review": False,
            "themes": [
                {"code": "participation", "name": "Participation"},
                {"code": "democratie", "name": "Démocratie participative"},
                {"code": "citoyennete", "name": "Citoyenneté"},
            ],
            "to_confirm": "La fiche exclut l’examen du contenu ; les critères de l’appel notent la qualité.",
        },
        {
            "code": "f2",
            "name": "Expérimentations et innovations sociales",
            "article": "fiche 2",
            "floor_cents": 200_000,
            "local_share": _SHARE,
            "conditions": _RANKED,
            "themes": [
                {"code": "participation", "name": "Participation"},
                {"code": "innovation", "name": "Innovations sociales"},
            ],
        },
        {
            "code": "f3",
            "name": "Structurer le développement social durable",
            "article": "fiche 3",
            "floor_cents": 500_000,
            "local_share": _SHARE,
            "conditions": _RANKED,
            "themes": [
                {"code": "cadre-de-vie", "name": "Cadre de vie"},
                {"code": "participation", "name": "Participation"},
            ],
        },
        {
            "code": "f4",
            "name": "Gestion urbaine de proximité",
            "article": "fiche 4",
            "floor_cents": 500_000,
            "natures": ["operating", "investment"],
            "ceilings_cents": {"investment": 15_000_000, "operating": 2_000_000},
            "conditions": [
                Condition.OBJECTIVE_LINKED,
                Condition.PRIORITY_GEOGRAPHY,
                Condition.SHARED_DIAGNOSIS,
            ],
            "themes_required": True,
            "themes": [
                {"code": "premiere-gup", "name": "Premier programme de gestion urbaine de proximité"},
                {"code": "atu", "name": "Atelier de travail urbain"},
                {"code": "jardins", "name": "Jardins partagés"},
                {"code": "memoire", "name": "Mémoire des quartiers qui changent"},
                {"code": "energie", "name": "Accompagnement social de la rénovation énergétique"},
                {"code": "espaces", "name": "Appropriation des nouveaux espaces"},
                {"code": "demarches", "name": "Sûreté, propreté et domanialités avec les habitants"},
                {"code": "ftu", "name": "Création ou relance d’un fonds de travaux urbains"},
            ],
            "to_confirm": "La fiche parle de projet structurant et d’ampleur limitée ; sans taux local.",
        },
    ],
    "exclusions": [
        {
            "code": "programme_activite",
            "name": "programme d’activité déjà financé par la Région",
            "exception": "besoin réel que l’activité financée ne couvre pas",
        },
    ],
    "juries": [
        {"code": "territorial", "name": "Jury territorial", "members": ["elus_epci", "elus_region"]},
        {
            "code": "regional",
            "name": "Jury régional",
            "fallback": True,
            "to_confirm": "Le texte ne donne pas sa composition.",
        },
    ],
    "grid": {
        "most": 5,
        "criteria": [
            {"code": "quality", "name": "Qualité et inventivité", "weight_bp": 2_000},
            {"code": "inhabitants", "name": "Mobilisation des habitants", "weight_bp": 2_000},
            {"code": "partnership", "name": "Partenariat", "weight_bp": 2_000},
            {"code": "network", "name": "Mise en réseau et coopérations", "weight_bp": 2_000},
            {"code": "governance", "name": "Gouvernance et évaluation", "weight_bp": 2_000},
        ],
        "to_confirm": "Cinq critères sans poids ni échelle : parts égales et note de 0 à 5 par défaut.",
    },
}
