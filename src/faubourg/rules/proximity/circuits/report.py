"""A report of a dysfunction, from the tap in the hall to the closing that a resident, a relay or fifteen days
of silence allow. What nobody owns waits in a queue of its own and is arbitrated; a report that was closed,
refused or referred by mistake comes back with its reason.
"""

from ...circuit import REASON, Circuit, Transition
from ...verdict import mark

REFERENT = "referent"
PLANNED_DAY = "planned_day"
ORIGINAL = "original"
VERIFICATION = "verification"
SILENCE = "silence"
DESK = "desk"
CONSENT = "consent"

# With a partner that has to act.
BEING_TREATED = ("assigned", "planned", "in_progress")
# Awaited by the day of its category, whether a partner has it or not; a place of nobody, by its arbitration.
ON_THE_CLOCK = ("new", "qualified", *BEING_TREATED)
_BEFORE_A_PARTNER = ("new", "qualified", "unowned")
# Nothing is awaited from anybody any more, unless somebody brings it back.
SETTLED = ("closed", "duplicate", "refused", "referred")
OPEN = (*_BEFORE_A_PARTNER, *BEING_TREATED, "declared_done", "verified")

_STATES = {
    "": mark("pas encore signalé"),
    "new": mark("nouveau"),
    "qualified": mark("qualifié"),
    "assigned": mark("attribué"),
    "unowned": mark("sans responsable"),
    "planned": mark("planifié"),
    "in_progress": mark("en cours"),
    "declared_done": mark("déclaré fait"),
    "verified": mark("vérifié"),
    "closed": mark("clos"),
    "duplicate": mark("doublon"),
    "refused": mark("refusé"),
    "referred": mark("transmis à un autre guichet"),
}

_TO_SOMEBODY = (
    Transition("file", mark("Signaler"), ("",), "new",
               mark("Ce signalement existe déjà : il est {state}.")),
    Transition("qualify", mark("Qualifier"), ("new",), "qualified",
               mark("Seul un nouveau signalement se qualifie ; celui-ci est {state}.")),
    Transition("assign", mark("Attribuer"), ("qualified", *BEING_TREATED), "assigned",
               mark("On attribue un signalement qualifié et pas encore déclaré fait ; celui-ci est {state}."),
               (REFERENT,)),
    Transition("contest", mark("Contester la domanialité"), ("assigned", "planned"), "unowned",
               mark("Un partenaire conteste ce qui lui est attribué, avant de commencer ; "
                    "ce signalement est {state}."), (REASON,)),
    Transition("find_no_owner", mark("Constater que personne n’en est responsable"), ("qualified",),
               "unowned",
               mark("Le responsable se cherche une fois le signalement qualifié ; celui-ci est {state}."),
               (REASON,)),
    Transition("arbitrate", mark("Arbitrer"), ("unowned",), "assigned",
               mark("Seul un lieu sans responsable s’arbitre ; ce signalement est {state}."),
               (REFERENT, REASON)),
)  # fmt: skip
_DONE = (
    Transition("plan", mark("Planifier"), ("assigned", "planned"), "planned",
               mark("On planifie ce qui est attribué et pas encore commencé ; ce signalement est {state}."),
               (PLANNED_DAY,)),
    Transition("start", mark("Commencer"), ("assigned", "planned"), "in_progress",
               mark("On commence ce qui est attribué ; ce signalement est {state}.")),
    Transition("declare_done", mark("Déclarer fait"), BEING_TREATED, "declared_done",
               mark("Seul un partenaire à qui c’est attribué le déclare fait ; ce signalement est {state}.")),
    Transition("verify", mark("Vérifier sur place"), ("declared_done",), "verified",
               mark("On vérifie ce qui est déclaré fait ; ce signalement est {state}."), (VERIFICATION,)),
    Transition("close_verified", mark("Clore"), ("verified",), "closed",
               mark("On clôt ce qu’un habitant ou un relais a vérifié ; ce signalement est {state}.")),
    Transition("close_silence", mark("Clore faute de réponse"), ("declared_done",), "closed",
               mark("Le silence ne clôt que ce qui est déclaré fait ; ce signalement est {state}."),
               (SILENCE,), follows=True),
    Transition("reopen", mark("Rouvrir"), ("declared_done", "verified", "closed"), "assigned",
               mark("On rouvre ce qui est déclaré fait, vérifié ou clos ; ce signalement est {state}."),
               (REASON,)),
    # Whoever had it has nobody in post any more: it waits where somebody looks for an owner.
    Transition("reopen_unowned", mark("Rouvrir sans responsable"), ("declared_done", "verified", "closed"),
               "unowned",
               mark("On rouvre ce qui est déclaré fait, vérifié ou clos ; ce signalement est {state}."),
               (REASON,), follows=True),
)  # fmt: skip
_ASIDE = (
    Transition("mark_duplicate", mark("Rattacher comme doublon"), (*_BEFORE_A_PARTNER, *BEING_TREATED),
               "duplicate",
               mark("Un doublon se rattache avant d’être déclaré fait ; ce signalement est {state}."),
               (ORIGINAL,)),
    Transition("undo_duplicate", mark("Détacher du doublon"), ("duplicate",), "qualified",
               mark("Ce signalement n’est pas un doublon : il est {state}."), (REASON,)),
    Transition("refuse", mark("Refuser"), (*_BEFORE_A_PARTNER, "assigned"), "refused",
               mark("On refuse avant que le travail soit prévu ; ce signalement est {state}."), (REASON,)),
    Transition("refer", mark("Transmettre au bon guichet"), (*_BEFORE_A_PARTNER, "assigned"), "referred",
               mark("On transmet avant que le travail soit prévu ; ce signalement est {state}."),
               (DESK, CONSENT)),
    Transition("reconsider", mark("Reprendre l’examen"), ("refused", "referred"), "qualified",
               mark("On reprend ce qui a été refusé ou transmis ; ce signalement est {state}."), (REASON,)),
)  # fmt: skip

REPORT = Circuit(
    "report",
    _STATES,
    _TO_SOMEBODY + _DONE + _ASIDE,
    {
        REFERENT: mark("Choisissez un référent en poste : un signalement n’est jamais attribué à un absent."),
        PLANNED_DAY: mark("Donnez le jour prévu de l’intervention."),
        ORIGINAL: mark("Choisissez le premier signalement, qui n’est pas lui-même un doublon."),
        VERIFICATION: mark("Un habitant ou un relais, pas celui qui a fait le travail, dit ce qu’il a vu."),
        SILENCE: mark("Quinze jours ne sont pas encore passés depuis que c’est déclaré fait."),
        DESK: mark("Choisissez le guichet qui traite ce problème."),
        CONSENT: mark("La personne accepte d’abord que son signalement soit transmis à ce guichet."),
    },
)
