"""Money asked back: the beneficiary is heard before anything is demanded."""

from ...circuit import DEADLINE, REASON, Circuit, Transition
from ...verdict import LegalSource, mark

HEARING = LegalSource(
    "code des relations entre le public et l’administration", "articles L. 121-1 et L. 122-1"
)

RECOVERY = Circuit(
    "recovery",
    {
        "": mark("pas demandé"),
        "draft": mark("projet"),
        "hearing": mark("procédure contradictoire"),
        "issued": mark("titre émis"),
        "paid": mark("reversé"),
        "dropped": mark("abandonné"),
    },
    (
        Transition("open", mark("Préparer un reversement"), ("",), "draft",
                   mark("Ce reversement existe déjà : il est {state}."), (REASON,)),
        Transition("hear", mark("Ouvrir la procédure contradictoire"), ("draft",), "hearing",
                   mark("Le bénéficiaire est entendu avant le titre ; ce reversement est {state}."),
                   (DEADLINE,)),
        Transition("answer", mark("Présenter des observations"), ("hearing",), "hearing",
                   mark("Des observations se présentent pendant la procédure contradictoire ; ce "
                        "reversement est {state}."), (REASON,)),
        Transition("issue", mark("Émettre le titre"), ("hearing",), "issued",
                   mark("Le titre suit la procédure contradictoire ; ce reversement est {state}."),
                   ("heard",)),
        Transition("pay", mark("Constater le reversement"), ("issued",), "paid",
                   mark("On constate ce qui a fait l’objet d’un titre ; ce reversement est {state}.")),
        Transition("drop", mark("Abandonner"), ("draft", "hearing", "issued"), "dropped",
                   mark("Ce reversement est {state} : il ne s’abandonne plus."), (REASON,)),
    ),
    {"heard": mark("Le bénéficiaire n’a pas encore répondu, et son délai court encore.")},
    HEARING,
)  # fmt: skip
