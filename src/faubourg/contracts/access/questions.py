"""Who may question, who reads what is not public yet, who takes the next step.

Anybody with an account may type a difficulty for a council or a group; the officer of the contract and the
State's delegate read it first, then follow it. The tracker itself is public and names no person.
"""

from datetime import date

from faubourg.contracts.models import Contract, Interpellation
from faubourg.people.access import Visitor
from faubourg.people.models import Person
from faubourg.rules.verdict import Verdict, mark

from .workings import can_write_workings, needs

SIGN_IN_TO_SUBMIT = mark(
    "Connectez-vous pour déposer une difficulté au nom d’un conseil ou d’un groupe. Un compte suffit, "
    "votre nom n’est jamais montré."
)


def can_submit_question(person: Visitor) -> Verdict:
    """Whoever has an account, for a council or a group."""
    return Verdict.yes() if isinstance(person, Person) else Verdict.no("sign_in", SIGN_IN_TO_SUBMIT)


def can_follow_questions(person: Visitor, contract: Contract, on: date | None = None) -> Verdict:
    """Read what was submitted, make it public or send it back, take each step: who writes the workings."""
    return can_write_workings(person, contract, on)


def can_read_question(person: Visitor, question: Interpellation, on: date | None = None) -> Verdict:
    """Everybody once it is public; before, its author and who follows."""
    if question.published_on is not None or _wrote(person, question):
        return Verdict.yes()
    return needs(
        person,
        bool(can_follow_questions(person, question.contract, on).ok),
        "question_unread",
        mark(
            "Cette difficulté n’a pas encore été relue par l’équipe du contrat : elle sera publique ensuite."
        ),
    )


def can_amend_question(person: Visitor, question: Interpellation) -> Verdict:
    """Its author, once it was sent back."""
    sent_back = question.sent_back_on is not None
    return needs(
        person,
        _wrote(person, question) and sent_back,
        "question_not_sent_back",
        mark("Une difficulté se corrige par son auteur, quand elle lui a été renvoyée avec un motif."),
    )


def _wrote(person: Visitor, question: Interpellation) -> bool:
    return isinstance(person, Person) and question.entered_by == person.ref
