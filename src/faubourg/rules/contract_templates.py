"""What a contrat de ville starts from, by vintage: axes, phases, bodies, deliverables, signatories, articles.

2014: three pillars (circulaire du 30 juillet 2014), the calendar in shares of that of Saint-Étienne 2013.
2024: no pillar; a transversal base, a project for each neighbourhood, participation, investment. Everything
is a start to be edited, and nothing has to be configured first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .calendar import shared
from .verdict import mark


class Owner(StrEnum):
    """Who owes a deliverable, or where a body stands."""

    BEARER = "bearer"
    COMMUNE = "commune"
    NEIGHBOURHOOD = "neighbourhood"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class PhaseModel:
    """From share `first` to share `last` of the preparation, cut in `of` shares. Phases may overlap."""

    name: str
    purpose: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class BodyModel:
    """`kind` is that of the bodies of a contract; one for each commune when `each` says so."""

    kind: str
    name: str
    each: Owner = Owner.BEARER
    theme: str = ""


@dataclass(frozen=True, slots=True)
class DeliverableModel:
    """Owed by the end of a phase, by whom `owner` says: one row for each."""

    name: str
    phase: int
    owner: Owner = Owner.BEARER


@dataclass(frozen=True, slots=True)
class PartyModel:
    """A signatory; `each` commune signs. The law wants the mandatory ones (loi 2014-173, art. 6)."""

    name: str
    quality: str = ""
    mandatory: bool = True
    each: Owner = Owner.BEARER


@dataclass(frozen=True, slots=True)
class ArticleModel:
    """An article or an annex, still without its text."""

    number: str
    title: str
    annex: bool = False


@dataclass(frozen=True, slots=True)
class ContractTemplate:
    """`shares` cuts the time between the first day and the planned signature."""

    vintage: str
    last_year: int
    axes: tuple[str, ...]
    shares: int
    phases: tuple[PhaseModel, ...]
    bodies: tuple[BodyModel, ...]
    deliverables: tuple[DeliverableModel, ...]
    parties: tuple[PartyModel, ...]
    articles: tuple[ArticleModel, ...]

    def schedule(self, begins: date, signature: date) -> Iterator[tuple[PhaseModel, date, date]]:
        """Each phase with its planned days; the last one ends on the planned signature."""
        for phase in self.phases:
            yield phase, *shared(begins, signature, phase.first, phase.last, self.shares)


_PARTIES = (
    PartyModel(mark("État"), mark("représentant de l’État dans le département")),
    PartyModel("", mark("porteur du contrat")),
    PartyModel("", mark("commune"), each=Owner.COMMUNE),
    PartyModel(mark("Conseil départemental")),
    PartyModel(mark("Conseil régional")),
    PartyModel(mark("Caisse d’allocations familiales"), mandatory=False),
    PartyModel(mark("Bailleurs sociaux"), mandatory=False),
)
_AGGLOMERATION = (
    BodyModel("steering", mark("Comité de pilotage")),
    BodyModel("technical", mark("Comité technique")),
    BodyModel("project_team", mark("Équipe projet")),
)
_COMMUNES = (
    BodyModel("commune_steering", mark("Instance de pilotage communale"), Owner.COMMUNE),
    BodyModel("commune_technical", mark("Comité technique communal"), Owner.COMMUNE),
)
_COHESION = mark("Cohésion sociale")
_HOUSING = mark("Cadre de vie et renouvellement urbain")
_WORK = mark("Développement économique et emploi")

T2014 = ContractTemplate(
    vintage="2014",
    last_year=2020,
    axes=(_COHESION, _HOUSING, _WORK),
    # Saint-Étienne, April 2013 to December 2014: twenty-one months, in twelve, seven and four.
    shares=21,
    phases=(
        PhaseModel(mark("Diagnostics"), mark("Diagnostics locaux et thématiques, premiers enjeux"), 0, 12),
        PhaseModel(
            mark("Objectifs et concertation"),
            mark("Objectifs, concertation élargie, maquette financière"),
            12,
            19,
        ),
        PhaseModel(mark("Formalisation et signature"), mark("Rédaction, validation, signature"), 17, 21),
    ),
    bodies=(
        *_AGGLOMERATION,
        BodyModel("thematic", mark("Groupe de travail thématique 1"), theme=_COHESION),
        BodyModel("thematic", mark("Groupe de travail thématique 2"), theme=_HOUSING),
        BodyModel("thematic", mark("Groupe de travail thématique 3"), theme=_WORK),
        *_COMMUNES,
    ),
    deliverables=(
        DeliverableModel(mark("Bilan-diagnostic communal"), 0, Owner.COMMUNE),
        DeliverableModel(mark("Bilan thématique"), 0, Owner.GROUP),
        DeliverableModel(mark("Objectifs stratégiques et opérationnels"), 1),
        DeliverableModel(mark("Maquette financière"), 1),
        DeliverableModel(mark("Contrat rédigé et ses annexes"), 2),
    ),
    parties=_PARTIES,
    articles=(
        ArticleModel("1", mark("Objet, durée et géographie")),
        ArticleModel("2", _COHESION),
        ArticleModel("3", _HOUSING),
        ArticleModel("4", _WORK),
        ArticleModel("5", mark("Gouvernance et participation des habitants")),
        ArticleModel("6", mark("Engagements des signataires")),
        ArticleModel("7", mark("Suivi, évaluation et rapport annuel")),
        ArticleModel("A", mark("Diagnostic partagé"), annex=True),
        ArticleModel("B", mark("Maquette financière"), annex=True),
    ),
)

T2024 = ContractTemplate(
    vintage="2024",
    last_year=2030,
    axes=(),
    shares=10,
    phases=(
        PhaseModel(
            mark("Bilan et diagnostic"), mark("Évaluation du contrat précédent, diagnostic partagé"), 0, 4
        ),
        PhaseModel(
            mark("Projets de quartier et participation"),
            mark("Concertation, projet de chaque quartier"),
            2,
            8,
        ),
        PhaseModel(mark("Rédaction et signature"), mark("Rédaction, validation, signature"), 7, 10),
    ),
    bodies=(*_AGGLOMERATION, *_COMMUNES),
    deliverables=(
        DeliverableModel(mark("Évaluation du contrat précédent"), 0),
        DeliverableModel(mark("Projet de quartier"), 1, Owner.NEIGHBOURHOOD),
        DeliverableModel(mark("Volet participation"), 1),
        DeliverableModel(mark("Volet investissement"), 2),
        DeliverableModel(mark("Maquette financière"), 2),
        DeliverableModel(mark("Contrat rédigé et ses annexes"), 2),
    ),
    parties=_PARTIES,
    articles=(
        ArticleModel("1", mark("Base transversale : enjeux communs du territoire")),
        ArticleModel("2", mark("Projets de quartier")),
        ArticleModel("3", mark("Volet participation")),
        ArticleModel("4", mark("Volet investissement")),
        ArticleModel("5", mark("Gouvernance")),
        ArticleModel("6", mark("Engagements des signataires")),
        ArticleModel("7", mark("Suivi, évaluation et actualisation")),
        ArticleModel("A", mark("Projet de chaque quartier"), annex=True),
        ArticleModel("B", mark("Maquette financière"), annex=True),
    ),
)

TEMPLATES = {template.vintage: template for template in (T2014, T2024)}
