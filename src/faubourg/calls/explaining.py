"""A rule set in plain sentences, in the order of the text: what the public page and the rules' own page say.

Each sentence says one rule as it stands, with its threshold; what the text leaves open is marked.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from faubourg.base import numbers
from faubourg.rules.calls import Base, Condition, RuleSet, Sanction, Step
from faubourg.rules.calls.judging import source_of
from faubourg.rules.calls.moments import in_paris
from faubourg.rules.calls.rule_set import Exclusion, Grid, Jury, LocalShare, Measure, Window
from faubourg.rules.verdict import LegalSource

Words = str | Promise
NATURES: dict[str, Words] = {
    "operating": gettext_lazy("fonctionnement"),
    "investment": gettext_lazy("investissement"),
}
LEVELS: dict[str, Words] = {
    "commune": gettext_lazy("la commune"),
    "epci": gettext_lazy("l’intercommunalité"),
    "departement": gettext_lazy("le Département"),
}
COLLEGES: dict[str, Words] = {
    "elus_epci": gettext_lazy("élus de l’intercommunalité"),
    "elus_region": gettext_lazy("élus de la Région"),
}
STEPS: dict[Step, Words] = {
    Step.INTENT: gettext_lazy("Fiche synthétique"),
    Step.APPLICATION: gettext_lazy("Dossier complet"),
}
BASES: dict[Base, Words] = {
    Base.TOTAL_BUDGET: gettext_lazy("du budget total de l’action"),
    Base.ELIGIBLE_COST: gettext_lazy("des dépenses éligibles"),
    Base.PUBLIC_FUNDING: gettext_lazy("des financements publics"),
}
AFTER: dict[Sanction, Words] = {
    Sanction.BLOCK: gettext_lazy("Une seconde après, le dépôt est refusé ; ce qui est saisi est gardé."),
    Sanction.LATE_FLAG: gettext_lazy("Après, le dépôt est reçu et signalé hors délai."),
    Sanction.WARN: gettext_lazy("Après, le dépôt est reçu avec un avertissement."),
}
CONDITIONS: dict[Condition, Words] = {
    Condition.PRIORITY_GEOGRAPHY: gettext_lazy("Le projet se déroule dans la géographie prioritaire."),
    Condition.SHARED_DIAGNOSIS: gettext_lazy("Un diagnostic partagé précède le projet."),
    Condition.EPCI_RANKED: gettext_lazy(
        "L’intercommunalité priorise les projets ; sa priorité est regardée par le jury."
    ),
    Condition.OBJECTIVE_LINKED: gettext_lazy("Le projet sert un objectif du contrat de ville."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence; `open`: what the text leaves to the authority, shown as such."""

    text: str
    open: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the rules with its title, its text of reference and its sentences."""

    id: str
    title: str
    source: LegalSource
    lines: tuple[Line, ...]


def badge_of(rule_set: RuleSet) -> str:
    """« Règle 2014, Région Nord-Pas-de-Calais »."""
    return _("Règle %(year)s, %(authority)s") % {
        "year": rule_set.valid_from.year,
        "authority": rule_set.authority,
    }


def explained(rule_set: RuleSet) -> list[Section]:
    """Everything that the set decides."""
    own = source_of(rule_set)
    before = tuple(_before(rule_set))
    sections = [
        Section("depots", _("Quand déposer"), own, tuple(_windows(rule_set))),
        *([Section("avant", _("Avant de déposer"), own, before)] if before else []),
        *(
            Section(f"mesure-{rank}", measure.name, source_of(rule_set, measure), tuple(_measure(measure)))
            for rank, measure in enumerate(rule_set.measures, 1)
        ),
        Section("exclusions", _("Ce qui exclut"), own, tuple(_exclusions(rule_set.exclusions))),
        Section("pieces", _("Pièces à joindre"), own, tuple(_pieces(rule_set))),
        Section("jurys", _("Qui décide"), own, tuple(_juries(rule_set.juries))),
        Section("grille", _("Comment c’est noté"), own, tuple(_grid(rule_set.grid))),
    ]
    if rule_set.to_confirm:
        sections.insert(0, Section("ouvert", _("À savoir"), own, tuple(_open(rule_set.to_confirm))))
    return sections


def window_in_words(window: Window) -> str:
    """« du … au 23 janvier 2015 à 23:59:59 (heure de Paris) »."""
    closes = _moment(window.closes)
    if window.opens is None:
        return _("jusqu’au %(closes)s (heure de Paris)") % {"closes": closes}
    return _("du %(opens)s au %(closes)s (heure de Paris)") % {
        "opens": _moment(window.opens),
        "closes": closes,
    }


def _moment(at: object) -> str:
    local = in_paris(at)  # type: ignore[arg-type]  # a window's ends are aware moments
    return _("%(day)s à %(hour)s") % {
        "day": date_format(local.date(), "DATE_FORMAT"),
        "hour": local.strftime("%H:%M:%S"),
    }


def _open(text: str) -> Iterator[Line]:
    if text:
        yield Line(text, open=True)


def _windows(rule_set: RuleSet) -> Iterator[Line]:
    if not rule_set.windows:
        yield Line(_("Aucune date n’est fixée : le service ouvre et ferme le dépôt à la main."))
    for window in rule_set.windows:
        told = {"step": STEPS[window.step], "when": window_in_words(window), "after": AFTER[window.sanction]}
        yield Line(_("%(step)s : %(when)s. %(after)s") % told)
        yield from _open(window.to_confirm)


def _before(rule_set: RuleSet) -> Iterator[Line]:
    if rule_set.prior_contacts:
        whom = ", ".join(str(LEVELS.get(one, one)) for one in rule_set.prior_contacts)
        yield Line(_("Un contact préalable est à noter avec : %(whom)s.") % {"whom": whom})
    if rule_set.intent_opinion is Sanction.BLOCK:
        yield Line(_("Sans avis conforme sur la fiche synthétique, le dossier complet est refusé."))
    elif rule_set.intent_opinion is not None:
        yield Line(_("La fiche synthétique reçoit un avis de conformité ; sans lui, le dossier est signalé."))


def _measure(measure: Measure) -> Iterator[Line]:
    if measure.floor_cents is not None:
        yield Line(_("Demander au moins %(sum)s.") % {"sum": numbers.cents(measure.floor_cents)})
    if measure.natures:
        named = ", ".join(str(NATURES.get(nature, nature)) for nature in measure.natures)
        yield Line(_("Dépenses financées : %(natures)s.") % {"natures": named})
    for nature, cents in (measure.ceilings_cents or {}).items():
        told = {"nature": NATURES.get(nature, nature), "sum": numbers.cents(cents)}
        yield Line(_("En %(nature)s, demander au plus %(sum)s.") % told)
    if measure.applicants:
        yield Line(_("Peuvent demander : %(whom)s.") % {"whom": ", ".join(map(_, measure.applicants))})
    if measure.local_share:
        yield from _local_share(measure.local_share)
    for condition in measure.conditions:
        yield Line(str(CONDITIONS[condition]))
    if measure.themes:
        named = " ; ".join(theme.name for theme in measure.themes)
        sentence = (
            _("Le projet relève d’un thème au moins : %(themes)s.")
            if measure.themes_required
            else _("Thèmes : %(themes)s.")
        )
        yield Line(sentence % {"themes": named})
    if not measure.content_review:
        yield Line(_("Le contenu du projet n’est pas examiné."))
    yield from _open(measure.to_confirm)


def _local_share(share: LocalShare) -> Iterator[Line]:
    payers = ", ".join(str(LEVELS.get(one, one)) for one in share.payers)
    told = {"share": _percent(share.least_bp), "base": BASES[share.base], "payers": payers}
    yield Line(_("Les collectivités locales (%(payers)s) apportent au moins %(share)s %(base)s.") % told)
    yield from _open(share.to_confirm)


def _exclusions(exclusions: tuple[Exclusion, ...]) -> Iterator[Line]:
    if not exclusions:
        yield Line(_("Aucune exclusion."))
    for exclusion in exclusions:
        told = {"name": exclusion.name, "exception": exclusion.exception}
        sentence = (
            _("Est exclu : %(name)s. Exception, à justifier par écrit : %(exception)s.")
            if exclusion.exception
            else _("Est exclu, sans exception : %(name)s.")
        )
        yield Line(sentence % told)
        yield from _open(exclusion.to_confirm)


def _pieces(rule_set: RuleSet) -> Iterator[Line]:
    if not rule_set.pieces:
        yield Line(_("Aucune pièce n’est exigée par ces règles."))
    for piece in rule_set.pieces:
        names = [measure.name for measure in rule_set.measures if measure.code in piece.measures]
        if names:
            told = {"name": piece.name, "measures": ", ".join(names)}
            yield Line(_("%(name)s (pour : %(measures)s).") % told)
        else:
            yield Line(f"{piece.name}.")


def _juries(juries: tuple[Jury, ...]) -> Iterator[Line]:
    if not juries:
        yield Line(_("Ces règles ne nomment pas de jury."))
    for jury in juries:
        members = ", ".join(str(COLLEGES.get(one, one)) for one in jury.members)
        told = {"name": jury.name, "members": members}
        yield Line(_("%(name)s : %(members)s.") % told if members else f"{jury.name}.")
        if jury.fallback:
            yield Line(_("%(name)s examine ce qu’un territoire ne peut examiner.") % told)
        yield from _open(jury.to_confirm)


def _grid(grid: Grid | None) -> Iterator[Line]:
    if grid is None:
        yield Line(_("Aucune grille n’est encore jointe : un appel ne se publie pas sans elle."))
        return
    yield Line(_("Chaque critère est noté de 0 à %(most)s.") % {"most": grid.most})
    for criterion in grid.criteria:
        told = {"name": criterion.name, "weight": _percent(criterion.weight_bp)}
        yield Line(_("%(name)s : %(weight)s de la note.") % told)
    yield from _open(grid.to_confirm)


def _percent(basis_points: int) -> str:
    return numbers.percent(basis_points / 100, None)
