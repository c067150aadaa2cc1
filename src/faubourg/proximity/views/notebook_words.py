"""What the notebook's programme says by itself; the rest of its words stand in its page."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: Mapping[str, str | Promise] = {
    "nothingWaits": _("Tout est envoyé"),
    "note_one": _("{n} note"),
    "note_other": _("{n} notes"),
    "photo_one": _("{n} photo"),
    "photo_other": _("{n} photos"),
    "draft_one": _("{n} brouillon"),
    "draft_other": _("{n} brouillons"),
    "waits": _("À envoyer : {what}"),
    "toFinish": _("À finir : {what}"),
    "send": _("Envoyer ({n})"),
    "sending": _("Envoi…"),
    "offline": _("Hors ligne"),
    "online": _("En ligne"),
    "unreachable": _("Le serveur ne répond pas : rien n’est perdu, l’envoi reprendra."),
    "busy": _("Une autre fenêtre du carnet envoie déjà."),
    "reconnect": _("Votre session a pris fin. Rien n’est perdu : reconnectez-vous, l’envoi reprendra."),
    "signIn": _("Se reconnecter"),
    "allSent": _("Envoyé : le serveur a tout gardé."),
    "someRefused": _("Refusé : la raison est sous chaque note, qui reste ici."),
    "full": _(
        "Le téléphone est plein : ceci n’est pas encore gardé, votre texte reste à l’écran. Envoyez, ou "
        "enregistrez vos notes dans un fichier, puis libérez de la place et réessayez."
    ),
    "photoFull": _("Le téléphone est plein : cette photo n’est pas gardée. Le reste de la note l’est."),
    "storeBroken": _(
        "Le téléphone n’a pas pu garder ceci : votre texte reste à l’écran. Libérez de la place, quittez la "
        "navigation privée, puis réessayez."
    ),
    "insecure": _("Le carnet demande une adresse en https pour fonctionner sans réseau."),
    "keptFull": _("Gardé sur ce téléphone. Place restante : {left} Mo."),
    "draftKept": _("Brouillon gardé sur ce téléphone."),
    "noteKept": _("Note gardée sur ce téléphone."),
    "needsSomething": _("Écrivez une phrase ou prenez une photo."),
    "tooManyPhotos": _("{most} photos au plus par note."),
    "readingPhoto": _("Photo en cours de réduction…"),
    "removePhoto": _("Enlever la photo {n}"),
    "photoNamed": _("Photo {n}"),
    "locating": _("Recherche du lieu…"),
    "located": _("Lieu pris, à {m} m près."),
    "farPlace": _("Lieu pris, mais à {m} m près seulement : attendez un peu et reprenez-le."),
    "noPlace": _("Aucun lieu pris."),
    "placeRefused": _("Le téléphone ne donne pas le lieu : choisissez la halte."),
    "noStop": _("Hors des haltes"),
    "noCriterion": _("Rien de la grille"),
    "technical": _("Volet technique"),
    "social": _("Volet social"),
    "asset": _("atout"),
    "dysfunction": _("dysfonctionnement"),
    "severity": _("gravité {n}"),
    "draft": _("Brouillon"),
    "waiting": _("À envoyer"),
    "sent": _("Envoyée"),
    "refused": _("Refusée"),
    "photosLeft": _("{what} à envoyer"),
    "onlyPhotos": _("Sans texte"),
    "sureDiscard": _("Jeter cette note et ses photos ? Elle n’existe que sur ce téléphone."),
    "sureForget": _("Effacer de ce téléphone les notes déjà envoyées et les marches préparées ?"),
    "whoKnown": _("Vous prenez des notes en tant que {name}."),
    "whoUnknown": _("Vous n’êtes pas connecté·e : connectez-vous tant qu’il y a du réseau."),
    "ready": _("prête, même sans réseau"),
    "exported": _("Dans le fichier : {what}. Tout reste aussi ici."),
    "nothingToExport": _("Rien n’attend d’être envoyé."),
    "imported": _("Repris du fichier : {what}."),
    "importWrong": _("Ce fichier n’est pas celui d’un carnet, ou il est abîmé."),
    "importPart": _("Parties abîmées du fichier, non reprises : {n}."),
    "importShort": _("Il manque une partie du fichier : demandez-le de nouveau."),
    "altered": _("Le serveur a gardé autre chose que ce que vous avez noté : la note reste ici."),
    "unreadable": _("Réponse illisible du serveur : la note reste ici."),
    "planLabel": _("Plan de l’itinéraire, haltes numérotées : {n}"),
}
