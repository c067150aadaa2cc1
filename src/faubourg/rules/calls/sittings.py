"""The calendar of a jury's sitting: invitation ten days before, alert on the quorum two days before.

Our own choices, no text sets them; days are those of Europe/Paris, counted by whoever gives them.
"""

from datetime import date, timedelta

from ..verdict import Reason, mark

INVITE_DAYS = 10
ALERT_DAYS = 2


def invite_by(sits_on: date) -> date:
    """The last day to send the invitation with its dossiers."""
    return sits_on - timedelta(days=INVITE_DAYS)


def alert_on(sits_on: date) -> date:
    """From that day on, a quorum that is not announced is worth a call."""
    return sits_on - timedelta(days=ALERT_DAYS)


def judge_invitation(sits_on: date, invited_on: date | None, on: date) -> Reason:
    """Whether the members were invited in time; None while there is still time."""
    due = invite_by(sits_on)
    params = {"due": due, "invited": invited_on, "days": INVITE_DAYS}
    met: bool | None
    if invited_on is not None and invited_on <= due:
        met, sentence = True, mark("Convoquée le {invited}, {days} jours au moins avant la séance.")
    elif invited_on is not None:
        met, sentence = False, mark("Convoquée le {invited} : c’était à faire avant le {due}.")
    elif on <= due:
        met, sentence = None, mark("À convoquer le {due} au plus tard, {days} jours avant la séance.")
    else:
        met, sentence = False, mark("La convocation devait partir le {due} au plus tard : envoyez-la.")
    return Reason("sitting_invitation", met, sentence, params, due, invited_on or on)


def judge_announced(sits_on: date, announced: int, needed: int, on: date) -> Reason:
    """Whether enough members who vote said that they come; an alert two days before."""
    params = {"announced": announced, "needed": needed, "lacking": max(0, needed - announced)}
    met: bool | None
    if announced >= needed:
        met, sentence = True, mark("Présences annoncées : {announced} ; il en faut {needed}.")
    elif on < alert_on(sits_on):
        met, sentence = (
            None,
            mark("Présences annoncées : {announced} ; il en faut {needed}, il y a le temps."),
        )
    else:
        met, sentence = False, mark(
            "Présences annoncées : {announced} ; il en faut {needed}, il en manque {lacking} : appelez les "
            "membres."
        )  # fmt: skip
    return Reason("sitting_announced", met, sentence, params, needed, announced)
