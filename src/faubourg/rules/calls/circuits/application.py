"""An application, from its draft to the settled report, with its ways out."""

from ...circuit import DEADLINE, REASON, Circuit, Transition
from ...verdict import mark

_OPEN = ("draft", "submitted", "to_complete", "complete", "examined", "ranked", "before_jury", "adjourned")
_GRANTED = ("retained", "retained_with_reserves")
_LIVE = ("agreed", "running", "report_due", "report_in", "checked")

_STATES = {
    "": mark("pas encore commencé"),
    "draft": mark("brouillon"),
    "submitted": mark("déposé"),
    "to_complete": mark("à compléter"),
    "complete": mark("complet"),
    "inadmissible": mark("irrecevable"),
    "examined": mark("en instruction"),
    "ranked": mark("priorisé par l’intercommunalité"),
    "before_jury": mark("inscrit au jury"),
    "retained": mark("retenu"),
    "retained_with_reserves": mark("retenu avec réserves"),
    "adjourned": mark("ajourné"),
    "rejected": mark("rejeté"),
    "funders_decided": mark("décidé par les financeurs"),
    "notified": mark("notifié"),
    "agreed": mark("conventionné"),
    "running": mark("en cours"),
    "report_due": mark("bilan dû"),
    "report_in": mark("bilan remis"),
    "checked": mark("contrôlé"),
    "settled": mark("soldé"),
    "withdrawn": mark("retiré"),
    "lapsed": mark("caduc"),
    "cancelled": mark("annulé"),
    "recovered": mark("en reversement"),
}

