"""What may be done on a report, in the order of its sheet: whose act, which form, which service."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from faubourg.people.access import Visitor
from faubourg.rules.proximity.circuits import REPORT
from faubourg.rules.verdict import Verdict

from .access import tickets as rights
from .forms import tickets as forms
from .models import Ticket
from .services import attributing, repairing, settling

May = Callable[[Visitor, Ticket], Verdict]


@dataclass(frozen=True, slots=True)
class Act:
    """`transition`: that of the table of reports, empty when it moves nothing. `first`: shown open."""

    code: str
    label: str | Promise
    done: str | Promise
    form: type[forms.ActForm]
    may: May
    do: Callable[..., Any]
    transition: str = ""
    first: bool = False

    def open_to(self, ticket: Ticket) -> bool:
        """Whether the state of the report leaves room for it."""
        if not self.transition:
            return True
        return REPORT.may_start(self.transition, ticket.state).ok is True


TEAM, PARTNER = rights.can_run_ticket, rights.can_repair
ACTS = (
    Act("qualifier", _("Qualifier"), _("Le signalement est qualifié."), forms.QualifyForm, TEAM,
        attributing.qualify, "qualify", first=True),
    Act("arbitrer", _("Arbitrer"), _("L’arbitrage est rendu."), forms.ArbitrateForm, TEAM,
        attributing.arbitrate, "arbitrate", first=True),
    Act("attribuer", _("Attribuer à un partenaire"), _("Le signalement est attribué."), forms.PartnerForm,
        TEAM, attributing.assign, "assign"),
    Act("declarer-fait", _("Déclarer fait"), _("C’est déclaré fait : un·e habitant·e le vérifie."),
        forms.DoneForm, PARTNER, repairing.declare_done, "declare_done", first=True),
    Act("planifier", _("Planifier"), _("Le jour est noté."), forms.PlanForm, PARTNER, repairing.plan, "plan",
        first=True),
    Act("commencer", _("Commencer"), _("Le travail est commencé."), forms.PlainForm, PARTNER,
        repairing.start, "start"),
    Act("contester", _("Ce n’est pas à nous : contester"), _("La contestation part en arbitrage."),
        forms.ReasonForm, PARTNER, attributing.contest, "contest"),
    Act("sans-responsable", _("Personne n’en est responsable"), _("Le lieu attend un arbitrage."),
        forms.ReasonForm, TEAM, attributing.find_no_owner, "find_no_owner"),
    Act("associer", _("Associer un autre partenaire"), _("Le partenaire est associé."), forms.ShareForm,
        TEAM, attributing.share),
    Act("doublon", _("Rattacher comme doublon"), _("Le doublon est rattaché."), forms.DuplicateForm, TEAM,
        settling.mark_duplicate, "mark_duplicate"),
    Act("detacher", _("Détacher du doublon"), _("Le signalement est détaché."), forms.ReasonForm, TEAM,
        settling.undo_duplicate, "undo_duplicate"),
    Act("transmettre", _("Transmettre au bon guichet"), _("Le signalement est transmis."), forms.ReferForm,
        TEAM, settling.refer, "refer"),
    Act("refuser", _("Refuser"), _("Le refus et son motif sont publics."), forms.PublicReasonForm, TEAM,
        settling.refuse, "refuse"),
    Act("reprendre", _("Reprendre l’examen"), _("L’examen reprend."), forms.ReasonForm, TEAM,
        settling.reconsider, "reconsider"),
    Act("rouvrir", _("Rouvrir"), _("Le signalement est rouvert."), forms.ReasonForm, TEAM,
        repairing.reopen, "reopen"),
    Act("noter", _("Écrire aux services"), _("Le message est gardé."), forms.NoteForm,
        rights.can_read_workings, attributing.note),
)  # fmt: skip
BY_CODE = {act.code: act for act in ACTS}


def acts_for(person: Visitor, ticket: Ticket) -> list[Act]:
    """What this person may do now; each right is asked once."""
    answers: dict[May, bool] = {}
    found = []
    for act in ACTS:
        if act.may not in answers:
            answers[act.may] = act.may(person, ticket).ok is True
        if answers[act.may] and act.open_to(ticket):
            found.append(act)
    return found
