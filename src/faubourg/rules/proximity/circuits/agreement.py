"""A landlord’s agreement on the use of the property-tax rebate: a three-year plan first, then each year the
landlord’s review, a joint visit and what the town and the State say of it.
"""

from ...circuit import REASON, Circuit, Transition
from ...verdict import LegalSource, mark

PLAN = "plan"
PARTIES = "parties"
REVIEW = "review"
VISIT = "visit"
COSIGN = "cosign"
TERM = "term"
REBATE = LegalSource("code général des impôts", "article 1388 bis")

_RUNNING = ("running", "reported", "visited", "approved", "approved_with_reserves", "flagged")

TFPB = Circuit(
    "tfpb",
    {
        "": mark("pas encore préparée"),
        "draft": mark("en projet"),
        "planned": mark("dotée de son plan triennal"),
        "signed": mark("signée"),
        "running": mark("en exécution"),
        "reported": mark("au bilan remis"),
        "visited": mark("visitée sur place"),
        "approved": mark("au bilan validé"),
        "approved_with_reserves": mark("au bilan validé avec réserves"),
        "flagged": mark("signalée au préfet"),
        "ended": mark("échue"),
    },
    (
        Transition("prepare", mark("Préparer une convention"), ("",), "draft",
                   mark("Cette convention existe déjà : elle est {state}.")),
        Transition("plan", mark("Arrêter le plan triennal"), ("draft",), "planned",
                   mark("Le plan triennal s’arrête en projet ; cette convention est {state}."), (PLAN,)),
        Transition("rework", mark("Reprendre le plan"), ("planned",), "draft",
                   mark("Le plan se reprend avant la signature ; cette convention est {state}."), (REASON,)),
        Transition("sign", mark("Constater la signature de toutes les parties"), ("planned",), "signed",
                   mark("On signe une convention dotée de son plan triennal ; celle-ci est {state}."),
                   (PLAN, PARTIES)),
        Transition("run", mark("Commencer l’exécution"), ("signed",), "running",
                   mark("L’exécution suit la signature ; cette convention est {state}.")),
        Transition("report", mark("Remettre le bilan annuel"), ("running",), "reported",
                   mark("Le bilan porte sur une convention en exécution ; celle-ci est {state}."), (REVIEW,)),
        Transition("visit", mark("Visiter sur place, ensemble"), ("reported",), "visited",
                   mark("La visite suit le bilan remis ; cette convention est {state}."), (VISIT,)),
        Transition("approve", mark("Valider le bilan"), ("visited",), "approved",
                   mark("On valide le bilan après la visite ; cette convention est {state}."), (COSIGN,)),
        Transition("approve_with_reserves", mark("Valider le bilan avec réserves"), ("visited",),
                   "approved_with_reserves",
                   mark("On valide le bilan après la visite ; cette convention est {state}."),
                   (COSIGN, REASON)),
        Transition("flag", mark("Signaler au préfet"),
                   ("signed", "running", "reported", "visited", "approved_with_reserves"), "flagged",
                   mark("On signale au préfet une convention signée dont l’usage fait question ; "
                        "celle-ci est {state}."), (REASON,)),
        Transition("next_year", mark("Passer à l’année suivante"),
                   ("approved", "approved_with_reserves", "flagged"), "running",
                   mark("L’année suivante vient après l’avis sur le bilan ; cette convention est {state}.")),
        Transition("end", mark("Constater l’échéance"), _RUNNING, "ended",
                   mark("Seule une convention en exécution arrive à échéance ; celle-ci est {state}."),
                   (TERM,), follows=True),
    ),
    {
        PLAN: mark("Le plan triennal manque ou n’est pas complet : chaque année a ses actions."),
        PARTIES: mark("Le bailleur, la ville, l’intercommunalité et l’État n’ont pas tous signé."),
        REVIEW: mark("Le bilan annuel n’est pas complet : chaque action a son montant et ses preuves."),
        VISIT: mark("Dites qui était à la visite : le bailleur, la collectivité, des habitants."),
        COSIGN: mark("La collectivité et l’État n’ont pas tous deux signé l’avis."),
        TERM: mark("La convention n’est pas encore arrivée à sa date de fin."),
    },
    REBATE,
)  # fmt: skip
