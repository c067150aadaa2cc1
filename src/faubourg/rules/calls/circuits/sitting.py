"""A sitting of a jury, from its date to its signed minutes: what is signed no longer changes."""

from ...circuit import REASON, Circuit, Transition
from ...verdict import mark

SITTING = Circuit(
    "sitting",
    {
        "": mark("pas encore prévue"),
        "planned": mark("prévue"),
        "open": mark("ouverte"),
        "closed": mark("close"),
        "signed": mark("signée"),
    },
    (
        Transition("plan", mark("Prévoir une séance"), ("",), "planned",
                   mark("Cette séance existe déjà : elle est {state}.")),
        Transition("open", mark("Ouvrir la séance"), ("planned",), "open",
                   mark("Seule une séance prévue s’ouvre ; celle-ci est {state}."),
                   ("dossiers", "interests")),
        Transition("close", mark("Clore la séance"), ("open",), "closed",
                   mark("Seule une séance ouverte se clôt ; celle-ci est {state}.")),
        Transition("reopen", mark("Rouvrir la séance"), ("closed",), "open",
                   mark("Seule une séance close se rouvre ; celle-ci est {state}."),
                   (REASON, "unsigned")),
        Transition("excuse", mark("Noter qu’une personne ne signera pas"), ("closed",), "closed",
                   mark("Un refus de signer se note après la clôture, avant la dernière signature ; cette "
                        "séance est {state}."),
                   (REASON, "unsigned-yet")),
        Transition("sign", mark("Arrêter le procès-verbal"), ("closed",), "signed",
                   mark("On signe le procès-verbal d’une séance close ; celle-ci est {state}."),
                   ("signatures", "one-signature"), follows=True),
    ),
    {
        "dossiers": mark("Inscrivez au moins un dossier à cette séance."),
        "interests": mark(
            "Un membre attendu n’a pas déclaré ses intérêts : demandez-le-lui, ou notez-le absent."
        ),
        "unsigned": mark("Une personne a déjà signé le procès-verbal : il ne change plus."),
        "unsigned-yet": mark("Cette personne a signé, ou n’avait pas à le faire : rien n’est à noter."),
        "signatures": mark(
            "Toutes les personnes présentes qui votent n’ont pas signé : notez un refus ou une absence."
        ),
        "one-signature": mark("Personne n’a encore signé : un procès-verbal porte au moins une signature."),
    },
)  # fmt: skip
