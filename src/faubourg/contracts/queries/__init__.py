"""Reads of the room `contracts`: contracts of a place, the identity sheet, analyses, money by level."""

from .analyses import AnalysisBoard, AnalysisLine, analyses, analysis_by_slug, board_of
from .calendar import (
    Calendar,
    LateThing,
    calendar_of,
    closed_on,
    deliverable_of,
    deliverables_of,
    late_in,
    late_things,
)
from .contracts import (
    ContractOf,
    OtherGeneration,
    contract_by_code,
    contracts,
    contracts_of,
    contracts_within,
    findings_of,
    links_of,
    newest_contract,
    other_generations,
)
from .creation import bearers_of, borne_by, candidate_predecessors, older_contracts
from .money import LevelOfMoney, money_of
from .sheet import Identity, KeyFigure, QuarterLine, sheet_of

__all__ = [
    "AnalysisBoard",
    "AnalysisLine",
    "Calendar",
    "ContractOf",
    "Identity",
    "KeyFigure",
    "LateThing",
    "LevelOfMoney",
    "OtherGeneration",
    "QuarterLine",
    "analyses",
    "analysis_by_slug",
    "bearers_of",
    "board_of",
    "borne_by",
    "calendar_of",
    "candidate_predecessors",
    "closed_on",
    "contract_by_code",
    "contracts",
    "contracts_of",
    "contracts_within",
    "deliverable_of",
    "deliverables_of",
    "findings_of",
    "late_in",
    "late_things",
    "links_of",
    "money_of",
    "newest_contract",
    "older_contracts",
    "other_generations",
    "sheet_of",
]
