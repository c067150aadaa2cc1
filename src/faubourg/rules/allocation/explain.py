"""Why a dossier is not proposed: what is impossible, or what would have had to give."""

from collections.abc import Sequence

from faubourg.rules.verdict import Reason, Verdict, mark

from .facts import ANY, WHOLE_BP, Call, Candidate, Envelope
from .leftover import easiest
from .participation import cheapest, drawn_by, worth_of
from .program import CENTS, Floats

BEST_SCORE = 100.0


def why_not(call: Call, candidate: Candidate, left: Sequence[int], prices: Floats) -> Verdict:
    """The reasons of one dossier that is not retained, in the order in which one would act on them."""
    if candidate.blocked == "offers":
        return Verdict((_no_offer(candidate),))
    if candidate.blocked == "local":
        return Verdict((_no_local_share(call, candidate),))
    found = easiest(call, candidate, left)
    if found is None:
        return Verdict((_floors_in_the_way(candidate),))
    lacking = [
        _lacks(call.envelopes[rank], cents, left[rank])
        for rank, cents in enumerate(drawn_by(candidate, found, len(left)))
        if cents > left[rank]
    ]
    return Verdict((*(lacking or (_others_do_more(),)), *_score_needed(call, candidate, prices)))


def minimum_lowered(territory: str, wanted: int, reached: int) -> Reason:
    """A minimum that the requests and envelopes cannot reach, and what is asked for instead."""
    return Reason(
        code="minimum_out_of_reach",
        met=False,
        template=mark(
            "Le minimum de {wanted} pour {territory} n’est pas atteignable avec ces demandes et ces "
            "enveloppes : la proposition en retient {reached}."
        ),
        params={"wanted": euros(wanted), "territory": territory, "reached": euros(reached)},
        threshold=wanted,
        operand=reached,
    )


def euros(cents: int) -> str:
    """« 12 400,50 € », exact."""
    whole, rest = divmod(cents, 100)
    digits = f"{whole:,}".replace(",", "\u202f")
    return f"{digits},{rest:02d}\u00a0€" if rest else f"{digits}\u00a0€"


def _no_offer(candidate: Candidate) -> Reason:
    most = sum(offer.cap_cents for offer in candidate.offers)
    return Reason(
        code="need_beyond_offers",
        met=False,
        template=mark(
            "Le projet a besoin de {need} au moins ; les planchers, les plafonds et les enveloppes de cet "
            "appel ne permettent pas plus de {most}."
        ),
        params={"need": euros(candidate.need_cents), "most": euros(most)},
        threshold=candidate.need_cents,
        operand=most,
    )


def _no_local_share(call: Call, candidate: Candidate) -> Reason:
    return Reason(
        code="local_share_out_of_reach",
        met=False,
        template=mark(
            "La part des collectivités locales, {share} % du budget, n’est pas atteignable : l’une d’elles "
            "devrait apporter {need} encore."
        ),
        params={
            "share": f"{call.terms.local_bp / WHOLE_BP * 100:g}".replace(".", ","),
            "need": euros(candidate.local_need_cents),
        },
        threshold=call.terms.local_bp,
    )


def _floors_in_the_way(candidate: Candidate) -> Reason:
    return Reason(
        code="floors_in_the_way",
        met=False,
        template=mark(
            "Aucun partage entre financeurs ne respecte à la fois leurs planchers et {need} de besoin."
        ),
        params={"need": euros(candidate.need_cents)},
    )


def _lacks(envelope: Envelope, drawn: int, left: int) -> Reason:
    told = [envelope.funder, *(word for word in (envelope.nature, envelope.territory) if word != ANY)]
    return Reason(
        code="envelope_short",
        met=False,
        template=mark("Il aurait fallu {lack} de plus dans l’enveloppe {envelope}, où il reste {left}."),
        params={"lack": euros(drawn - left), "envelope": " · ".join(told), "left": euros(left)},
        threshold=drawn,
        operand=left,
    )


def _others_do_more() -> Reason:
    return Reason(
        code="minimum_elsewhere",
        met=False,
        template=mark(
            "L’argent restant suffirait, mais la proposition n’est prouvée qu’à son écart près : le jury "
            "peut ajouter ce dossier."
        ),
    )


def _score_needed(call: Call, candidate: Candidate, prices: Floats) -> tuple[Reason, ...]:
    """About the score from which the relaxed program would take it; silent when no score would do."""
    found = cheapest(call, candidate, worth_of(candidate, prices))
    weight = call.terms.weight(candidate.dossier.territory)
    if found is None or not weight:
        return ()
    needed = found.cost / CENTS / weight
    if not candidate.dossier.quality < needed <= BEST_SCORE:
        return ()
    return (
        Reason(
            code="score_needed",
            met=False,
            template=mark("Ou une note d’environ {needed} au lieu de {score}, à demandes égales."),
            params={
                "needed": f"{needed:.1f}".replace(".", ","),
                "score": f"{candidate.dossier.quality:g}".replace(".", ","),
            },
            threshold=needed,
            operand=candidate.dossier.quality,
            decides=False,
        ),
    )
