"""What is said of a walk in public: the group and never its members, what became of each thing."""

from django.utils.translation import gettext, ngettext

from faubourg.rules.proximity.circuits import REPORT

from .models import Observation, Proposal, Walk

# Below, saying how many they were nearly says who they were.
LEAST_COUNTED = 5


def group_words(walk: Walk) -> str:
    """« un groupe de 12 personnes »; nobody is counted in a group that is too small."""
    count = walk.people_count or 0
    if walk.kind == Walk.Kind.EXPLORATORY:
        if count < LEAST_COUNTED:
            return gettext("un groupe de femmes du quartier")
        told = ngettext("un groupe de %(n)s femme", "un groupe de %(n)s femmes", count)
    else:
        if count < LEAST_COUNTED:
            return gettext("un petit groupe")
        told = ngettext("un groupe de %(n)s personne", "un groupe de %(n)s personnes", count)
    return told % {"n": count}


def follow_words(observation: Observation) -> str:
    """What became of it: its report with where it stands, what was written, or that it is not known yet."""
    if observation.ticket is not None:
        state = gettext(REPORT.states[observation.ticket.state])
        told = gettext("Signalement %(ref)s, %(state)s.")
        return told % {"ref": observation.ticket.reference, "state": state}
    return observation.outcome


def fate_words(proposal: Proposal) -> str:
    """What becomes of a proposal, with its reason or the state of its action."""
    fate = str(proposal.get_fate_display())
    if proposal.fate == Proposal.Fate.DROPPED:
        return f"{fate} : {proposal.reason}"
    if proposal.action is not None:
        return f"{fate} ({proposal.action.get_state_display()})"
    return fate
