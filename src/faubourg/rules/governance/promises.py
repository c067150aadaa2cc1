"""A decision of a meeting is a promise: late or not, in time for the next meeting, closed with a proof."""

from datetime import date

from faubourg.rules.verdict import Reason, Verdict, mark


def in_time(due_on: date | None, on: date) -> Verdict:
    """Of an open decision: is its day, included, still ahead? Unknown without a day."""
    if due_on is None:
        return Verdict((Reason("no_day", None, mark("Aucune échéance n’est fixée.")),))
    days = (due_on - on).days
    if days < 0:
        return Verdict.no("late", mark("En retard de {days} j."), days=-days)
    return Verdict(
        (
            Reason("ahead", True, mark("Encore {days} j."), {"days": days}, threshold=due_on, operand=on)
            if days
            else Reason("today", True, mark("À faire aujourd’hui."), threshold=due_on, operand=on),
        )
    )


def before_next(due_on: date | None, next_on: date | None) -> Verdict:
    """Is it due before the body meets again? Unknown when either day is."""
    if next_on is None:
        return Verdict((Reason("no_meeting", None, mark("Aucune prochaine réunion n’est prévue.")),))
    if due_on is None:
        return Verdict(
            (
                Reason(
                    "no_day",
                    None,
                    mark("Sans échéance : la prochaine réunion est le {next}."),
                    {"next": next_on},
                ),
            )
        )
    met = due_on <= next_on
    return Verdict(
        (
            Reason(
                "next",
                met,
                mark("À livrer avant la prochaine réunion, le {next}.")
                if met
                else mark("La prochaine réunion, le {next}, vient avant l’échéance."),
                {"next": next_on},
                threshold=next_on,
                operand=due_on,
            ),
        )
    )


def may_close(*, is_open: bool, evidence: str, has_document: bool) -> Verdict:
    """Done is shown: a sentence or a document."""
    return Verdict(
        (
            _open(is_open),
            Reason(
                "evidence",
                bool(evidence.strip()) or has_document,
                mark("Montrez ce qui est fait : une phrase, une adresse ou un document."),
            ),
        )
    )


def may_drop(*, is_open: bool, reason: str) -> Verdict:
    """Given up is explained."""
    return Verdict(
        (
            _open(is_open),
            Reason(
                "evidence",
                bool(reason.strip()),
                mark("Dites en une phrase pourquoi cette décision est abandonnée."),
            ),
        )
    )


def may_reopen(*, is_open: bool, reason: str) -> Verdict:
    """What was closed too soon comes back, with a word."""
    return Verdict(
        (
            Reason("state", not is_open, mark("Cette décision est encore ouverte.")),
            Reason("note", bool(reason.strip()), mark("Dites en une phrase pourquoi elle est rouverte.")),
        )
    )


def _open(is_open: bool) -> Reason:
    return Reason("state", is_open, mark("Cette décision est déjà close."))
