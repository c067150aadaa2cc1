"""How somebody wants to be told: nothing is asked of whoever wants no news, what is given can be reached."""

import re
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from faubourg.base.text import printable
from faubourg.rules.verdict import Reason, Verdict, mark

from ..models import Ticket

Answer = Ticket.Answer
# In France ten digits, or fifteen at most with the sign of a country.
_PHONE = re.compile(r"(\+\d{8,15}|0\d{9})")
_NOT_DIALLED = re.compile(r"[\s.\-()/\u00a0\u202f]")


@dataclass(frozen=True, slots=True)
class Contact:
    """`address` is an e-mail or a telephone number as `answer_by` says, `postal` that of a letter."""

    answer_by: str = Answer.NONE
    address: str = ""
    name: str = ""
    postal: str = ""

    def tidied(self) -> "Contact":
        """Without signs that nobody sees; a number without its dots, nothing kept that is not needed."""
        address = printable(self.address).strip()[:254]
        if self.answer_by in (Answer.SMS, Answer.PHONE):
            address = _NOT_DIALLED.sub("", address)
        lines = [line.strip() for line in printable(self.postal).splitlines() if line.strip()]
        return replace(
            self,
            address="" if self.answer_by in (Answer.NONE, Answer.LETTER) else address,
            name="" if self.answer_by == Answer.NONE else printable(self.name).strip()[:150],
            postal="\n".join(lines)[:600] if self.answer_by == Answer.LETTER else "",
        )


def judge_contact(contact: Contact) -> Verdict:
    """Whether news can reach them; tidied first."""
    match contact.answer_by:
        case Answer.NONE:
            return Verdict.yes()
        case Answer.EMAIL:
            met, words = (
                _is_email(contact.address),
                mark("Vérifiez le courriel : par exemple nom@exemple.fr."),
            )
        case Answer.SMS | Answer.PHONE:
            met = _PHONE.fullmatch(contact.address) is not None
            words = mark("Vérifiez le numéro de téléphone : dix chiffres, par exemple 06 12 34 56 78.")
        case Answer.LETTER:
            met = bool(contact.name) and "\n" in contact.postal
            words = mark("Pour une lettre, il faut un nom et une adresse : rue, puis code postal et ville.")
        case _:
            met, words = False, mark("Choisissez comment être prévenu dans la liste.")
    return Verdict((Reason("filing-contact", met, words),))


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
