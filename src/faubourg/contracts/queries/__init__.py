"""Reads of the room `contracts`: contracts of a place, the identity sheet, analyses, money by level."""

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
    "ContractOf",
    "Identity",
    "KeyFigure",
    "LevelOfMoney",
    "OtherGeneration",
    "QuarterLine",
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
