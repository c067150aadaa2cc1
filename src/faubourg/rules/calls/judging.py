"""May this dossier be received under this rule set, at that moment? Every reason, in the order of the text.

The moment of the submission is given; so is the set, chosen by its reference day (`rule_set.resolve`). A
late flag or a warning is a reason that fails and does not decide.
"""

from collections.abc import Iterator
from datetime import datetime

from ..verdict import LegalSource, Reason, Verdict, mark
from . import money
from .facts import Facts
from .moments import Moment, in_paris
from .rule_set import Condition, Measure, RuleSet, Sanction, Step, Window

UNKNOWN_MEASURE = mark("« {measure} » n’est pas une mesure de « {name} » ; il y a {known}.")
_WINDOW = {
    Sanction.BLOCK: mark("Déposé le {at}, après la clôture du {closes} : hors délai, irrecevable."),
    Sanction.LATE_FLAG: mark("Déposé le {at}, après la clôture du {closes} : reçu et signalé hors délai."),
    Sanction.WARN: mark("Déposé le {at}, après la clôture du {closes} : reçu, à expliquer."),
}
# Whom a text names in a word; another word of an authority is kept as it is.
_PARTIES = {"commune": mark("commune"), "epci": mark("intercommunalité"), "state": mark("État")}
_CONDITIONS: dict[Condition, tuple[str, str, str]] = {
    Condition.PRIORITY_GEOGRAPHY: (
        mark("Le projet se déroule dans la géographie prioritaire."),
        mark("La mesure est réservée à la géographie prioritaire : le projet n’y est pas."),
        mark("Dites où se déroule le projet : la mesure est réservée à la géographie prioritaire."),
    ),
    Condition.SHARED_DIAGNOSIS: (
        mark("Un diagnostic partagé précède le projet."),
        mark("La mesure demande un diagnostic partagé préalable : il n’y en a pas."),
        mark("Joignez le diagnostic partagé : la mesure le demande au préalable."),
    ),
    Condition.EPCI_RANKED: (
        mark("L’intercommunalité a priorisé le projet."),
        mark("L’intercommunalité n’a pas priorisé le projet : la mesure le demande."),
        mark("L’intercommunalité ne s’est pas encore prononcée sur la priorité du projet."),
    ),
    Condition.OBJECTIVE_LINKED: (
        mark("Le projet sert au moins un objectif du contrat de ville."),
        mark("Le projet ne sert aucun objectif du contrat de ville : reliez-le à l’un d’eux."),
        mark("Reliez le projet à un objectif du contrat de ville."),
    ),
}
# The priority comes after the submission: it is shown, and decides at the jury.
_LATER = frozenset({Condition.EPCI_RANKED})


def judge(facts: Facts, rule_set: RuleSet, at: datetime) -> Verdict:
    """Every criterion of the set. Raises ValueError when the moment is naive or an amount negative.

    >>> from .presets import preset
    >>> from .moments import PARIS
    >>> judge(Facts("f1", {"operating": 199_999}), preset("npdc-2014"), datetime(2015, 1, 5, tzinfo=PARIS)).ok
    False
    """
    moment = in_paris(at)
    money.check(facts)
    reasons = [*_in_time(facts.step, rule_set, moment)]
    measure = rule_set.measure(facts.measure)
    if measure is None:
        known = ", ".join(each.code for each in rule_set.measures)
        params = {"measure": facts.measure, "name": rule_set.name, "known": known}
        return Verdict((*reasons, Reason("measure", False, UNKNOWN_MEASURE, params, known, facts.measure)))
    source = source_of(rule_set, measure)
    reasons += _applicant(facts, measure, source)
    reasons += money.reasons(facts, measure, source)
    if facts.step is Step.APPLICATION:
        reasons += _themes(facts, measure, source)
        reasons += [_condition(facts, condition, source) for condition in measure.conditions]
        reasons += _exclusions(facts, rule_set, source)
        reasons += _before(facts, rule_set)
        reasons += _pieces(facts, rule_set, source)
    return Verdict((*reasons, *unconfirmed(rule_set, measure, facts.step)))


def judge_window(step: Step, rule_set: RuleSet, at: datetime) -> Verdict:
    """The window alone: what the page shows before anything is filled in."""
    return Verdict(tuple(_in_time(step, rule_set, in_paris(at))))


def source_of(rule_set: RuleSet, measure: Measure | None = None) -> LegalSource:
    """The text of the set, at the article of the measure."""
    source = rule_set.source
    return LegalSource(source.text, (measure.article if measure else "") or source.article, source.since)


def _in_time(step: Step, rule_set: RuleSet, at: Moment) -> Iterator[Reason]:
    window = rule_set.window(step)
    if window is None:
        return
    closes, source = in_paris(window.closes), source_of(rule_set)
    opens = None if window.opens is None else in_paris(window.opens)
    params = {"at": at, "closes": closes, "opens": opens}
    if opens is not None and _before_second(at, opens):
        sentence = mark("Le dépôt ouvre le {opens} ; revenez alors, rien de ce qui est saisi n’est perdu.")
        yield Reason("window-early", False, sentence, params, opens, at, source)
    elif _before_second(closes, at):
        yield _late(window, params, closes, at, source)
    else:
        sentence = mark("Déposé le {at}, avant la clôture du {closes}.")
        yield Reason("window", True, sentence, params, closes, at, source)


def _before_second(one: Moment, other: Moment) -> bool:
    # Two moments of one zone compare by their clock, which the autumn hour shows twice: seconds do not.
    return one.timestamp() < other.timestamp()


