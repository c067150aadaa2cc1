"""The grid that is offered to begin with, in our own words: partners change it as they like."""

from dataclasses import dataclass

from faubourg.contracts.models import GridQuestion

Answer, Asked = GridQuestion.Answer, GridQuestion.Asked
POINTS = Answer.POINTS


@dataclass(frozen=True, slots=True)
class Asking:
    """One question of the model, in French: a grid is a document of the contract, written by its partners."""

    section: str
    text: str
    answer: str = Answer.TEXT
    asked: str = Asked.BOTH
    required: bool = True
    help: str = ""


HELP = "Un constat par ligne, avec son thème ; dites le quartier quand il n’est pas partout."
LIVING, SOCIAL, WORK = "Cadre de vie et logement", "Cohésion sociale", "Emploi et activité"

MODEL = (
    Asking("Le territoire", "Qu’est-ce qui a changé depuis le contrat précédent ?"),
    Asking("Le territoire", "Où la situation s’est-elle dégradée, et depuis quand ?", asked=Asked.COMMUNES),
    Asking("Le territoire", "Quelles sources avez-vous lues ?", required=False),
    Asking(SOCIAL, "École, santé, culture, lien social : forces et faiblesses", POINTS, help=HELP),
    Asking(SOCIAL, "À quels habitants les services ne parlent-ils pas encore ?"),
    Asking(LIVING, "Logement, espaces publics, déplacements : forces et faiblesses", POINTS, help=HELP),
    Asking(LIVING, "Un renouvellement urbain est-il en cours ?", Answer.YES_NO, Asked.COMMUNES),
    Asking(WORK, "Emploi, formation, commerces, entreprises : forces et faiblesses", POINTS, help=HELP),
    Asking(WORK, "Combien de personnes l’insertion suit-elle ?", Answer.NUMBER, Asked.COMMUNES, False),
    Asking("Tranquillité", "Prévention, sécurité, vie la nuit : forces et faiblesses", POINTS, help=HELP),
    Asking("Habitants", "Comment les habitants ont-ils pris part à ce diagnostic ?"),
    Asking("Droit commun", "Qu’apporte déjà le droit commun, et que manque-t-il ?"),
    Asking("Enjeux", "Quels enjeux porter au contrat, et par quels objectifs ?"),
)
