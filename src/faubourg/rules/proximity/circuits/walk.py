"""A walk, from its frame to the review six months after: nothing is confirmed before everybody can know what
is negotiable, nothing is public before its pictures were looked at one by one.
"""

from ...circuit import REASON, Circuit, Transition
from ...verdict import mark

FRAME = "frame"
ITINERARY = "itinerary"
GUESTS = "guests"
REDACTION = "redaction"
PLAN = "plan"
SIX_MONTHS = "six_months"

WALK = Circuit(
    "walk",
    {
        "": mark("pas encore préparée"),
        "preparing": mark("en préparation"),
        "confirmed": mark("confirmée"),
        "done": mark("réalisée"),
        "minutes_draft": mark("en compte rendu"),
        "minutes_validated": mark("au compte rendu validé"),
        "restored": mark("restituée"),
        "followed": mark("suivie par un plan d’actions"),
        "reviewed": mark("bilan fait"),
    },
    (
        Transition("prepare", mark("Préparer une marche"), ("",), "preparing",
                   mark("Cette marche existe déjà : elle est {state}.")),
        Transition("confirm", mark("Confirmer"), ("preparing",), "confirmed",
                   mark("Seule une marche en préparation se confirme ; celle-ci est {state}."),
                   (FRAME, ITINERARY, GUESTS)),
        Transition("take_back", mark("Revenir à la préparation"), ("confirmed",), "preparing",
                   mark("Seule une marche confirmée revient en préparation ; celle-ci est {state}."),
                   (REASON,)),
        Transition("hold", mark("Constater la marche"), ("confirmed",), "done",
                   mark("On constate une marche confirmée ; celle-ci est {state}.")),
        Transition("draft_minutes", mark("Rédiger le compte rendu"), ("done",), "minutes_draft",
                   mark("Le compte rendu suit la marche ; celle-ci est {state}.")),
        Transition("validate_minutes", mark("Valider le compte rendu"), ("minutes_draft",),
                   "minutes_validated",
                   mark("Seul un compte rendu rédigé se valide ; cette marche est {state}.")),
        Transition("rework_minutes", mark("Corriger le compte rendu"), ("minutes_validated",),
                   "minutes_draft",
                   mark("Un compte rendu se corrige avant d’être restitué ; cette marche est {state}."),
                   (REASON,)),
        Transition("restore", mark("Restituer publiquement"), ("minutes_validated",), "restored",
                   mark("On restitue un compte rendu validé ; cette marche est {state}."), (REDACTION,)),
        Transition("follow", mark("Suivre le plan d’actions"), ("restored",), "followed",
                   mark("Le plan d’actions suit la restitution ; cette marche est {state}."), (PLAN,)),
        Transition("review", mark("Faire le bilan"), ("followed",), "reviewed",
                   mark("Le bilan porte sur un plan d’actions suivi ; cette marche est {state}."),
                   (SIX_MONTHS,)),
    ),
    {
        FRAME: mark("Écrivez le cadre : ce qui est négociable, ce qui ne l’est pas, ce qui est permis."),
        ITINERARY: mark("Tracez l’itinéraire, avec au moins deux arrêts."),
        GUESTS: mark("Dites qui est invité."),
        REDACTION: mark("Une photo ou un texte n’a pas encore été relu : visages, plaques, noms."),
        PLAN: mark("Le plan d’actions est vide : chaque observation retenue a une suite, ou son motif."),
        SIX_MONTHS: mark("Six mois ne sont pas encore passés depuis la restitution."),
    },
)  # fmt: skip