def _late(
    window: Window, params: dict[str, Moment | None], closes: Moment, at: Moment, source: LegalSource
) -> Reason:
    blocks = window.sanction is Sanction.BLOCK
    code = f"window-{window.sanction.value.replace('_', '-')}"
    return Reason(code, False, _WINDOW[window.sanction], params, closes, at, source, decides=blocks)


def _applicant(facts: Facts, measure: Measure, source: LegalSource) -> Iterator[Reason]:
    if not measure.applicants:
        return
    params = {"applicant": facts.applicant, "accepted": ", ".join(measure.applicants)}
    if not facts.applicant:
        met, sentence = None, mark("Dites qui demande : la mesure est ouverte à {accepted}.")
    elif facts.applicant in measure.applicants:
        met, sentence = True, mark("Le demandeur ({applicant}) est de ceux que la mesure accepte.")
    else:
        met, sentence = False, mark("La mesure est ouverte à {accepted} ; le demandeur est « {applicant} ».")
    yield Reason("applicant", met, sentence, params, measure.applicants, facts.applicant, source)


def _themes(facts: Facts, measure: Measure, source: LegalSource) -> Iterator[Reason]:
    if not measure.themes:
        return
    named = {theme.code: theme.name for theme in measure.themes}
    found = [named[theme] for theme in facts.themes if theme in named]
    params = {"found": ", ".join(found), "n": len(named), "names": " ; ".join(named.values())}
    sentence = (
        mark("Le projet relève de : {found}.")
        if found
        else mark("Le projet ne relève d’aucun des {n} thèmes de la mesure : {names}.")
    )
    yield Reason(
        "theme", bool(found), sentence, params, tuple(named), facts.themes, source, measure.themes_required
    )


def _condition(facts: Facts, condition: Condition, source: LegalSource) -> Reason:
    met = facts.conditions.get(condition)
    yes, no, unknown = _CONDITIONS[condition]
    sentence = {True: yes, False: no, None: unknown}[met]
    code = condition.value.replace("_", "-")
    return Reason(code, met, sentence, {}, True, met, source, condition not in _LATER)


def _exclusions(facts: Facts, rule_set: RuleSet, source: LegalSource) -> Iterator[Reason]:
    for exclusion in rule_set.exclusions:
        if not exclusion.bears_on(facts.measure):
            continue
        applies, claim = facts.excluded.get(exclusion.code), facts.claims.get(exclusion.code)
        code = f"exclusion-{exclusion.code}"
        params = {"name": exclusion.name, "exception": exclusion.exception}
        justified = claim is not None and claim.justification.strip() != ""
        met: bool | None = None
        if applies is None:
            sentence = mark("Dites si ce cas est le vôtre : {name}.")
        elif not applies:
            met, sentence = True, mark("Le demandeur n’est pas dans ce cas : {name}.")
        elif not exclusion.exception:
            met, sentence = False, mark("Exclu : {name}. Ce texte ne prévoit pas d’exception.")
        elif not justified or claim is None:
            met = False
            sentence = mark("Exclu : {name}. Une exception existe, à justifier par écrit : {exception}.")
        elif claim.accepted is None:
            sentence = mark("Exception demandée ({exception}) ; il reste à en décider.")
        elif claim.accepted:
            met, sentence = True, mark("Exception accordée : {exception}.")
        else:
            met, sentence = False, mark("Exception refusée ({exception}) ; exclu : {name}.")
        yield Reason(code, met, sentence, params, exclusion.exception or None, applies, source)


def _before(facts: Facts, rule_set: RuleSet) -> Iterator[Reason]:
    """What precedes a full dossier: talks with the technicians, the opinion on its « fiche »."""
    source = source_of(rule_set)
    for whom in rule_set.prior_contacts:
        met = whom in facts.contacts
        sentence = (
            mark("Un contact préalable est noté ({whom}).")
            if met
            else mark("Aucun contact préalable n’est noté ({whom}) : il est indispensable avant le dépôt.")
        )
        yield Reason(f"contact-{whom}", met, sentence, {"whom": _PARTIES.get(whom, whom)}, whom, met, source)
    if rule_set.intent_opinion is not None:
        opinion = {
            True: mark("La fiche synthétique est jugée conforme."),
            False: mark("La fiche synthétique est jugée non conforme aux attentes locales."),
            None: mark("Aucun avis n’est rendu sur une fiche synthétique de ce projet."),
        }[facts.conforming]
        blocks = rule_set.intent_opinion is Sanction.BLOCK
        met_opinion = facts.conforming is True
        yield Reason("intent-opinion", met_opinion, opinion, {}, True, facts.conforming, source, blocks)


def _pieces(facts: Facts, rule_set: RuleSet, source: LegalSource) -> Iterator[Reason]:
    for piece in rule_set.pieces:
        if piece.measures and facts.measure not in piece.measures:
            continue
        met = piece.code in facts.pieces
        sentence = mark("Pièce jointe : {name}.") if met else mark("Il manque une pièce : {name}.")
        yield Reason(f"piece-{piece.code}", met, sentence, {"name": piece.name}, piece.code, met, source)


def unconfirmed(rule_set: RuleSet, measure: Measure, step: Step) -> Iterator[Reason]:
    """What the text leaves open and the authority has still to confirm; it never decides."""
    window = rule_set.window(step)
    share = measure.local_share
    exclusions = [each for each in rule_set.exclusions if each.bears_on(measure.code)]
    for about in (rule_set, window, measure, share, *exclusions):
        if about is not None and about.to_confirm:
            sentence = mark("À confirmer par l’autorité : {what}")
            what, source = {"what": about.to_confirm}, source_of(rule_set, measure)
            yield Reason("to-confirm", None, sentence, what, source=source, decides=False)
