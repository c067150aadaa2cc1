"""The contrat de ville: who bears it, where, its identity sheet, and several side by side."""

from .analysis import Analysis, AnalysisRow, AnnouncedTotal
from .contract import Contract, ContractBearer, ContractNeighbourhood, ContractSheet
from .money import FundingLine

__all__ = [
    "Analysis",
    "AnalysisRow",
    "AnnouncedTotal",
    "Contract",
    "ContractBearer",
    "ContractNeighbourhood",
    "ContractSheet",
    "FundingLine",
]
