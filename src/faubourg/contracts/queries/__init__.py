"""Reads of the room `contracts`: contracts of a place, the identity sheet, analyses, money by level."""

from .analyses import AnalysisBoard, AnalysisLine, analyses, analysis_by_slug, board_of
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
from .money import LevelOfMoney, money_of
from .sheet import Identity, KeyFigure, QuarterLine, sheet_of

__all__ = [
    "AnalysisBoard",
    "AnalysisLine",
    "ContractOf",
    "Identity",
    "KeyFigure",
    "LevelOfMoney",
    "OtherGeneration",
    "QuarterLine",
    "analyses",
    "analysis_by_slug",
    "board_of",
    "contract_by_code",
    "contracts",
    "contracts_of",
    "contracts_within",
    "findings_of",
    "links_of",
    "money_of",
    "newest_contract",
    "other_generations",
    "sheet_of",
]