_BEFORE_THE_JURY = (
    Transition("start", mark("Commencer un dossier"), ("",), "draft",
               mark("Ce dossier existe déjà : il est {state}.")),
    Transition("submit", mark("Déposer le dossier"), ("draft",), "submitted",
               mark("Seul un brouillon se dépose ; ce dossier est {state}."),
               ("in-time", "signatory", "budget", "rules")),
    Transition("ask-pieces", mark("Demander des pièces"), ("submitted", "complete"), "to_complete",
               mark("Des pièces se demandent avant l’instruction ; ce dossier est {state}."),
               ("missing", DEADLINE)),
    Transition("complete", mark("Déclarer complet"), ("submitted", "to_complete"), "complete",
               mark("Seul un dossier déposé est déclaré complet ; celui-ci est {state}."), ("pieces",)),
    Transition("refuse", mark("Déclarer irrecevable"), ("submitted", "to_complete", "complete"),
               "inadmissible",
               mark("La recevabilité se juge avant l’instruction ; ce dossier est {state}."), (REASON,)),
    Transition("examine", mark("Instruire"), ("complete",), "examined",
               mark("Seul un dossier complet s’instruit ; celui-ci est {state}.")),
    Transition("rank", mark("Prioriser"), ("examined",), "ranked",
               mark("L’intercommunalité priorise un dossier instruit ; celui-ci est {state}.")),
    Transition("enrol", mark("Inscrire au jury"), ("examined", "ranked", "adjourned"), "before_jury",
               mark("Un dossier s’inscrit au jury une fois instruit ; celui-ci est {state}."), ("opinions",)),
)  # fmt: skip
_DELIBERATED = (*_GRANTED, "adjourned", "rejected")
_VERDICTS = tuple(
    Transition(act, name, ("before_jury",), target,
               mark("Le jury se prononce sur un dossier inscrit ; celui-ci est {state}."), needs)
    for act, name, target, needs in (
        ("retain", mark("Retenir"), "retained", ("quorum",)),
        ("retain-with-reserves", mark("Retenir avec réserves"), "retained_with_reserves", ("quorum", REASON)),
        ("adjourn", mark("Ajourner"), "adjourned", ("quorum", REASON)),
        ("reject", mark("Rejeter"), "rejected", ("quorum", REASON)),
    )
)  # fmt: skip
_AT_THE_JURY = (
    *_VERDICTS,
    Transition("reconsider", mark("Reprendre la délibération"), _DELIBERATED, "before_jury",
               mark("Le jury revient sur ce qu’il vient de décider ; ce dossier est {state}."),
               (REASON, "sitting")),
)  # fmt: skip
_AFTER_THE_JURY = (
    Transition("decide", mark("Constater les décisions des financeurs"), _GRANTED, "funders_decided",
               mark("Les financeurs décident après le jury ; ce dossier est {state}."), ("funders",),
               follows=True),
    Transition("notify", mark("Notifier"), ("funders_decided", "rejected"), "notified",
               mark("On notifie une décision prise ; ce dossier est {state}."), ("letter",)),
    Transition("agree", mark("Conventionner"), ("notified",), "agreed",
               mark("La convention suit la notification ; ce dossier est {state}."), ("granted", "charter")),
    Transition("run", mark("Commencer l’action"), ("notified", "agreed"), "running",
               mark("L’action commence après la notification ; ce dossier est {state}."),
               ("granted", "convention")),
    Transition("await-report", mark("Attendre le bilan"), ("running",), "report_due",
               mark("Le bilan est dû après l’action ; ce dossier est {state}."), follows=True),
    Transition("report", mark("Remettre le bilan"), ("running", "report_due"), "report_in",
               mark("Le bilan rend compte d’une action en cours ou finie ; ce dossier est {state}.")),
    Transition("check", mark("Contrôler"), ("report_in",), "checked",
               mark("On contrôle un bilan remis ; ce dossier est {state}.")),
    Transition("settle", mark("Solder"), ("checked",), "settled",
               mark("Un dossier se solde une fois contrôlé ; celui-ci est {state}."), ("paid",)),
    Transition("withdraw", mark("Retirer"), (*_OPEN, *_GRANTED), "withdrawn",
               mark("Un dossier se retire avant sa notification ; celui-ci est {state}.")),
    Transition("lapse", mark("Constater la caducité"), ("to_complete", "notified", "agreed"), "lapsed",
               mark("Seul un dossier qui attend son porteur devient caduc ; celui-ci est {state}."),
               ("expired",)),
    Transition("cancel", mark("Annuler"), ("funders_decided", "notified", *_LIVE[:2]), "cancelled",
               mark("Une aide décidée s’annule avant son bilan ; ce dossier est {state}."), (REASON,)),
    Transition("recover", mark("Demander le reversement"), (*_LIVE[1:], "cancelled"), "recovered",
               mark("Un reversement suit une aide versée ; ce dossier est {state}."), (REASON, "heard")),
    Transition("settle-recovery", mark("Constater le reversement"), ("recovered",), "settled",
               mark("Aucun reversement n’est demandé : ce dossier est {state}."), ("repaid",)),
)  # fmt: skip
APPLICATION = Circuit(
    "application",
    _STATES,
    _BEFORE_THE_JURY + _AT_THE_JURY + _AFTER_THE_JURY,
    {
        "in-time": mark("La date limite des dossiers est passée ; ce qui est saisi reste enregistré."),
        "signatory": mark("Le dossier est déposé par une personne qui peut signer pour l’organisme."),
        "budget": mark("Le budget ne s’équilibre pas."),
        "rules": mark("Le dossier ne remplit pas toutes les conditions de l’appel."),
        "missing": mark("Dites quelles pièces manquent."),
        "pieces": mark("Une pièce obligatoire manque encore."),
        "opinions": mark("Un financeur n’a pas encore rendu son avis."),
        "quorum": mark("Le quorum du jury n’est pas atteint, personnes déportées décomptées."),
        "sitting": mark("Le jury ne revient sur une décision que pendant la même séance."),
        "funders": mark("Un financeur sollicité n’a pas encore décidé."),
        "letter": mark("La lettre n’est pas prête : elle donne la décision, ses motifs et les recours."),
        "granted": mark("Aucun financeur n’accorde d’aide à ce dossier."),
        "charter": mark("Le contrat d’engagement républicain n’est pas signé."),
        "convention": mark("Au-delà de 23 000 € par an d’une même autorité, la convention vient d’abord."),
        "paid": mark("Un versement reste à faire."),
        "expired": mark("Le délai laissé au porteur n’est pas encore passé."),
        "heard": mark("Le porteur doit d’abord pouvoir présenter ses observations."),
        "repaid": mark("La somme demandée n’est pas encore reversée."),
    },
)
