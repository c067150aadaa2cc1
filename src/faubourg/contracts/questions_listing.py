"""The public tracker of interpellations: columns, order, what the files say."""

from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from faubourg.base.listing import Column, Listing

from .listings import contract_url
from .models import Interpellation


def question_url(question: Interpellation) -> str:
    """The page of one difficulty."""
    return contract_url(question.contract, "contract_question", question.pk)


def _place(question: Interpellation) -> str:
    return question.neighbourhood.name if question.neighbourhood else gettext("tout le contrat")


def _first(question: Interpellation) -> date | None:
    return next((step.on for step in question.steps.all()), None)


def _last(question: Interpellation) -> date | None:
    return next((step.on for step in reversed(list(question.steps.all()))), None)


QUESTIONS = Listing(
    title=_("Interpellations"),
    columns=[
        Column(name="difficulte", label=_("Difficulté"), value="title", sort=("title",), url=question_url),
        Column(name="deposee-par", label=_("Déposée par"), value="submitted_by", sort=("submitted_by",)),
        Column(name="quartier", label=_("Quartier"), value=_place, sort=("neighbourhood__sort_key", "pk")),
        Column(name="deposee-le", label=_("Déposée le"), value=_first, sort=("pk",)),
        Column(
            name="etat",
            label=_("Où elle en est"),
            value=Interpellation.get_state_display,
            sort=("state", "pk"),
        ),
        Column(name="depuis", label=_("Depuis le"), value=_last),
    ],
    default_sort="-deposee-le",
    caption_lines=lambda: [
        gettext("Droit d’interpellation, loi n° 2017-86 du 27 janvier 2017. Aucun nom de personne.")
    ],
)
